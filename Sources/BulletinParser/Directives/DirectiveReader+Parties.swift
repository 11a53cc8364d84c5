// A list of parties, split into each.
extension DirectiveReader {
    /// The parties of a phrase, one each.
    func parties(in phrase: Range<Int>) -> [Range<Int>] {
        // 乡、村两级: both levels together.
        if phrase.count <= 8, let last = phrase.last, folded[last] == "级",
            "两三四".unicodeScalars.contains(folded[last - 1])
        {
            return [phrase]
        }
        var phrase = phrase
        var parts = split(phrase)
        // Where what stands before 的 holds a list itself, only the head counts.
        if let particle = lastParticle(in: phrase),
            parts.first.map({ $0.upperBound <= particle && !isParty($0) }) ?? false
        {
            phrase = particle + 1..<phrase.upperBound
            parts = split(phrase)
        }
        // 县、镇|人大代表: the levels of one noun.
        if parts.count > 1, let last = parts.last, last.count > 2, Self.levels.contains(folded[last.lowerBound]),
            parts.dropLast().allSatisfy({ $0.count == 1 && Self.levels.contains(folded[$0.lowerBound]) })
        {
            return [phrase]
        }
        parts = shareEach(parts)
        guard parts.count > 1 || parts.first.map(hasEtc) ?? false else { return parts }
        return parts.map(withoutEtc)
    }

    /// Split at 、 及 以及 和, outside parentheses.
    private func split(_ phrase: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = phrase.lowerBound
        var depth = 0
        var position = start
        func cut(_ end: Int, next: Int) {
            if end > start { parts.append(start..<end) }
            start = next
        }
        while position < phrase.upperBound {
            switch folded[position] {
            case "(", "（", "“", "《": depth += 1
            case ")", "）", "”", "》": depth -= 1
            case "、" where depth == 0 && !(isNumeral(position - 1) && isNumeral(position + 1)):
                cut(position, next: position + 1)
            case "以" where depth == 0 && isNext("及", position) && position > start:
                cut(position, next: position + 2)
                position += 1
            case "会" where depth == 0 && isNext("同", position) && isParty(start..<position):
                cut(position, next: position + 2)
                position += 1
            case "及", "和", "与", "暨":
                guard depth == 0, position > start, position + 1 < phrase.upperBound else { break }
                if folded[position] == "及" && (isNext("其", position) || isNext("时", position)) {
                    if isNext("时", position) { break }
                    break
                }
                let left = start..<position
                // 县文化|和|旅游局: one name, as only its beginning has a jurisdiction.
                if !isParty(left), !hasEtc(left), Self.levels.contains(folded[start]), folded[position] != "及",
                    !Self.levels.contains(folded[position + 1]), folded[position + 1] != "各"
                {
                    break
                }
                if isParty(left) || hasEtc(left)
                    || !parts.isEmpty && folded[position] != "与" && isParty(position + 1..<phrase.upperBound)
                {
                    cut(position, next: position + 1)
                }
            default: break
            }
            position += 1
        }
        cut(phrase.upperBound, next: phrase.upperBound)
        return parts
    }

    private static let levels: Set<Unicode.Scalar> = ["省", "市", "县", "区", "州", "旗", "盟", "镇", "乡"]

    /// 一、二级主管 is no list of parties.
    private func isNumeral(_ position: Int) -> Bool {
        guard folded.indices.contains(position) else { return false }
        switch folded[position] {
        case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "0"..."9": return true
        default: return false
        }
    }

    /// A list that shares one 各 stays whole: 各市(州)、县(市、区).
    private func shareEach(_ parts: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for part in parts {
            if let last = joined.last, hasQuantifier(last), isBare(part) {
                joined[joined.count - 1] = last.lowerBound..<part.upperBound
            } else {
                joined.append(part)
            }
        }
        return joined
    }

    private func hasQuantifier(_ part: Range<Int>) -> Bool {
        if folded[part.lowerBound] == "各" { return true }
        return part.count > 3 && folded[part.lowerBound + 2] == "各"
    }

    /// A head without any modifier, such as 县(市、区), 街道, 单位.
    private func isBare(_ part: Range<Int>) -> Bool {
        // 各部门及|社会各界, 各位代表和|与会人员
        if folded[part].contains("各") || part.count > 3 && isNext("会", part.lowerBound) { return false }
        var end = part.upperBound
        if folded[end - 1] == ")" || folded[end - 1] == "）" {
            while end > part.lowerBound, folded[end - 1] != "(", folded[end - 1] != "（" { end -= 1 }
            end -= 1
        }
        guard end > part.lowerBound else { return false }
        // 各镇街、部门|一把手
        let start = part.lowerBound + 1
        if start < end, let leader = (start..<end).first(where: { Self.leaders.value(in: folded, $0..<end) != nil }) {
            end = leader
        }
        if end - part.lowerBound > 4 { return false }
        guard let head = lexicon.heads.longest(in: folded, endingAt: end, from: part.lowerBound) else {
            return false
        }
        return head.start == part.lowerBound && !head.value.isDisjoint(with: .party)
    }

    private func etc(in part: Range<Int>) -> Int? {
        part.last { folded[$0] == "等" && $0 > part.lowerBound }
    }

    private func hasEtc(_ part: Range<Int>) -> Bool {
        etc(in: part).map { part.upperBound - $0 <= 10 } ?? false
    }

    /// 商务等部门 → 商务.
    private func withoutEtc(_ part: Range<Int>) -> Range<Int> {
        guard hasEtc(part), let position = etc(in: part) else { return part }
        return part.lowerBound..<position
    }

    private func lastParticle(in phrase: Range<Int>) -> Int? {
        phrase.last { folded[$0] == "的" && $0 > phrase.lowerBound && $0 + 1 < phrase.upperBound }
    }

    /// 各乡镇、各部门|是责任主体,负责…: who is charged by what he is.
    func chargedParty(in body: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Range<Int>? {
        guard let verb = tokens.first(where: { $0.tags.contains(.copula) }),
            Self.liable.first(folded, in: verb.end..<min(verb.end + 24, body.upperBound)) != nil
        else { return nil }
        let start = enumeratorEnd(at: body.lowerBound) ?? body.lowerBound
        let phrase = trimmedSubject(start..<verb.start)
        return isParty(phrase) ? phrase : nil
    }

    private static let liable = WordTrie<Bool>(words: "责任主体 责任单位 第一责任人 直接责任人 主要责任人")
}
