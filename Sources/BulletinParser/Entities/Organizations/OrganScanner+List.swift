/// Lists whose members only the word behind 等 makes organs: 卫健、民政、商务等部门.
extension OrganScanner {
    mutating func readList(before etc: Int) -> Int? {
        guard let unit = unit(behind: etc) else { return nil }
        var end = etc
        var known = mentions.count - 1
        while let start = member(before: end) {
            while known >= 0, mentions[known].words.lowerBound >= end { known -= 1 }
            let isKnown = known >= 0 && mentions[known].words.upperBound >= end
            // 县农业|和|水务局: back over the whole name.
            let start = isKnown ? min(start, mentions[known].words.lowerBound) : start
            // 组织|公安、执法等部门
            let first = start + 1 < end && line.isWord(start, in: Self.commands) ? start + 1 : start
            // 各镇（街道）和城管等单位: a set, which is read by itself.
            let isSet = start > 0 && line.kind(start - 1) == .quantifier
            if !isKnown, !isSet, let form = form(of: first..<end, unit: unit.kind) {
                addMember(first..<end, form, counts: form != .territory || unit.acts)
            }
            guard start > 0, line.kind(start - 1) == .comma || line.kind(start - 1) == .joint else { break }
            end = start - 1
        }
        return nil
    }

    /// What a list before 等 consists of.
    private enum Unit { case organs, companies, territories, people }

    /// What a list consists of, and whether its members are told or do something: 榆樹等鎮街|要…, not 山東等省|總體可控.
    private func unit(behind etc: Int) -> (kind: Unit, acts: Bool)? {
        var last = etc
        return kind(behind: etc, last: &last).map { ($0, acts(behind: last + 1)) }
    }

    private func acts(behind index: Int) -> Bool {
        if line.isPeople(index) || line.isPeople(index + 1) { return true }
        guard line.words.indices.contains(index) else { return false }
        let word = line.words[index]
        if line.begins(word.start, with: Self.speaking) { return true }  // 荣兴、荣滨等5个镇|作了发言
        let tags =
            line.lexicon.directiveWords.longest(in: line.text, at: word.start, limit: line.text.count)?.value ?? []
        return tags.contains(.modal) || tags.contains(.adverb) && !tags.contains(.verb)
    }

    private func kind(behind etc: Int, last: inout Int) -> Unit? {
        var index = etc + 1
        while index < line.words.count, line.isJoined(index), index - etc <= 8 {
            switch line.words[index].kind {
            case .number, .quantifier, .owner: index += 1
            case .unit, .level, .head, .headCharacter:
                last = index
                // 乡镇|企业: the last unit tells what the list consists of.
                if line.isJoined(index + 1), line.kind(index + 1) == .unit || line.kind(index + 1) == .head {
                    index += 1
                    continue
                }
                if line.isWord(index, in: Self.companies) { return .companies }
                if line.isWord(index, in: Self.territories) || line.kind(index) == .level { return .territories }
                return .organs
            case .plain, .title, .field:
                if line.isPeople(index) { return .people }
                if line.isWord(index, in: Self.countWords) {
                    index += 1
                } else if line.kind(index) == .field, index - etc <= 3 {
                    index += 1
                } else {
                    return nil
                }
            case .stop where line.isPeople(index): return .people
            default: return nil
            }
        }
        return nil
    }

    /// Where the member that ends before `end` begins; nil if it is no plain noun.
    private func member(before end: Int) -> Int? {
        var start = end
        while start > 0, start == end || line.isJoined(start) {
            switch line.words[start - 1].kind {
            case .comma, .mark, .stop, .joint, .etc, .person, .quantifier, .title: return start < end ? start : nil
            case .close, .open: return nil
            default: start -= 1
            }
            if end - start > 8 { return nil }
        }
        return start < end ? start : nil
    }

    private func form(of words: Range<Int>, unit: Unit) -> OrganMention.Form? {
        let length = line.words[words.upperBound - 1].end - line.words[words.lowerBound].start
        switch unit {
        case .organs:
            guard length >= 2, length <= 20 else { return nil }
            if (words).contains(where: { line.kind($0) == .field || line.kind($0) == .place }) { return .listed }
            return length <= 6 && !line.isVerb(words.lowerBound) ? .listed : nil
        case .companies:
            return nil
        case .territories:
            return length >= 2 && length <= 8 ? .territory : nil
        case .people:
            // 臨港經濟開發區、農墾集團等主要負責同志
            let last = line.words[words.upperBound - 1]
            guard last.kind == .place, last.classes.contains(.regionSuffix), words.count == 1 else { return nil }
            return .listed
        }
    }

    private static let speaking = WordTrie<Bool>(words: "作了 作交流 作表态 汇报了 作汇报 介绍了 签订了 签了")
    private static let territories = WordTrie<Bool>(
        words:
            "镇街 街镇 镇街道 乡镇 乡镇街道 镇乡 镇（街道） 乡镇（街道） 街道 县区 区县 县市 县市区 县（市、区） 市县 州市 市州 地市 旗县区 旗县 乡 镇 村 社区 省 市 区 县 地 地区 省区市 村居 村社区"
    )
    private static let companies = WordTrie<Bool>(words: "企业 公司 学校 行业 场所 地方 媒体 新闻媒体 平台 渠道 载体 媒介")
    private static let countWords = WordTrie<Bool>(words: "个 家 余 多 几 两 三 四 五 六 七 八 九 十 有关 相关 市级 县级 区级 省级 部门 名 位")
}
