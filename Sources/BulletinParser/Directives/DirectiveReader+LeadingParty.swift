// The party that a stretch of a sentence begins with.
extension DirectiveReader {
    /// The party that a stretch begins with: the shortest one after which an adverbial, an imperative or the end
    /// follows.
    func leadingParty(
        from start: Int,
        to end: Int,
        tokens: ArraySlice<ParagraphReading.Token>,
        mayEnd: Bool,
        isAddressed: Bool = false
    ) -> Range<Int>? {
        let start = skipConnectives(from: start, to: end, tokens: tokens)
        guard start < end else { return nil }
        if folded[start] == "与", isNoParty(start..<end) { return start..<end }
        if Self.partyPronouns.longest(in: folded, at: start, limit: end) != nil { return nil }
        if let opening = tokens.first(where: { $0.start == start }),
            opens(opening, isAddressed: isAddressed), !isVerbInName(opening, end: end)
        {
            // 报告起草组|要…: a verb that begins a name known as a whole.
            if mayEnd, end - start >= 3, let head = lexicon.heads.longest(in: folded, endingAt: end, from: start),
                head.start == start, head.value.contains(.organ)
            {
                return start..<end
            }
            return mayEnd ? relativeParty(from: start, to: end, opening: opening) : nil
        }
        // 镇环境整治推进工作领导小组|要…: verbs that are part of its name.
        if mayEnd, !isAddressed, end - start <= 30, isOffice(start..<end, tokens: tokens) { return start..<end }
        var cut = SubjectCut()
        for token in tokens where token.start > start && token.start < end {
            guard !token.tags.isDisjoint(with: [.preposition, .verb, .adverb, .weakModal, .modal]) else { continue }
            // 区委|督查室, 各级|教育行政部门: a verb that is part of the name.
            if token.tags.contains(.office), isVerbInName(token, end: end) { continue }
            // 甲与乙: a list, not an adverbial.
            if folded[token.start] == "与" { continue }
            let phrase = trimmedSubject(start..<token.start, &cut)
            // 各校主要领导|近期|均要…
            if mayEnd, !isParty(phrase), phrase.count <= 30, let party = partyBeforeTime(phrase) { return party }
            // 开好会议|对|加强学校…: what an adverbial stands behind is no party, nor is what goes on behind it.
            if !mayEnd, token.tags.contains(.preposition), folded[token.start] == "对", !isParty(phrase) { return nil }
            // 学校没有能力整改的隐患: a clause that only tells which.
            if isParty(phrase) {
                if isNounLeader(token, end: end) { continue }
                // 请县电视台|派记者参加
                if isAddressed, let cut = phrase.first(where: { folded[$0] == "派" }), isParty(phrase.lowerBound..<cut),
                    !isNext("第", cut), !isNext("驻", cut), !isNext("出", cut)
                {
                    return phrase.lowerBound..<cut
                }
                // 各部门|主要负责同志: the head goes on.
                if Self.leaders.longest(in: folded, at: token.start, limit: end) != nil { continue }
                // 甲局|会同|乙局、丙局要…: both.
                if mayEnd, isNext("同", token.start), folded[token.start] == "会", isParty(token.start + 2..<end) {
                    return phrase.lowerBound..<end
                }
                let isDenied = !mayEnd && Self.denials.longest(in: folded, at: token.start, limit: end) != nil
                return isDenied ? nil : phrase
            }
        }
        guard mayEnd else { return nil }
        let whole = trimmedSubject(start..<end, &cut)
        if !isParty(whole), let party = partyBeforeTime(whole) { return party }
        if isAddressed, let phrase = openingParty(in: whole) { return phrase }
        return isParty(whole) || endsInUnknown(whole, tokens: tokens) ? whole : nil
    }

    /// A name of one organ that ends in what only names do, and holds but verbs of names.
    private func isOffice(_ range: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        guard Self.offices.ends(folded, range), folded[range].allSatisfy(\.isHan) else { return false }
        return tokens.allSatisfy {
            $0.start < range.lowerBound || $0.start >= range.upperBound
                || $0.tags.isDisjoint(with: [.modal, .weakModal, .preposition, .connective, .quantifier, .speech])
                    && $0.start > range.lowerBound
        }
    }

    private static let offices = WordTrie<Bool>(words: "领导小组 指挥部 工作专班 委员会 工作组")

    /// 县林草局、各林场、森林公园|要…: a list of parties whose last member has a head of its own kind.
    private func endsInUnknown(_ phrase: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        guard phrase.count <= 60, let comma = phrase.last(where: { folded[$0] == "、" }),
            (2...8).contains(phrase.upperBound - comma - 1), isParty(phrase.lowerBound..<comma),
            folded[(comma + 1)..<phrase.upperBound].allSatisfy(\.isHan)
        else { return false }
        return !tokens.contains { $0.start >= phrase.lowerBound && $0.start < phrase.upperBound && isPredicate($0) }
    }

    /// 各战线|领导及…要: 领导 as those who lead.
    private func isNounLeader(_ token: ParagraphReading.Token, end: Int) -> Bool {
        guard token.end - token.start == 2, folded[token.start] == "领", folded[token.start + 1] == "导" else {
            return false
        }
        return token.end >= end || "及和与、要须应".unicodeScalars.contains(folded[token.end])
    }

    /// 与防汛无关人员
    private func isNoParty(_ range: Range<Int>) -> Bool {
        range.count <= 16 && Self.strangers.ends(folded, range)
    }

    private static let strangers = WordTrie<Bool>(words: "无关人员 无关车辆 无关的人员 无关船舶")

    /// Vehicles and people on the road, who are kept out where a prohibition names them.
    func isTraffic(_ party: Range<Int>) -> Bool {
        party.count <= 20 && Self.traffic.ends(folded, party)
    }

    private static let traffic = WordTrie<Bool>(words: "车辆 行人 机动车 非机动车 货车 船舶 人员")

    /// 各部门|放假前|要…, 财务部门|寒假期间|不要…: a time between the party and its modal.
    private func partyBeforeTime(_ phrase: Range<Int>) -> Range<Int>? {
        guard let last = phrase.last, "前后间时内日期".unicodeScalars.contains(folded[last]) else { return nil }
        var end = phrase.upperBound - 2
        while end > phrase.lowerBound + 1, phrase.upperBound - end <= 8 {
            if isParty(phrase.lowerBound..<end) {
                let party = phrase.lowerBound..<end
                return folded[party].contains { $0 == "在" || $0.isDigit } ? nil : party
            }
            end -= 1
        }
        return nil
    }
}
