/// Cuts a list into persons and groups.
///
/// Members are separated by 、 和 及 以及 and commas. A member that names a person stands for the person; the titles
/// before him are no members of their own. Members without a word for people of their own (各镇街、区直各单位) wait for the
/// one that has it (…等主要负责同志) and form one group with it.
struct AttendeeList {
    let line: PhraseLine
    let organs: [OrganMention]
    private(set) var found: [AttendanceReader.Attendee] = []
    /// Members that wait for a common word.
    private var waiting: [Range<Int>] = []
    /// Titles that belong to the next person.
    private var titles: [Range<Int>] = []

    init(line: PhraseLine, organs: [OrganMention]) {
        self.line = line
        self.organs = organs
    }

    mutating func read(_ words: Range<Int>) {
        var start = words.lowerBound
        var depth = 0
        for index in words {
            switch line.words[index].kind {
            case .open: depth += 1
            case .close: depth = max(0, depth - 1)
            case .mark where line.text[line.words[index].start] == 0x201C: depth += 1  // “
            case .mark where line.text[line.words[index].start] == 0x201D: depth = max(0, depth - 1)
            case .comma, .joint, .mark:
                guard depth == 0, !isInsideOrgan(index) else { break }
                readMember(start..<index)
                start = index + 1
            default: break
            }
        }
        readMember(start..<words.upperBound)
        flushTitles()
        for member in waiting where isOrgan(member) { addGroup(member) }
        waiting = []
    }

    private mutating func readMember(_ words: Range<Int>) {
        guard let words = trimmed(words) else { return }
        if let person = words.first(where: { line.kind($0) == .person }) {
            if person > words.lowerBound { titles = [] } else { flushTitles() }
            waiting = []
            for word in words where line.kind(word) == .person {
                if let index = line.personAt[line.words[word].start] { found.append(.person(index)) }
            }
            return
        }
        let last = words.upperBound - 1
        if line.kind(last) == .title, !opensSet(words.lowerBound), waiting.isEmpty {
            titles.append(words)
            return
        }
        flushTitles()
        if line.isPeople(last) || line.kind(last) == .title {
            if isOnlyPeople(words), extendLast(words) { return }
            let start = waiting.first?.lowerBound ?? words.lowerBound
            waiting = []
            addGroup(start..<words.upperBound)
        } else {
            waiting.append(words)
        }
    }

    /// Without a count at its end (等约70人) and words that belong to the sentence at its start.
    private func trimmed(_ words: Range<Int>) -> Range<Int>? {
        var words = words
        while let first = words.first, line.kind(first) == .mark || line.isWord(first, in: Self.leadingWords) {
            words = first + 1..<words.upperBound
        }
        while words.count > 1, let last = words.last, line.isWord(last, in: Self.trailingWords) {
            words = words.dropLast()
        }
        if let etc = words.last(where: { line.kind($0) == .etc }), isCount(etc + 1..<words.upperBound) {
            words = words.lowerBound..<etc
        }
        // 社区书记|共计80人
        while words.count > 1, let number = words.last(where: { line.kind($0) == .number }), number > words.lowerBound,
            words.upperBound - number <= 4, isCount(number..<words.upperBound)
        {
            words = words.lowerBound..<number
            while let last = words.last, words.count > 1, line.isWord(last, in: Self.counting) {
                words = words.dropLast()
            }
        }
        if words.isEmpty || isCount(words) { return nil }
        return words
    }

    /// 约70人, 40余人: no group.
    private func isCount(_ words: Range<Int>) -> Bool {
        words.allSatisfy { index in
            line.kind(index) == .number || line.isWord(index, in: Self.counting)
        }
    }

    /// 主要负责人、分管负责人: people of the same organs as before.
    private func isOnlyPeople(_ words: Range<Int>) -> Bool {
        words.allSatisfy { line.isPeople($0) && !line.isWord($0, in: Self.ownKinds) || line.isWord($0, in: Self.ranks) }
    }

    private mutating func extendLast(_ words: Range<Int>) -> Bool {
        guard waiting.isEmpty, case .group(let range)? = found.last,
            line.words[words.lowerBound].start == range.upperBound + 1, !opensSet(words.lowerBound),
            line.text[range.upperBound] == 0x3001 || line.text[range.upperBound] == 0x548C  // 、和
        else { return false }
        found[found.count - 1] = .group(range.lowerBound..<line.words[words.upperBound - 1].end)
        return true
    }

    private mutating func flushTitles() {
        for title in titles { addGroup(title) }
        titles = []
    }

    private mutating func addGroup(_ words: Range<Int>) {
        found.append(.group(line.words[words.lowerBound].start..<line.words[words.upperBound - 1].end))
    }

    /// 各, 全体, 部分 before a title make it a group.
    private func opensSet(_ index: Int) -> Bool {
        line.kind(index) == .quantifier || line.isWord(index, in: Self.sets)
    }

    private func isInsideOrgan(_ index: Int) -> Bool {
        guard let organ = firstOrgan(endingBehind: index) else { return false }
        return organ.words.contains(index)
    }

    private func isOrgan(_ words: Range<Int>) -> Bool {
        guard let organ = firstOrgan(endingBehind: words.upperBound - 1) else { return false }
        return organ.words.upperBound == words.upperBound
    }

    private func firstOrgan(endingBehind word: Int) -> OrganMention? {
        var low = 0
        var high = organs.count
        while low < high {
            let middle = (low + high) / 2
            if organs[middle].words.upperBound <= word { low = middle + 1 } else { high = middle }
        }
        return low < organs.count ? organs[low] : nil
    }

    private static let leadingWords = WordTrie<Bool>(words: "在 的 共 由 会议 会上 其中 以及 还有 有 并 也")
    private static let trailingWords = WordTrie<Bool>(words: "一行")
    private static let counting = WordTrie<Bool>(
        words: "余人 多人 余名 多名 合计 人次 约 近 共 余 多 人 名 共计 等 参加 百 千 十 一 二 三 四 五 六 七 八 九 两 几 计 超过 近百 百余"
    )
    /// People who are a group of their own in any list.
    private static let ownKinds = WordTrie<Bool>(words: "村官 大学生村官 志愿者 党员 群众 职工 师生 代表 群众代表 记者 企业家 网格员")
    private static let ranks = WordTrie<Bool>(words: "主要 分管 相关 有关 具体 业务")
    private static let sets = WordTrie<Bool>(words: "全体 部分 所有 有关 相关 其他 各级 各")
}
