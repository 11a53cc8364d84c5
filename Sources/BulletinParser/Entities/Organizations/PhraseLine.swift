import BulletinEvents

/// One paragraph as a row of words, each with the part it can play in the name of an organisation, a place or a list of
/// attendees.
///
/// The words are those of ``LineScan``'s segmentation; persons and place names are single words here.
struct PhraseLine {
    /// What a word does in a noun phrase.
    enum Kind {
        /// Ends every name: verbs, prepositions, adverbs.
        case stop
        /// Punctuation other than the enumeration comma and parentheses.
        case mark
        /// The enumeration comma 、.
        case comma
        /// 和, 与, 及, 以及, 暨.
        case joint
        /// 等 behind a list.
        case etc
        case open
        case close
        /// 各, 有关, 相关, 所有.
        case quantifier
        /// Whose the units are: 局属, 市直, 市级, 全县.
        case owner
        /// A geographic name: 大洼区, 盘锦, 临港经济开发区.
        case place
        /// 市, 县, 自治州 without a name before it.
        case level
        /// A whole organ: 国务院, 市委.
        case organ
        /// What the name of an organisation ends with: 委员会, 教育局.
        case head
        /// One character that it ends with, only after a field: 局.
        case headCharacter
        /// What unnamed sets consist of: 部门, 乡镇.
        case unit
        /// The field an organ works in.
        case field
        case title
        case person
        /// Digits, Latin letters.
        case number
        /// Any other word, and each character that no word covers.
        case plain
    }

    struct Word {
        var start: Int
        var end: Int
        var kind: Kind
        var classes: WordClass
        var count: Int { end - start }
    }

    let scan: LineScan
    let lexicon: Lexicon
    private(set) var words: [Word] = []
    /// The person whom each word of kind `person` names, by the word's start.
    private(set) var personAt: [Int: Int] = [:]
    /// Whether each character stands in a closed pair of 《》.
    private(set) var hidden: [Bool] = []

    var text: [UInt32] { scan.text }

    /// - Parameters:
    ///   - persons: ranges of the scan with the index of the person named there, in order.
    init(scan: LineScan, persons: [(range: Range<Int>, person: Int)], lexicon: Lexicon) {
        self.scan = scan
        self.lexicon = lexicon
        hidden = Self.titleMarks(scan.text)
        words.reserveCapacity(scan.wordStarts.count)
        var place = 0
        var next = 0
        while place < scan.text.count {
            while next < persons.count, persons[next].range.lowerBound < place { next += 1 }
            if next < persons.count, persons[next].range.lowerBound == place,
                !isPlaceLike(persons[next].range)
            {
                let range = persons[next].range
                personAt[place] = persons[next].person
                words.append(Word(start: place, end: range.upperBound, kind: .person, classes: []))
                place = range.upperBound
                continue
            }
            let word = scan.wordAt[place]
            var end = scan.wordStarts[word + 1]
            var classes = scan.wordStarts[word] == place ? scan.wordClasses[word] : []
            // 张会民|主持: behind a name that ends in the middle of a word.
            if scan.wordStarts[word] != place, scan.reach[place] > place + 1 {
                end = scan.reach[place]
                classes = scan.longestClasses[place]
            }
            if next < persons.count, persons[next].range.lowerBound < end, persons[next].range.lowerBound > place {
                end = persons[next].range.lowerBound
                classes = []
            }
            var kind = kind(place, end, classes)
            if kind == .stop, end - place == 1, scan.isInWord(place, lexicon) { kind = .plain }
            // 局|属, 市|直, which are in no list of words, and 以|上.
            if end - place == 1, let last = words.last, last.count == 1, last.end == place, !scan.spaceBefore[place],
                isOwner(scan.text[last.start], scan.text[place])
                    || scan.text[last.start] == 0x4EE5 && Self.bounds.contains(scan.text[place])
            {
                let isBound = scan.text[last.start] == 0x4EE5
                words[words.count - 1] = Word(start: last.start, end: end, kind: isBound ? .plain : .owner, classes: [])
            } else {
                words.append(Word(start: place, end: end, kind: kind, classes: classes))
            }
            place = end
        }
    }

    /// Marks what stands in 《》; a mark that is never closed hides nothing.
    private static func titleMarks(_ text: [UInt32]) -> [Bool] {
        var hidden = [Bool](repeating: false, count: text.count + 1)
        var open: [Int] = []
        for (place, scalar) in text.enumerated() {
            if scalar == 0x300A {
                open.append(place)
            } else if scalar == 0x300B, let start = open.popLast(), open.isEmpty {
                for inner in start...place { hidden[inner] = true }
            }
        }
        return hidden
    }

    /// Replaces the words; for the passes that join some of them.
    mutating func replaceWords(_ words: [Word]) { self.words = words }

    private func kind(_ start: Int, _ end: Int, _ classes: WordClass) -> Kind {
        let first = scan.text[start]
        guard LineScan.isHan(first) else {
            switch first {
            case 0x3001: return .comma
            case 0x28, 0xFF08: return .open
            case 0x29, 0xFF09: return .close
            default: return TitleReader.isLatin(first) ? .number : .mark
            }
        }
        if end - start == 1 {
            switch first {
            case 0x5404: return .quantifier  // 各
            case 0x7B49: return .etc  // 等
            case 0x548C, 0x4E0E, 0x53CA, 0x66A8: return .joint  // 和与及暨
            default: break
            }
            if classes.contains(.regionCharacter) { return .level }
            if classes.contains(.organCharacter), classes.isDisjoint(with: .boundary) { return .headCharacter }
        } else if end - start == 2 {
            let second = scan.text[start + 1]
            switch (first, second) {
            case (0x6709, 0x5173), (0x76F8, 0x5173), (0x6240, 0x6709), (0x90E8, 0x5206), (0x5176, 0x4F59):
                return .quantifier  // 有关 相关 所有 部分 其余
            case (0x4EE5, 0x53CA): return .joint  // 以及
            case (0x8F96, 0x533A), (0x6240, 0x5C5E): return .owner  // 辖区 所属
            case (0x5404, 0x7EA7), (0x5404, 0x5730), (0x5404, 0x4E2A): return .quantifier  // 各级 各地 各个
            case (0x7B2C, _): return .plain  // 第一
            default: break
            }
            if isOwner(first, second) { return .owner }
        }
        if classes.contains(.organ) { return .organ }
        if classes.contains(.organSuffix) { return .head }
        if classes.contains(.regionSuffix) { return .level }
        if classes.contains(.unit) { return .unit }
        if !classes.isDisjoint(with: [.region, .country, .knownPlace]) { return .place }
        if classes.contains(.field) { return .field }
        if !classes.isDisjoint(with: [.title, .groupTitle]) { return .title }
        if !classes.isDisjoint(with: [.boundary, .afterPerson, .speech]) { return .stop }
        return .plain
    }

    /// 局属, 区直, 市级, 全县, 驻区.
    private func isOwner(_ first: UInt32, _ second: UInt32) -> Bool {
        switch second {
        case 0x5C5E, 0x76F4, 0x7EA7:  // 属 直 级
            return Self.levels.contains(first)
        default:
            return first == 0x5168 && Self.wholes.contains(second)  // 全
        }
    }

    /// 杨柳镇, and what follows 各, are no persons though they look like one.
    private func isPlaceLike(_ range: Range<Int>) -> Bool {
        if range.lowerBound > 0, scan.text[range.lowerBound - 1] == 0x5404 { return true }
        return range.count == 3 && Self.placeEnds.contains(scan.text[range.upperBound - 1])
    }

    private static let placeEnds = LineScan.StaticSet("镇县区乡")
    private static let bounds = LineScan.StaticSet("上下内外")

    /// What units belong to: 省市区县州旗镇乡局厅部委院校所.
    private static let levels = LineScan.StaticSet("省市区县州旗盟镇乡局厅部委院校所直下村国")
    private static let wholes = LineScan.StaticSet("省市区县州旗盟镇乡校国院局")

    // MARK: - Questions

    /// 附件:云州市…指引 names papers, and neither places nor organs.
    var isAnnex: Bool {
        guard let first = words.first, text[first.start] == 0x9644 else { return false }  // 附
        return text.prefix(8).contains { $0 == 0x3A || $0 == 0xFF1A }
    }

    /// Whether a word follows the one before it directly, without white space.
    func isJoined(_ index: Int) -> Bool {
        index > 0 && index < words.count && !scan.spaceBefore[words[index].start]
    }

    func kind(_ index: Int) -> Kind? { words.indices.contains(index) ? words[index].kind : nil }

    /// Whether a word begins with whose it is: 区直部门.
    func opensWithOwner(_ index: Int) -> Bool {
        guard words.indices.contains(index), words[index].count > 2, scan.text[words[index].start] != 0x76F4 else {
            return false  // 直属单位
        }
        return isOwner(scan.text[words[index].start], scan.text[words[index].start + 1])
    }

    func classes(_ index: Int) -> WordClass { words.indices.contains(index) ? words[index].classes : [] }

    /// The character of a word of one character; 0 for any other.
    func character(_ index: Int) -> UInt32 {
        words.indices.contains(index) && words[index].count == 1 ? scan.text[words[index].start] : 0
    }

    /// Whether a word is one of a set.
    func isWord(_ index: Int, in set: WordTrie<Bool>) -> Bool {
        guard words.indices.contains(index) else { return false }
        let word = words[index]
        return set.value(in: scan.text, word.start..<word.end) != nil
    }

    /// Whether one of a set of words begins at a place.
    func begins(_ place: Int, with set: WordTrie<Bool>) -> Bool {
        place < scan.text.count && set.starts(in: scan.text, at: place)
    }

    /// Whether a word is a verb, adverb or modal word of orders.
    func isVerb(_ index: Int) -> Bool {
        guard words.indices.contains(index) else { return false }
        let word = words[index]
        guard let tags = lexicon.directiveWords.value(in: scan.text, word.start..<word.end) else { return false }
        return !tags.isDisjoint(with: [.verb, .adverb, .modal, .weakModal])
    }
}
