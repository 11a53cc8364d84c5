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
                            && (isListItem(at: end + 1) || tokens[next + 2].tags.contains(.speech))
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

    // MARK: The subject of a verb of speech

    /// Who speaks, from the words between the clause's start and the verb. Nil if those words are no subject: then the
    /// verb is a noun (按照…要求) or no verb of speech.
    ///
    /// `isVerbal`: the verb may belong to a subject further back (…主持会议并提出要求).
    private func subject(
        before verb: Int,
        clauseStart: Int,
        sentence: ParagraphReading.Sentence,
        isVerbal: Bool,
        mustBeDirect: Bool = false
    ) -> Passage.Speaker? {
        var start = min(enumeratorEnd(at: clauseStart) ?? clauseStart, verb)
        while start < verb, isSpace(folded[start]) { start += 1 }
        var end = verb
        var isVerbal = isVerbal
        stripTrailers(from: start, end: &end, isVerbal: &isVerbal)
        if let cut = adverbialStart(from: start, to: end) {
            end = cut
            stripTrailers(from: start, end: &end, isVerbal: &isVerbal)
        }
        // 《办法》中: what is left of an adverbial.
        if end - start > 1, folded[end - 1] == "中", folded[end - 2] == "》" { end -= 1 }
        // “…”要求: a quotation before the verb is another sentence.
        if end > start, "”」』\"".unicodeScalars.contains(folded[end - 1]) { end = start }
        if end > start, let direct = directSubject(from: start, to: end, sentence: sentence) { return direct }
        if mustBeDirect || end > start && !isVerbal { return nil }
        if end > start, let ahead = subjectAhead(from: start, to: end) { return ahead }
        return carried(before: clauseStart, sentence: sentence)
    }

    private func stripTrailers(from start: Int, end: inout Int, isVerbal: inout Bool) {
        while end > start {
            if isSpace(folded[end - 1]) {
                end -= 1
            } else if let word = lexicon.trailers.longest(in: folded, endingAt: end, from: start) {
                if word.value.contains(.connective) { isVerbal = true }
                end = word.start
                // 张三|在会上
                if end > start + 1, folded[end - 1] == "在", folded[end] == "会" { end -= 1 }
            } else {
                return
            }
        }
    }

    /// Start of an adverbial that closes the stretch: 杨栋|在讲话中, 县长|就下一步工作, 他|对此.
    private func adverbialStart(from start: Int, to end: Int) -> Int? {
        guard end > start else { return nil }
        let closes: Bool
        switch folded[end - 1] {
        case "中", "时", "上", "后", "间", "会", "际", "话", "候", "末", "前", "作", "题", "求", "况", "项", "事", "面": closes = true
        default: closes = false
        }
        for position in start..<end {
            switch folded[position] {
            case "在" where closes && !isBefore(position, "现", "正", "所", "存"): return position
            case "就" where position > start && !isAfter(position, "业", "是", "地"): return position
            case "对" where position > start && !isAfter(position, "口", "象", "外", "内"): return position
            case "从" where position > start && isAfter(position, "“", "三", "四", "五", "两", "六", "几", "以"):
                return position
            case "针" where isAfter(position, "对"): return position
            case "围" where isAfter(position, "绕"): return position
            case "代" where isAfter(position, "表"): return position > start ? position : nil
            default: break
            }
        }
        return nil
    }

    private func isAfter(_ position: Int, _ letters: Unicode.Scalar...) -> Bool {
        position + 1 < folded.count && letters.contains(folded[position + 1])
    }

    private func isBefore(_ position: Int, _ letters: Unicode.Scalar...) -> Bool {
        position > 0 && letters.contains(folded[position - 1])
    }

    private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\u{3000}" || scalar == "\u{A0}" || scalar == "\t"
    }

    /// A subject that ends right where the verb begins.
    private func directSubject(
        from start: Int,
        to end: Int,
        sentence: ParagraphReading.Sentence
    ) -> Passage.Speaker? {
        if folded[end - 1] == "他" || folded[end - 1] == "她" {
            let before = people.first(in: sentence.range.lowerBound..<end, of: paragraph).map(people.name(of:))
            return (before ?? lastPerson).map { .person($0) } ?? .nobody
        }
        if let mention = people.last(in: start..<end, of: paragraph), isTitle(mention.range.upperBound..<end) {
            return .person(people.name(of: mention))
        }
        var opening = lexicon.directiveWords.longest(in: folded, at: start, limit: end)
        if let connective = opening, connective.value.contains(.connective), connective.end < end {
            opening = lexicon.directiveWords.longest(in: folded, at: connective.end, limit: end)
        }
        // 部署落实|…会议要求: a phrase of verbs that is in no list but to hide them.
        if opening?.value == .mask, beginsWithVerb(at: start) { return nil }
        if let opening,
            !opening.value.isDisjoint(with: [.preposition, .verb]),
            opening.value.isDisjoint(with: [.office, .quantifier])
        {
            return nil
        }
        if folded[end - 1] == "》" { return .text(line.text(openingTitle(before: end, from: start)..<end)) }
        let name = PersonNames.name(endingAt: end, from: start, in: folded)
        if let head = lexicon.heads.longest(in: folded, endingAt: end, from: start),
            name == nil || end - head.start > 1 || !Self.givenNameEndings.contains(folded[end - 1])
        {
            if head.value.contains(.meeting) {
                // 张三主持会议|并强调: the meeting is what he chaired.
                let before = max(start, head.start - 2)..<head.start
                if Self.presiding.ends(folded, before), people.last(in: start..<end, of: paragraph) != nil {
                    return nil
                }
                return .text(line.text(head.start..<end))
            }
            if head.value.contains(.title), let person = titled(head.start..<end, from: start) { return person }
            if head.value.contains(.paper) {
                return .text(line.text(head.start..<end))
            }
            let isPlain = people.first(in: start..<end, of: paragraph) == nil
            if head.value.contains(.organ), end - start <= 24, isPlain { return .text(line.text(start..<end)) }
            if head.value.contains(.group), end - start <= 16, isPlain {
                return .text(line.text(start..<end))
            }
        }
        // 三、管制|要求:… is a label.
        if end < folded.count, enumeratorEnd(at: sentence.range.lowerBound).map({ $0 >= start }) ?? false,
            reading.tokens[sentence.tokens].contains(where: { $0.tags.contains(.colon) && $0.start - end <= 2 })
        {
            return nil
        }
        return name.map { .person(line.text($0)) }
    }

    private func beginsWithVerb(at start: Int) -> Bool {
        var isVerb = false
        lexicon.directiveWords.forEachWord(in: folded, from: start) { end, tags in
            isVerb = isVerb || end - start == 2 && tags.contains(.verb)
        }
        return isVerb
    }

    private static let presiding = WordTrie<Bool>(words: "主持 出席 参加 召集 列席 主持了 参加了")

    /// Letters that end given names as well as names of organs.
    private static let givenNameEndings: Set<Unicode.Scalar> = ["方", "州", "旗", "港", "村", "党", "社", "院"]

    /// 王副市长, 张三书记, 县领导: a title that stands for a person.
    private func titled(_ title: Range<Int>, from start: Int) -> Passage.Speaker? {
        if title.lowerBound > start {
            // 小兰|同志: a given name alone.
            if title.lowerBound - start == 2, let person = people.name(given: line.text(start..<title.lowerBound)) {
                return .person(person)
            }
            if let name = PersonNames.name(endingAt: title.lowerBound, from: start, in: folded), name.count > 1 {
                return .person(line.text(name))
            }
            let surname = line.scalars[title.lowerBound - 1]
            if PersonNames.isSurname(folded[title.lowerBound - 1]) {
                return people.name(surname: surname, title: line.text(title)).map { .person($0) }
                    ?? .text(line.text(title.lowerBound - 1..<title.upperBound))
            }
        }
        if title.upperBound - start <= 12 {
            let person = people.name(title: line.text(title)) ?? people.only
            return person.map { .person($0) } ?? .text(line.text(start..<title.upperBound))
        }
        return nil
    }

    private func isTitle(_ range: Range<Int>) -> Bool {
        if range.isEmpty { return true }
        guard range.count <= 10,
            let head = lexicon.heads.longest(in: folded, endingAt: range.upperBound, from: range.lowerBound)
        else { return false }
        return !head.value.isDisjoint(with: [.title, .group])
    }

    private func openingTitle(before end: Int, from start: Int) -> Int {
        var position = end - 1
        while position > start, folded[position] != "《" { position -= 1 }
        return position
    }

    /// The subject of a longer predicate: the first person named, or the meeting that the clause begins with.
    private func subjectAhead(from start: Int, to end: Int) -> Passage.Speaker? {
        if let word = meetingAtStart(start, limit: end) { return word }
        if let mention = people.first(in: start..<end, of: paragraph) { return .person(people.name(of: mention)) }
        // 检查组|对…给予肯定,并要求…: the organ that the sentence begins with.
        var clause = start
        for _ in 0..<3 where clause < end {
            if let organ = organAtStart(clause, limit: end) { return .text(line.text(organ)) }
            guard let comma = folded[clause..<end].firstIndex(where: { $0 == "," || $0 == "，" }) else { break }
            clause = comma + 1
        }
        // 杨副市长认真了解…,要求…: a surname and a title.
        var position = start + 2
        while position <= end {
            if let head = lexicon.heads.longest(in: folded, endingAt: position, from: start),
                head.value.contains(.title), head.start > start, PersonNames.isSurname(folded[head.start - 1]),
                head.start - 1 == start || folded[head.start - 2] == "," || folded[head.start - 2] == "，",
                let person = titled(head.start..<position, from: start)
            {
                return person
            }
            position += 1
        }
        return nil
    }

    private func organAtStart(_ start: Int, limit: Int) -> Range<Int>? {
        let bound = min(limit, start + 14)
        var position = start + 2
        while position < bound {
            if folded[position] == "对" || folded[position] == "就",
                let head = lexicon.heads.longest(in: folded, endingAt: position, from: start),
                head.value.contains(.organ), folded[position - 1] == "组" || folded[position - 1] == "队"
            {
                return start..<position
            }
            guard folded[position].isHan else { return nil }
            position += 1
        }
        return nil
    }

    private func meetingAtStart(_ start: Int, limit: Int) -> Passage.Speaker? {
        for word in Self.meetingOpenings where limit - start >= word.count {
            if folded[start..<start + word.count].elementsEqual(word) { return .text(line.text(start..<start + 2)) }
        }
        return nil
    }

    private static let meetingOpenings = ["会议", "大会", "全会"].map { Array($0.unicodeScalars) }

    /// The subject of an earlier clause of the sentence, or else whoever speaks in this passage.
    private func carried(before clauseStart: Int, sentence: ParagraphReading.Sentence) -> Passage.Speaker? {
        let start = sentence.range.lowerBound
        if clauseStart > start {
            if let ahead = subjectAhead(from: start, to: clauseStart) { return ahead }
        }
        if passage.speaker == .nobody, passage.mode != .notice, lastPersonParagraph == paragraph, let lastPerson {
            return .person(lastPerson)
        }
        return passage.speaker
    }

    // MARK: List items

    /// True for 一是, 一要, 第一, 首先, (一), 一、, 1. and the like.
    func isListItem(at position: Int) -> Bool { enumeratorEnd(at: position) != nil }

    /// The end of the enumerator that stands at `position`.
    func enumeratorEnd(at position: Int) -> Int? {
        var index = position
        let limit = folded.count
        guard index < limit else { return nil }
        func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十": true
            default: scalar.value >= 0x30 && scalar.value <= 0x39
            }
        }
        if folded[index] == "(" || folded[index] == "（" {
            var end = index + 1
            while end < limit, end - index <= 3, isNumeral(folded[end]) { end += 1 }
            guard end > index + 1, end < limit, folded[end] == ")" || folded[end] == "）" else { return nil }
            return end + 1
        }
        if folded[index].value >= 0x2460, folded[index].value <= 0x2473 { return index + 1 }
        let isOrdinal = folded[index] == "第"
        if isOrdinal { index += 1 }
        let first = index
        while index < limit, index - first < 3, isNumeral(folded[index]) { index += 1 }
        guard index > first, index < limit else { return nil }
        if isOrdinal {
            return folded[index] == "," || folded[index] == "，" || folded[index] == "、" ? index + 1 : nil
        }
        switch folded[index] {
        case "是": return folded[first].value > 0x39 ? index + 1 : nil
        case "要": return folded[first].value > 0x39 ? index : nil
        case "、", ".", "．": return index + 1
        case ")", "）": return index + 1
        default: return nil
        }
    }
}
