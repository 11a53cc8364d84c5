extension DirectiveReader {
    /// Words that attribute what follows to a speaker.
    struct Attribution {
        var speaker: Passage.Speaker
        var mode: Passage.Mode
        /// Start of the clause that names the speaker.
        var clauseStart: Int
        /// Where what is said begins; the sentence's end, if it stands in the sentences after.
        var contentStart: Int
        /// True where the verb of speech itself is part of what is told: 责令.
        var keepsVerb = false
        /// True where what is said is the object of the verb: 要求|各单位….
        var isAddressed = false
        /// True where the verb opens one of several items: 提出两点要求:要求…;要求….
        var isItem = false
    }

    /// The attributions in a sentence, in order: 会议传达了…,张三指出,… has one, 他指示甲局…,并要求乙局… two. After
    /// something has been told, only a named speaker and a comma begin another.
    func attributions(in sentence: ParagraphReading.Sentence) -> [Attribution] {
        let tokens = reading.tokens
        var found: [Attribution] = []
        var hasTold = false
        var clauseStart = sentence.range.lowerBound
        var index = sentence.tokens.lowerBound
        while index < sentence.tokens.upperBound {
            let token = tokens[index]
            if !token.tags.isDisjoint(with: [.comma, .colon]) { clauseStart = token.end }
            if token.tags.contains(.modal) { hasTold = true }
            var candidate: Attribution?
            // 会议指出,某人的讲话对…提出明确要求: behind one attribution, only a subject of its own makes another.
            if !hasTold {
                candidate = handedOn(
                    at: index,
                    clauseStart: clauseStart,
                    sentence: sentence,
                    mustBeDirect: found.last.map { $0.mode == .statement } ?? false
                )
            }
            if candidate == nil {
                candidate = spoken(at: index, clauseStart: clauseStart, sentence: sentence, needsSpeaker: hasTold)
            }
            if let candidate {
                found.append(candidate)
                hasTold = false
                while index < sentence.tokens.upperBound, tokens[index].end <= candidate.contentStart {
                    if !tokens[index].tags.isDisjoint(with: [.comma, .colon]) { clauseStart = tokens[index].end }
                    index += 1
                }
                if candidate.keepsVerb { index += 1 }
            } else {
                index += 1
            }
        }
        return found
    }

    /// X就…提出三点要求: — a verb of handing on whose object ends the clause.
    private func handedOn(
        at index: Int,
        clauseStart: Int,
        sentence: ParagraphReading.Sentence,
        mustBeDirect: Bool
    ) -> Attribution? {
        let tokens = reading.tokens
        // 强调|五点意见。
        let isCounted =
            tokens[index].tags.contains(.orders) && index + 1 < sentence.tokens.upperBound
            && tokens[index + 1].tags.contains(.given) && (1...4).contains(tokens[index + 1].start - tokens[index].end)
        guard tokens[index].tags.contains(.gives) || isCounted else { return nil }
        var next = index + 1
        while next < sentence.tokens.upperBound, tokens[next].tags.isDisjoint(with: [.comma, .colon]) {
            let isLast = next + 1 == sentence.tokens.upperBound || tokens[next + 1].start >= tokens[next].end
            if tokens[next].tags.contains(.given), isLast {
                let end = tokens[next].end
                let atEnd = end >= sentence.range.upperBound
                let follows =
                    next + 1 < sentence.tokens.upperBound && tokens[next + 1].start == end
                    ? tokens[next + 1].tags : []
                guard
                    atEnd || follows.contains(.colon)
                        || follows.contains(.comma) && next + 2 < sentence.tokens.upperBound
                            && (isListItem(at: end + 1) || tokens[next + 2].tags.contains(.speech)
                                || tokens[next + 2].tags.contains(.modal) && tokens[next + 2].start == end + 1)
                else { next += 1; continue }
                if follows.contains(.comma), next + 2 < sentence.tokens.upperBound,
                    tokens[next + 2].tags.contains(.speech)
                {
                    return nil
                }
                guard
                    let subject = subject(
                        before: tokens[index].start,
                        clauseStart: clauseStart,
                        sentence: sentence,
                        isVerbal: true,
                        mustBeDirect: mustBeDirect
                    )
                else { return nil }
                // 县教育局作了汇报;对…作出了安排: nobody is known to have told anything.
                if case .nobody = subject, atEnd, folded[tokens[index].end - 1] == "了" { return nil }
                // 现提出如下实施意见: a notice goes on in its own voice.
                var isVoice = false
                if base.mode == .notice, case .text = subject { isVoice = true }
                return Attribution(
                    speaker: isVoice ? base.speaker : subject,
                    mode: isVoice ? .notice : .order,
                    clauseStart: clauseStart,
                    contentStart: atEnd ? sentence.range.upperBound : end
                )
            }
            next += 1
        }
        return nil
    }

    /// X强调, / 会议要求: / …并指出, — a verb of speech before what is said.
    private func spoken(
        at index: Int,
        clauseStart: Int,
        sentence: ParagraphReading.Sentence,
        needsSpeaker: Bool
    ) -> Attribution? {
        let tokens = reading.tokens
        var token = tokens[index]
        guard !token.tags.isDisjoint(with: .speech) else { return nil }
        var isOrder = token.tags.contains(.orders)
        var last = index
        // 强调指出, 指出并强调: one attribution.
        while last + 1 < sentence.tokens.upperBound, last - index < 16,
            !tokens[last + 1].tags.isDisjoint(with: .speech),
            tokens[last + 1].start - token.end <= 1, !tokens[last + 1].tags.contains(.gives)
        {
            last += 1
            token.end = tokens[last].end
            isOrder = isOrder || tokens[last].tags.contains(.orders)
        }
        let end = token.end
        guard end < sentence.range.upperBound else { return nil }
        let following: WordTags =
            last + 1 < sentence.tokens.upperBound && tokens[last + 1].start == end ? tokens[last + 1].tags : []
        let isMarked = !following.isDisjoint(with: [.comma, .colon]) || folded[end] == "“" || folded[end] == "「"
        if !isMarked {
            switch folded[end] {
            case "的", "了", "、", "和", "与", "等", ")", "》", "性", "过", "着", "及", "书", "为", "到": return nil
            default: break
            }
        }
        // 各单位表示|将积极参与: what they promise is no order.
        if tokens[index].tags.contains(.states), following.contains(.future) || folded[end] == "将" { return nil }
        // 督查组提出了|要求,县长对…给予肯定: handed on, and nothing told behind it.
        if isMarked, tokens[index].tags.contains(.given), index > sentence.tokens.lowerBound,
            tokens[index - 1].tags.contains(.gives), tokens[index - 1].end == tokens[index].start,
            last + 2 < sentence.tokens.upperBound,
            !(tokens[last + 2].start == end + 1 && opensDirective(at: end + 1, following: tokens[last + 2].tags))
        {
            return nil
        }
        let isAddressing = tokens[index].tags.contains(.addressing)
        let opensContent =
            isMarked || isAddressing || opensDirective(at: end, following: following)
            || people.last(in: clauseStart..<tokens[index].start, of: paragraph)?.range.upperBound
                == tokens[index].start
            || isOrder && !needsSpeaker && isSaidByMeeting(tokens[index].start, from: clauseStart)
                && obligesInClause(behind: last, sentence: sentence)
        guard opensContent else { return nil }
        // 检查组提出整改意见: handed on, and not said.
        if !isMarked, tokens[index].tags.contains(.gives) {
            let rest = tokens[index + 1..<sentence.tokens.upperBound].prefix {
                $0.tags.isDisjoint(with: [.comma, .colon])
            }
            if rest.last?.tags.contains(.given) ?? false { return nil }
        }
        // 责令, 责成 and the like belong to the order that they report.
        let keepsVerb = isAddressing && tokens[index].tags.contains(.weakModal) && !isMarked
        if passage.mode == .notice, keepsVerb || isAddressing && !isMarked && tellsToTell(tokens[index]) { return nil }
        if needsSpeaker, !isMarked { return nil }
        // A clause that obliges is no subject: 各单位要对照复审要求,….
        var before = index - 1
        while before >= sentence.tokens.lowerBound, tokens[before].start >= clauseStart {
            if tokens[before].tags.contains(.modal) { return nil }
            before -= 1
        }
        let isEmpty = clauseStart == tokens[index].start
        guard
            let subject = subject(
                before: tokens[index].start,
                clauseStart: clauseStart,
                sentence: sentence,
                isVerbal: isEmpty,
                mustBeDirect: needsSpeaker
            )
        else { return nil }
        if isEmpty, !isMarked, !isAddressing, following.isDisjoint(with: [.modal, .quantifier]) { return nil }
        return Attribution(
            speaker: subject,
            mode: isOrder ? .order : .statement,
            clauseStart: clauseStart,
            contentStart: keepsVerb ? tokens[index].start : end,
            keepsVerb: keepsVerb,
            isAddressed: isAddressing && !isMarked,
            isItem: isEmpty && isAddressing && !isMarked && passage.mode == .order
        )
    }

    /// 会议|强调区政府班子成员、各单位要…: a meeting or a paper right before the verb.
    private func isSaidByMeeting(_ verb: Int, from start: Int) -> Bool {
        guard let head = lexicon.heads.longest(in: folded, endingAt: verb, from: start) else { return false }
        return !head.value.isDisjoint(with: [.meeting, .paper])
    }

    /// Whether a modal word stands between a verb of speech and the next comma.
    private func obligesInClause(behind verb: Int, sentence: ParagraphReading.Sentence) -> Bool {
        for token in reading.tokens[verb + 1..<sentence.tokens.upperBound] {
            if !token.tags.isDisjoint(with: [.comma, .colon]) { return false }
            if token.tags.contains(.modal) { return true }
        }
        return false
    }

    /// 提醒学生注意安全: in a notice it is what somebody is told to do, and attributes nothing.
    private func tellsToTell(_ token: ParagraphReading.Token) -> Bool {
        Self.tellings.longest(in: folded, at: token.start, limit: token.end) != nil
    }

    private static let tellings = WordTrie<Bool>(words: "提醒 叮嘱 嘱咐 督促 号召 勉励 告诫 呼吁 指示 吩咐")

    /// True if what stands at `position` can open what is told without a comma after the verb of speech.
    private func opensDirective(at position: Int, following: WordTags) -> Bool {
        !following.isDisjoint(with: [.modal, .quantifier, .adverb, .verb]) || isListItem(at: position)
    }
}
