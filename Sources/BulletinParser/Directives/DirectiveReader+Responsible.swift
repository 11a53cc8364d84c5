extension DirectiveReader {
    /// The subject of an instruction.
    struct Subject {
        /// The noun phrase, not yet split.
        var phrase: Range<Int>
        /// Start of the clause that it stands in.
        var clauseStart: Int
    }

    /// The subjects named in a directive, in order: before a modal word, before an imperative verb, or after a word
    /// such as 请 that addresses them.
    func responsible(
        in body: Range<Int>,
        tokens: ArraySlice<ParagraphReading.Token>,
        isAddressed: Bool = false
    ) -> [Subject] {
        if let charged = chargedParty(in: body, tokens: tokens) {
            return [Subject(phrase: charged, clauseStart: body.lowerBound)]
        }
        var subjects: [Subject] = []
        var clause = body.lowerBound
        var first = tokens.startIndex
        var pending: Range<Int>?
        var pendingStart = clause
        var index = tokens.startIndex
        while index <= tokens.endIndex {
            let isEnd = index == tokens.endIndex
            let isBreak = isEnd || !tokens[index].tags.isDisjoint(with: [.comma, .colon])
            if isBreak {
                let end = isEnd ? body.upperBound : tokens[index].start
                let words = tokens[first..<index]
                if let phrase = subject(
                    from: clause,
                    to: end,
                    tokens: words,
                    isFirst: clause == body.lowerBound,
                    isAddressed: isAddressed && clause == body.lowerBound
                ) {
                    // 镇领导、镇干部,各村要…: the list goes on over a comma.
                    // 凡阻挠检查的单位,有关部门要…: that one is what the clause is about.
                    if let alone = pending, !isRelative(alone, from: pendingStart) {
                        subjects.append(Subject(phrase: alone, clauseStart: pendingStart))
                    }
                    subjects.append(Subject(phrase: phrase, clauseStart: pending == nil ? clause : pendingStart))
                    pending = nil
                } else if let alone = pending, startsWithModal(clause, tokens: words) {
                    subjects.append(Subject(phrase: alone, clauseStart: pendingStart))
                    pending = nil
                } else {
                    // A closing bracket of the enumerator may lie beyond the clause.
                    let start = min(enumeratorEnd(at: clause) ?? clause, end)
                    pending = subjectAlone(start..<end, tokens: words)
                    pendingStart = clause
                }
                if isEnd { break }
                clause = tokens[index].end
                first = index + 1
            }
            index += 1
        }
        return subjects
    }

    /// True for a noun that a clause in front of it describes, so that it may be what the next clause is about.
    private func isRelative(_ phrase: Range<Int>, from start: Int) -> Bool {
        let opening = skipMarks(from: enumeratorEnd(at: start) ?? start, to: phrase.upperBound)
        return opening < phrase.upperBound && folded[opening] == "凡" || folded[phrase].contains("的")
    }

    /// The subject within one clause.
    private func subject(
        from start: Int,
        to end: Int,
        tokens: ArraySlice<ParagraphReading.Token>,
        isFirst: Bool,
        isAddressed: Bool
    ) -> Range<Int>? {
        var start = enumeratorEnd(at: start) ?? start
        start = skipConnectives(from: start, to: end, tokens: tokens)
        // 部署了工作,强调|镇村干部要…: attributed in the middle of a sentence.
        if let speech = tokens.first(where: { $0.start == start }), !speech.tags.isDisjoint(with: .speech),
            speech.end < end
        {
            start = speech.end
        }
        if let agent = agent(from: start, to: end, tokens: tokens) { return agent }
        // 请各单位…, 责令该企业…: after the word.
        if let token = tokens.first(where: { $0.tags.contains(.addressing) }),
            token.tags.contains(.modal) || token.start == start && isFirst
        {
            return leadingParty(from: token.end, to: end, tokens: tokens, mayEnd: true, isAddressed: true)
                ?? (token.start > start
                    ? leadingParty(from: start, to: token.start, tokens: tokens, mayEnd: true) : nil)
        }
        guard let modal = tokens.first(where: { !$0.tags.isDisjoint(with: .anyModal) && $0.start >= start }) else {
            guard isFirst else { return ownSubject(from: start, to: end, tokens: tokens) }
            return leadingParty(from: start, to: end, tokens: tokens, mayEnd: isAddressed, isAddressed: isAddressed)
        }
        // 严禁|任何单位和个人…
        // 管制路段禁止|一切车辆|通行
        if Self.prohibitions.longest(in: folded, at: modal.start, limit: end)?.end == modal.end, modal.end < end,
            !tokens.contains(where: { $0.start == modal.end && $0.tags.contains(.verb) }),
            let party = openingParty(in: modal.end..<end), modal.start == start || !isParty(start..<modal.start),
            folded[modal.end] == "任" || folded[modal.end] == "各" || isTraffic(party)
        {
            return party
        }
        return leadingParty(from: start, to: modal.start, tokens: tokens, mayEnd: true)
    }

    /// The organ that a later clause without a modal word begins with: 要建立制度,各乡镇加强调度.
    private func ownSubject(from start: Int, to end: Int, tokens: ArraySlice<ParagraphReading.Token>) -> Range<Int>? {
        guard let phrase = leadingParty(from: start, to: end, tokens: tokens, mayEnd: false),
            let head = lexicon.heads.longest(in: folded, endingAt: phrase.upperBound, from: phrase.lowerBound),
            head.value.contains(.organ) || Self.duties.longest(in: folded, at: phrase.upperBound, limit: end) != nil,
            // 指导|所属企业落实: a verb and its object. 始终坚持|党的领导
            !tokens.contains(where: {
                $0.start == phrase.lowerBound && !$0.tags.isDisjoint(with: .imperative) && $0.end < head.start
            }),
            folded[phrase.lowerBound] == "各" || phrase.count >= 4
                || tokens.contains(where: { $0.start == phrase.upperBound && $0.end - $0.start >= 5 }),
            !tokens.contains(where: { $0.start > phrase.lowerBound && $0.end <= phrase.upperBound && isPredicate($0) }),
            tokens.contains(where: {
                $0.start == phrase.upperBound
                    && ($0.tags.contains(.verb)
                        || Self.manners.longest(in: folded, at: $0.start, limit: end)?.end == $0.end)
            })
        else { return nil }
        return phrase
    }

    /// What only somebody responsible does: 领导班子成员|各负其责.
    private static let duties = WordTrie<Bool>(words: "各负其责 各司其职 率先 带头 亲自 负总责 主动")

    /// Adverbs of what somebody is told to do, that reports on what was done seldom hold.
    private static let manners = WordTrie<Bool>(words: "密切 切实 严格 认真 立即 及时 主动 积极")

    /// True for a word that begins a predicate and no party; behind 请 an adverb does so too: 请|认真组织.
    func opens(_ token: ParagraphReading.Token, isAddressed: Bool) -> Bool {
        if token.tags.contains(.quantifier) { return false }
        if !token.tags.isDisjoint(with: [.preposition, .verb]) { return true }
        if token.tags.contains(.copula) { return true }
        return isAddressed && token.tags.contains(.adverb)
            && Self.nameOpenings.longest(in: folded, at: token.start, limit: token.end) == nil
    }

    private static let nameOpenings = WordTrie<Bool>(words: "主要 现场 联合 统一 全部 专门")

    /// A party told by what it does: 凡|进入林区的人员, 从事冷链运输的企业, 经批准施工的单位.
    func relativeParty(from start: Int, to end: Int, opening: ParagraphReading.Token) -> Range<Int>? {
        let isVerb = opening.tags.contains(.verb) && !opening.tags.contains(.preposition)
        guard isVerb || Self.relativeOpenings.longest(in: folded, at: start, limit: end) != nil else { return nil }
        var start = start
        if folded[start] == "凡" { start += isNext("是", start) ? 2 : 1 }
        guard let particle = (start..<end).last(where: { folded[$0] == "的" }), particle - start >= 3,
            end - particle <= 11, !Self.abstract.ends(folded, particle..<end),
            isParty(trimmedSubject(particle + 1..<end))
        else { return nil }
        return start..<trimmedSubject(particle + 1..<end).upperBound
    }

    private static let prohibitions = WordTrie<Bool>(words: "严禁 禁止 不准 不许 不允许")
    static let denials = WordTrie<Bool>(words: "没有 无法 尚未")
    /// 坚持|党的领导: what is done, and nobody.
    private static let abstract = WordTrie<Bool>(words: "的领导 的全面领导 的集中统一领导 的绝对领导")
    static let partyPronouns = WordTrie<Bool>(words: "大家 我们 你们 他们 她们 咱们 自己")
    static let leaders = WordTrie<Bool>(words: "一把手 主要负责同志 主要负责人 主要领导 主要同志 分管负责人 分管领导 分管负责同志 负责人 负责同志")
    private static let relativeOpenings = WordTrie<Bool>(words: "凡 凡是 经 未经")

    /// The party that a stretch begins with, where a verb follows that is in no list.
    func openingParty(in range: Range<Int>) -> Range<Int>? {
        var position = range.lowerBound + 1
        while position < range.upperBound, position - range.lowerBound < 80 {
            position += 1
            guard isParty(range.lowerBound..<position) else { continue }
            if position < range.upperBound {
                switch folded[position] {
                case "派": return range.lowerBound..<position
                case "、", "及", "和", "与", "以", "等", "的", "(", "（", "各": continue
                default: break
                }
            }
            // 单位|主管: the head goes on.
            let goesOn = (position + 1..<position + 5).contains { next in
                guard next <= range.upperBound,
                    let head = lexicon.heads.longest(in: folded, endingAt: next, from: range.lowerBound)
                else { return false }
                return head.start <= position && next - head.start > 1 && !head.value.isDisjoint(with: .party)
            }
            if !goesOn { return range.lowerBound..<position }
        }
        return nil
    }

    /// 宣传部门, 监督机构: a verb that begins a name.
    func isVerbInName(_ token: ParagraphReading.Token, end: Int) -> Bool {
        guard token.tags.contains(.verb), token.tags.isDisjoint(with: .preposition),
            token.tags.contains(.office) || Self.naming.longest(in: folded, at: token.start, limit: token.end) != nil,
            token.tags.isDisjoint(with: .adverb) || token.tags.contains(.office),
            token.end < end
        else { return false }
        let reach = token.tags.contains(.office) ? 8 : 4
        var position = token.end
        while position < min(end, token.end + reach) {
            position += 1
            guard let head = lexicon.heads.longest(in: folded, endingAt: position, from: token.end),
                head.value.contains(.organ) && (head.start == token.end || head.start == token.end + 2)
                    || head.start == token.end && head.value.contains(.group) && position - head.start == 2
                        && token.tags.contains(.office) && folded[head.start] == "人" && position == end
            else { continue }
            // 配合单位 is a name, 配合|公安部门 is not.
            if token.tags.contains(.office) { return true }
            if head.start == token.end, Self.plainHeads.longest(in: folded, at: head.start, limit: position) != nil {
                return true
            }
        }
        return false
    }

    /// Verbs that begin the names of parties: 配合单位; others have a party as their object: 加强|部门协作.
    private static let naming = WordTrie<Bool>(
        words:
            "下沉 结对 包联 帮包 共建 配合 牵头 负责 执行 实施 使用 参与 参加 报送 申报 提供 征收 收集 登记 验收 审核 发布 救治 运营 配送 处置 处理 养护 管护 清运 帮扶 联系 整改 承担 考核 巡查 领导 提交 填报 开发 代办"
    )
    private static let plainHeads = WordTrie<Bool>(words: "部门 单位 机构 机关 组 小组 办 局 站 所 中心 队 企业 委员会 专班")

    private func startsWithModal(_ start: Int, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        guard let first = tokens.first else { return false }
        let position = enumeratorEnd(at: start) ?? start
        guard first.start == position, !first.tags.contains(.addressing) else { return false }
        // 各条线,根据职能压实责任
        if first.tags.contains(.preposition) {
            return tokens.contains { $0.start > position && $0.tags.contains(.verb) }
        }
        return !first.tags.isDisjoint(with: [.modal, .weakModal, .adverb, .verb])
    }

    /// A clause that is nothing but a subject: 各级各部门,要…
    private func subjectAlone(_ range: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Range<Int>? {
        guard range.count <= 60, range.count >= 2 else { return nil }
        let start = skipConnectives(from: range.lowerBound, to: range.upperBound, tokens: tokens)
        if let opening = tokens.first(where: { $0.start >= start }), opening.start == start,
            !opening.tags.isDisjoint(with: [.preposition, .verb, .modal]), !isVerbInName(opening, end: range.upperBound)
        {
            return relativeParty(from: start, to: range.upperBound, opening: opening)
        }
        if let token = tokens.first(where: { $0.start > start && (isPredicate($0) || $0.tags.contains(.preposition)) }),
            !isPredicate(token), isParty(start..<token.start)
        {
            // 任何单位和个人|发现火情,要…
            return tokens.contains { $0.start > start && $0.tags.contains(.modal) } ? nil : start..<token.start
        }
        if tokens.contains(where: { $0.start > start && isPredicate($0) }) { return nil }
        // 严密|组织: an adverb and its verb.
        if let opening = tokens.first(where: { $0.start == start }), opening.tags.contains(.adverb),
            tokens.contains(where: { $0.start == opening.end && $0.end == range.upperBound && $0.tags.contains(.verb) })
        {
            return nil
        }
        let phrase = trimmedSubject(range)
        return isParty(phrase) ? phrase : nil
    }

    /// True for a word that a plain noun phrase does not hold.
    func isPredicate(_ token: ParagraphReading.Token) -> Bool {
        if !token.tags.isDisjoint(with: [.modal, .copula, .narrative, .gives]) { return true }
        return !token.tags.isDisjoint(with: .imperative) && token.tags.isDisjoint(with: .office)
    }

    func skipConnectives(from start: Int, to end: Int, tokens: ArraySlice<ParagraphReading.Token>) -> Int {
        var start = skipMarks(from: start, to: end)
        for token in tokens where token.start == start && token.end <= end && token.tags.contains(.connective) {
            start = skipMarks(from: token.end, to: end)
        }
        return start
    }

    func isNext(_ letter: Unicode.Scalar, _ position: Int) -> Bool {
        position + 1 < folded.count && folded[position + 1] == letter
    }

    /// True if a phrase can be made responsible, by its head; pronouns cannot.
    func isParty(_ range: Range<Int>) -> Bool {
        guard range.count >= 2 || range.count == 1 && folded[range.lowerBound] == "党" else { return false }
        guard range.count <= 120 else { return false }
        // 安办、消安委办|等: the last member tells.
        if let last = range.last, folded[last] == "等", range.contains(where: { folded[$0] == "、" }) {
            return isParty(range.lowerBound..<last)
        }
        // 各位|常委
        if (4...8).contains(range.count), folded[range.lowerBound] == "各", folded[range.lowerBound + 1] == "位",
            folded[range].allSatisfy(\.isHan)
        {
            return true
        }
        if range.count == 2, folded[range.lowerBound] == "上", folded[range.lowerBound + 1] == "下" { return false }
        // 全体|参会人员: no party yet.
        if range.count == 2, folded[range.lowerBound] == "全", folded[range.lowerBound + 1] == "体" { return false }
        var end = range.upperBound
        if folded[end - 1] == ")" || folded[end - 1] == "）" {
            while end > range.lowerBound, folded[end - 1] != "(", folded[end - 1] != "（" { end -= 1 }
            end -= 1
            if end <= range.lowerBound { return false }
        }
        if let mention = people.last(in: range, of: paragraph), mention.range.upperBound == end { return true }
        guard let head = lexicon.heads.longest(in: folded, endingAt: end, from: range.lowerBound) else {
            return false
        }
        return !head.value.isDisjoint(with: .party)
    }
}
