extension DirectiveReader {
    private typealias Token = ParagraphReading.Token

    /// True if a sentence opens a report: something that happened, a date, another subject than the passage's.
    func startsReport(_ sentence: ParagraphReading.Sentence) -> Bool {
        let start = sentence.range.lowerBound
        if enumeratorEnd(at: start) != nil { return false }
        let tokens = reading.tokens[sentence.tokens]
        if tokens.contains(where: { !$0.tags.isDisjoint(with: [.narrative, .attendance]) }) {
            return !tokens.contains { $0.tags.contains(.modal) }
        }
        if isDate(at: start) { return true }
        if startsWithMeeting(sentence) { return true }
        if let mention = people.first(in: sentence.range, of: paragraph), mention.range.lowerBound - start < 24 {
            return !tokens.contains { $0.tags.contains(.modal) && $0.start < mention.range.upperBound }
        }
        return false
    }

    /// 镇执法队坚持夜查暗访: a paragraph of a report with another subject, which is told nothing.
    func startsWithOther(_ sentence: ParagraphReading.Sentence) -> Bool {
        let tokens = reading.tokens[sentence.tokens]
        guard base.mode != .notice, passage.mode != .report, enumeratorEnd(at: sentence.range.lowerBound) == nil,
            !tokens.contains(where: { !$0.tags.isDisjoint(with: .anyModal) }),
            let subject = responsible(in: sentence.range, tokens: tokens).first
        else { return false }
        return subject.phrase.lowerBound == sentence.range.lowerBound
            && !folded[subject.phrase].contains("各")
            && !subject.phrase.contains {
                folded[$0] == "关" && ($0 == 0 || "有相".unicodeScalars.contains(folded[$0 - 1]))
            }
            && !tokens.contains { Self.urging.longest(in: folded, at: $0.start, limit: $0.end) != nil }
    }

    private static let urging = WordTrie<Bool>(words: "切实 进一步 坚决 严格 务必 必须")

    private func startsWithMeeting(_ sentence: ParagraphReading.Sentence) -> Bool {
        var start = sentence.range.lowerBound
        guard sentence.range.count > 4 else { return false }
        if folded[start + 1] == "次", "此本这该".unicodeScalars.contains(folded[start]) { start += 2 }
        if start > sentence.range.lowerBound,
            folded[start..<min(start + 8, sentence.range.upperBound)].contains("会")
        {
            return true  // 本次党委全委会…
        }
        guard folded[start] == "会" else { return false }
        return folded[start + 1] == "议" || folded[start + 1] == "上" || folded[start + 1] == "前"
            || folded[start + 1] == "后"
    }

    private func isDate(at start: Int) -> Bool {
        var position = start
        while position < folded.count, folded[position].value >= 0x30, folded[position].value <= 0x39 { position += 1 }
        guard position > start, position < folded.count else { return false }
        return folded[position] == "月" || folded[position] == "日" || folded[position] == "年"
    }

    /// True if what stands in `body` tells somebody to do something.
    func isDirective(_ body: Range<Int>, of sentence: ParagraphReading.Sentence, index: Int) -> Bool {
        let tokens = tokens(of: sentence, in: body)
        let strong = tokens.first { $0.tags.contains(.modal) && obliges($0, in: body) }
        if let provision = tokens.first(where: { $0.tags.contains(.provision) }) {
            // 任何单位不得…,违者依法追究刑事责任 obliges all the same.
            guard let strong, strong.start < provision.start, isPenalty(provision) || isCourtesy(provision) else {
                return false
            }
        }
        let weak = tokens.first { $0.tags.contains(.weakModal) && obliges($0, in: body) }
        let isNarrative = tokens.contains { $0.tags.contains(.narrative) }
        switch passage.mode {
        case .report:
            guard let strong else { return false }
            return standsAlone(strong, in: body, tokens: tokens)
        case .statement:
            if strong != nil { return true }
            if isNarrative || isEvaluation(body, tokens: tokens) || tellsPast(body) { return false }
            // 他表示,将严守纪律: what somebody promises.
            if folded[body.lowerBound] == "将" || tokens.contains(where: { $0.tags.contains(.future) }) { return false }
            return weak != nil || opensImperative(body, tokens: tokens, isStatement: true)
        case .order:
            if strong != nil { return true }
            if isNarrative && weak == nil { return false }
            if isEvaluation(body, tokens: tokens) {
                return enumeratorEnd(at: body.lowerBound) != nil && goesOnToOrder(tokens)
            }
            return weak != nil || enumeratorEnd(at: body.lowerBound) != nil || opensImperative(body, tokens: tokens)
                || namesAgent(body, tokens: tokens)
        case .notice:
            if isSectionHead(body, of: sentence, index: index) { return false }
            if strong != nil { return true }
            if index < announcement || announces(sentence) || isTitleLine(sentence, index: index) || tellsPast(body) {
                return false
            }
            if isNarrative || isEvaluation(body, tokens: tokens) || isSanction(body, tokens: tokens)
                || tokens.contains(where: { $0.tags.contains(.future) })
            {
                return isCharged(tokens)
            }
            return weak != nil || opensImperative(body, tokens: tokens) || namesAgent(body, tokens: tokens)
        }
    }

    /// 一是…工作是系统工程,从细节入手,有效解决短板: a clause behind the evaluation opens with an imperative.
    private func goesOnToOrder(_ tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        tokens.indices.dropFirst().contains {
            tokens[$0 - 1].tags.contains(.comma) && tokens[$0].start == tokens[$0 - 1].end
                && (!tokens[$0].tags.isDisjoint(with: .imperative)
                    || tokens[$0].tags.contains(.addressing) && !tokens[$0].tags.isDisjoint(with: [.orders, .modal]))
        }
    }

    /// 各乡镇是责任主体,负责组织排查: what somebody is charged with, behind what he is.
    private func isCharged(_ tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        tokens.indices.dropFirst().contains {
            tokens[$0 - 1].tags.contains(.comma) && tokens[$0].start == tokens[$0 - 1].end
                && Self.charging.value(in: folded, tokens[$0].start..<tokens[$0].end) != nil
        } && tokens.contains { $0.tags.contains(.copula) }
    }

    private static let charging = WordTrie<Bool>(words: "负责")

    /// What happens to those who disobey.
    private func isPenalty(_ token: ParagraphReading.Token) -> Bool {
        folded[token.start..<token.end].contains("罚") || folded[token.start..<token.end].elementsEqual(Self.criminal)
    }

    /// 请…绕行,…敬请谅解 asks for something before it asks for patience.
    private func isCourtesy(_ token: ParagraphReading.Token) -> Bool {
        folded[token.start..<token.end].contains("谅")
    }

    /// 禁止区域:, 禁止时间:
    private static let labels = WordTrie<Bool>(words: "区域: 时间: 范围: 事项: 对象: 路段: 车型: 时段: 地点: 行为:")
    private static let criminal = Array("追究刑事责任".unicodeScalars)

    /// …通知如下, …作如下规定: what comes before it in the paragraph gives reasons.
    func announces(_ sentence: ParagraphReading.Sentence) -> Bool {
        var end = sentence.range.upperBound
        while end > sentence.range.lowerBound, folded[end - 1] == ":" || folded[end - 1].isBlank { end -= 1 }
        return end - sentence.range.lowerBound > 4 && folded[end - 1] == "下" && folded[end - 2] == "如"
    }

    /// The title of an attached paper, or the first line of one that was broken: no full stop, and the name of a kind of
    /// paper at its end.
    private func isTitleLine(_ sentence: ParagraphReading.Sentence, index: Int) -> Bool {
        guard index == 0, reading.sentences.count == 1, enumeratorEnd(at: sentence.range.lowerBound) == nil,
            isUnmarked(folded, from: sentence.range.upperBound), sentence.range.count <= 60
        else { return false }
        if endsInPaper(folded, at: sentence.range.upperBound) { return true }
        guard sentence.range.count <= 30, paragraph + 1 < document.paragraphs.count else { return false }
        let next = document.paragraphs[paragraph + 1].folded
        let end = next.trimmed(0..<next.count).upperBound
        return end >= 4 && end <= 40 && endsInPaper(next, at: end)
    }

    private func isUnmarked(_ text: [Unicode.Scalar], from end: Int) -> Bool {
        text[end...].allSatisfy { $0.isBlank }
    }

    private func endsInPaper(_ text: [Unicode.Scalar], at end: Int) -> Bool {
        var end = end
        if end > 0, text[end - 1] == ")", let open = text[..<end].lastIndex(of: "("), end - open <= 8 { end = open }
        guard let head = lexicon.heads.longest(in: text, endingAt: end, from: 0) else { return false }
        return head.value.contains(.paper)
    }

    /// 涌现了一批…, 受到了表彰: something that has happened, told by 了 behind its verb.
    func tellsPast(_ body: Range<Int>) -> Bool {
        for position in body.dropFirst() where folded[position] == "了" {
            guard folded[position - 1].isHan, folded[position - 1] != "为", folded[position - 1] != "除" else { continue }
            if position + 1 < body.upperBound, folded[position + 1] == "解" { continue }
            return true
        }
        return false
    }

    /// 违反…的,由…处理: what happens to those who disobey, told to nobody.
    private func isSanction(_ body: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        tokens.contains {
            $0.tags.contains(.comma) && $0.start > body.lowerBound
                && (folded[$0.start - 1] == "的" || isOffenders(before: $0.start, from: body.lowerBound))
        }
    }

    /// 违令者,…
    private func isOffenders(before end: Int, from start: Int) -> Bool {
        let start = skipMarks(from: enumeratorEnd(at: start) ?? start, to: end)
        return folded[end - 1] == "者" && end - start <= 20 && start < end && folded[start] == "违"
    }

    /// False for a modal letter that is part of something else.
    private func obliges(_ token: ParagraphReading.Token, in body: Range<Int>) -> Bool {
        let next: Unicode.Scalar = token.end < body.upperBound ? folded[token.end] : "。"
        switch folded[token.start] {
        case "应" where token.end - token.start == 1:
            // 应检尽检, 应收尽收.
            if token.start + 3 < body.upperBound, folded[token.start + 2] == "尽" { return false }
            return next != "的"
        case "不" where token.end - token.start == 2 && folded[token.start + 1] == "得":
            return token.end < body.upperBound && next != "," && next != "，" && next != "已" && next != "不"
        case "可" where token.end - token.start == 1:
            return false
        case "禁" where Self.labels.longest(in: folded, at: token.end, limit: body.upperBound) != nil:
            return false
        case "禁":
            return token.start == body.lowerBound || folded[token.start - 1] != "被"
        case "要" where token.end - token.start == 1:
            return next != "的" && token.end < body.upperBound
        default:
            return true
        }
    }

    /// In a report, a sentence that obliges by its form alone: the modal opens a clause, or names its addressee, or is
    /// one that reports do not use otherwise.
    private func standsAlone(
        _ modal: ParagraphReading.Token,
        in body: Range<Int>,
        tokens: ArraySlice<ParagraphReading.Token>
    ) -> Bool {
        if tokens.contains(where: { $0.tags.contains(.future) }) { return false }
        let subjects = responsible(in: body, tokens: tokens)
        if !subjects.isEmpty { return true }
        if tokens.contains(where: { $0.tags.contains(.narrative) }) { return false }
        let isClauseStart =
            modal.start == body.lowerBound
            || tokens.contains { !$0.tags.isDisjoint(with: [.comma, .colon]) && $0.end == modal.start }
        return isClauseStart && !modal.tags.contains(.addressing)
    }

    /// X是…的…, …意义重大, …取得…: tells how things are.
    private func isEvaluation(_ body: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        for token in tokens where token.tags.contains(.copula) {
            if token.start == body.lowerBound { return false }
            // 一是 and the like are enumerators.
            if let end = enumeratorEnd(at: body.lowerBound), token.start < end { continue }
            return true
        }
        return false
    }

    /// True if the sentence begins with an imperative: after its enumerator, after adverbials, after its subject.
    ///
    /// `isStatement`: in what somebody says without ordering, one organ before its verb tells what that organ does.
    private func opensImperative(
        _ body: Range<Int>,
        tokens: ArraySlice<ParagraphReading.Token>,
        isStatement: Bool = false
    ) -> Bool {
        var position = skipMarks(from: enumeratorEnd(at: body.lowerBound) ?? body.lowerBound, to: body.upperBound)
        // 在柳河村,张三走访企业: what somebody did.
        if passage.mode != .notice, let mention = people.first(in: body, of: paragraph),
            mention.range.lowerBound - position < 24,
            !tokens.contains(where: { !$0.tags.isDisjoint(with: .imperative) && $0.end <= mention.range.lowerBound })
        {
            return false
        }
        var isAdverbial = false
        for token in tokens where token.start >= position || isAdverbial {
            if token.tags.contains(.connective), token.start == position {
                position = skipMarks(from: token.end, to: body.upperBound)
                continue
            }
            if !token.tags.isDisjoint(with: [.comma, .colon]) {
                position = token.end
                isAdverbial = false
                continue
            }
            // 根据气象部门|发布|的警报: a verb that only tells which.
            if isAdverbial, token.end < body.upperBound, folded[token.end] == "的" { continue }
            if !token.tags.isDisjoint(with: .imperative) {
                if isLabel(from: position, tokens: tokens) { return false }
                if token.start == position || isAdverbial { return true }
                let subject = position..<token.start
                if isStatement, !folded[subject].contains(where: { "各有相广".unicodeScalars.contains($0) }) {
                    return false
                }
                return isParty(subject) && !isReported(subject)
            }
            if token.tags.contains(.preposition), token.start == position {
                isAdverbial = true
                continue
            }
            // 应急、交通等部门|按照各自职责,做好…
            if token.tags.contains(.preposition), token.start > position, isParty(position..<token.start),
                Self.byDuty.longest(in: folded, at: token.start, limit: token.end) != nil,
                let comma = tokens.first(where: { $0.start > token.start && $0.tags.contains(.comma) }),
                comma.start - token.start <= 16
            {
                isAdverbial = true
                continue
            }
            if token.tags.contains(.copula) || token.tags.contains(.future) { return false }
        }
        return false
    }

    /// 停止供水的范围: — whether the clause is the label of what follows its colon.
    private func isLabel(from start: Int, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        guard let mark = tokens.first(where: { $0.start >= start && !$0.tags.isDisjoint(with: [.comma, .colon]) }),
            mark.tags.contains(.colon), mark.start > start
        else { return false }
        return Self.stated.ends(folded, start..<mark.start)
    }

    private static let stated = WordTrie<Bool>(words: "范围 时间 地点 对象 路段 路线 线路 区域 原因 期限 方式 电话 名单 日期 内容如下 情况如下")

    /// Whether a sentence about those who were there, or about one person, tells what they did: 参会人员一致同意.
    private func isReported(_ subject: Range<Int>) -> Bool {
        if passage.mode != .notice, let mention = people.last(in: subject, of: paragraph),
            mention.range.upperBound == subject.upperBound
        {
            return true
        }
        return Self.participants.longest(in: folded, at: subject.lowerBound, limit: subject.upperBound) != nil
    }

    private static let byDuty = WordTrie<Bool>(words: "按照 按 依照 依据 根据 结合 对照")
    private static let participants = WordTrie<Bool>(words: "参会人员 与会人员 参会代表 与会代表 与会领导 参会领导 与会同志 大家 与会者")

    /// A line that only names a section of a notice: 一、加强组织领导.
    private func isSectionHead(_ body: Range<Int>, of sentence: ParagraphReading.Sentence, index: Int) -> Bool {
        guard index == 0, let end = enumeratorEnd(at: body.lowerBound) else { return false }
        if reading.sentences.count == 1 {
            // A line of its own; one with a full stop has to be short.
            let isOpen = folded[sentence.range.upperBound...].allSatisfy(isSpaceOrNothing)
            return body.upperBound - end <= (isOpen ? 30 : 16) && !hasModal(body, of: sentence)
        }
        return body.upperBound - end <= 16 && !hasModal(body, of: sentence)
    }

    private func isSpaceOrNothing(_ scalar: Unicode.Scalar) -> Bool { scalar.isWhitespace }

    private func hasModal(_ body: Range<Int>, of sentence: ParagraphReading.Sentence) -> Bool {
        tokens(of: sentence, in: body).contains { $0.tags.contains(.modal) }
    }

    /// A slogan alone as head of a list item: 一是党组“树表率”.
    func isHeading(_ range: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        guard let end = enumeratorEnd(at: range.lowerBound), range.upperBound - end <= 14 else { return false }
        return !tokens.contains { !$0.tags.isDisjoint(with: [.modal, .weakModal, .comma]) }
    }
}
