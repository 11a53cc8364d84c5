import BulletinText

/// One line prepared for the rules: without white space, cut into words of the lexicon.
///
/// White space inside names is only layout (王　伟) and elsewhere a weak separator, so the rules run on the text
/// without it and ask ``spaceBefore`` where it matters. Offsets are those of the shortened text; ``original(_:)``
/// leads back to the line. A class, because a line is handed from rule to rule: one reference, and not one for each array.
final class LineScan {
    /// The folded text without white space.
    let text: [UInt32]
    /// Offset in the line of each scalar of ``text``, and at the end the line's length.
    let origin: [Int]
    /// Whether white space stood before each scalar.
    let spaceBefore: [Bool]
    /// Start of each word of the best segmentation, and at the end the length of the text.
    let wordStarts: [Int]
    /// Classes of each word of the segmentation; empty for a character that no word covers.
    let wordClasses: [WordClass]
    /// Which word each scalar belongs to.
    let wordAt: [Int]
    /// Union of the classes of all words that start at each place, whether in the segmentation or not.
    let startClasses: [WordClass]
    /// Classes of the longest word that starts at each place.
    let longestClasses: [WordClass]
    /// Length of the longest title that ends before each place; 0 for none.
    let titleBefore: [Int]
    /// How far the longest word that starts at each place reaches.
    let reach: [Int]
    /// Depth of 《》 at each place.
    let inTitleMarks: [Bool]

    /// What a word of the lexicon costs in the segmentation.
    static let wordCost = 10
    /// What a character that belongs to no word costs.
    static let unknownCost = 12

    init(_ line: DocumentText.Line, lexicon: Lexicon) {
        if Self.isPlain(line.folded) {
            text = line.folded.map(\.value)
            origin = Array(0...line.folded.count)
            spaceBefore = [Bool](repeating: false, count: line.folded.count + 1)
        } else {
            (text, origin, spaceBefore) = Self.shortened(line.folded)
        }
        var words = Segmentation(text, lexicon)
        inTitleMarks = words.markTitles(text)
        wordStarts = words.wordStarts
        wordClasses = words.wordClasses
        wordAt = words.wordAt
        startClasses = words.startClasses
        longestClasses = words.longestClasses
        titleBefore = words.titleBefore
        reach = words.reach
    }

    /// Whether a line holds nothing that is left out of a scan: no white space, and no comma that may be doubled.
    private static func isPlain(_ folded: [Unicode.Scalar]) -> Bool {
        var last: UInt32 = 0
        for scalar in folded {
            if isSpace(scalar.value) || last == 0x2C && doubled.contains(scalar.value) { return false }
            last = scalar.value
        }
        return true
    }

    /// What is left of a line, with the fields of the same names.
    private static func shortened(
        _ folded: [Unicode.Scalar]
    ) -> (text: [UInt32], origin: [Int], spaceBefore: [Bool]) {
        var text: [UInt32] = []
        var origin: [Int] = []
        var spaceBefore: [Bool] = []
        text.reserveCapacity(folded.count + 1)
        origin.reserveCapacity(folded.count + 1)
        spaceBefore.reserveCapacity(folded.count + 1)
        var space = false
        for (offset, scalar) in folded.enumerated() {
            if isSpace(scalar.value) {
                space = true
                continue
            }
            // ,、 and ,。 come of a site that put a comma before every mark.
            if scalar.value == 0x2C, offset + 1 < folded.count,
                doubled.contains(folded[offset + 1].value)
            {
                continue
            }
            text.append(scalar.value)
            origin.append(offset)
            spaceBefore.append(space)
            space = false
        }
        origin.append(folded.count)
        spaceBefore.append(space)
        return (text, origin, spaceBefore)
    }

    /// The range of the line that a range of the shortened text came from.
    func original(_ range: Range<Int>) -> Range<Int> {
        range.isEmpty
            ? origin[range.lowerBound]..<origin[range.lowerBound]
            : origin[range.lowerBound]..<origin[range.upperBound - 1] + 1
    }

    private static let doubled = StaticSet(",，、。;；:：")

    /// The end of the word that starts at or covers a place.
    func wordEnd(_ place: Int) -> Int { wordStarts[wordAt[place] + 1] }

    /// The start of the word that covers a place.
    func wordStart(_ place: Int) -> Int { wordStarts[wordAt[place]] }

    /// Whether a little word is half of an ordinary word of two characters that no list of words of names holds: 前 in 前方,
    /// 属 in 附属.
    func isInWord(_ place: Int, _ lexicon: Lexicon) -> Bool {
        let next = wordAt[place] + 1
        if place + 1 < text.count, wordClasses[next].isEmpty, wordStarts[next + 1] - place == 2,
            LineScan.isHan(text[place + 1]), lexicon.vocabulary.hasPair(in: text, at: place)
        {
            return true
        }
        guard place > 0, next > 1, wordClasses[next - 2].isEmpty, place - wordStarts[next - 2] == 1,
            LineScan.isHan(text[place - 1]), !Self.verbEnds.contains(text[place])
        else { return false }
        return lexicon.vocabulary.hasPair(in: text, at: place - 1)
    }

    /// Whether an ordinary word of two characters stands in a range, or begins or ends in it.
    func isDoubtful(_ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        (range.lowerBound - 1..<range.upperBound).contains { lexicon.vocabulary.hasPair(in: text, at: $0) }
    }

    /// Little words that verbs end with: 持有, 设在.
    private static let verbEnds = StaticSet("有在到为给于向自以成出了着过是")

    /// Whether a place starts a word of the segmentation.
    func startsWord(_ place: Int) -> Bool { wordStarts[wordAt[place]] == place }

    @inline(__always)
    static func isSpace(_ scalar: UInt32) -> Bool {
        if scalar > 0x3000, scalar < 0xFEFF { return false }
        return scalar == 0x20 || scalar == 0x3000 || scalar == 0xA0 || scalar == 0x09
            || (scalar >= 0x2000 && scalar <= 0x200B)
            || scalar == 0x0A || scalar == 0x0D || scalar == 0x202F || scalar == 0xFEFF
    }

    /// Whether a scalar is a Han character.
    @inline(__always)
    static func isHan(_ scalar: UInt32) -> Bool {
        (scalar >= 0x4E00 && scalar <= 0x9FFF) || (scalar >= 0x3400 && scalar <= 0x4DBF) || scalar == 0x3007
            || (scalar >= 0x2_0000 && scalar <= 0x3_FFFF)
    }

    /// Whether the character at a place is one of `characters`; false outside the text.
    func has(_ characters: StaticSet, at place: Int) -> Bool {
        place >= 0 && place < text.count && characters.contains(text[place])
    }

    /// A small set of characters.
    struct StaticSet {
        let scalars: [UInt32]
        /// Bit n is set where a scalar of the set has n as its lowest six bits: most others are told by that alone.
        private let mask: UInt64

        /// Marks that end a clause.
        static let stops = StaticSet(",，。;；:：")

        init(_ characters: String) {
            scalars = characters.unicodeScalars.map(\.value)
            mask = scalars.reduce(0) { $0 | 1 << UInt64($1 & 63) }
        }

        @inline(__always)
        func contains(_ scalar: UInt32) -> Bool { mask >> UInt64(scalar & 63) & 1 == 1 && scalars.contains(scalar) }
    }
}

/// The words of a line while they are found; what the fields mean says ``LineScan``.
private struct Segmentation {
    var wordStarts: [Int] = []
    var wordClasses: [WordClass] = []
    var wordAt: [Int]
    var startClasses: [WordClass]
    var longestClasses: [WordClass]
    var titleBefore: [Int]
    var reach: [Int]

    /// Finds all words and the segmentation with the fewest of them, from the end of the line to its start.
    init(_ text: [UInt32], _ lexicon: Lexicon) {
        let count = text.count
        var startClasses = [WordClass](repeating: [], count: count + 1)
        var longestClasses = startClasses
        var bestClasses = startClasses
        var titleBefore = [Int](repeating: 0, count: count + 1)
        var costFrom = titleBefore
        var reach = titleBefore
        var next = titleBefore
        let titleClasses: WordClass = [.title, .groupTitle, .address]
        let words = lexicon.words
        for start in stride(from: count - 1, through: 0, by: -1) {
            var cost = costFrom[start + 1] + LineScan.unknownCost
            var end = start + 1
            var chosen: WordClass = []
            var union: WordClass = []
            var longest = start + 1
            var longestClass: WordClass = []
            words.forEachWord(in: text, from: start) { wordEnd, classes in
                let candidate = costFrom[wordEnd] + LineScan.wordCost
                if candidate <= cost {
                    cost = candidate
                    end = wordEnd
                    chosen = classes
                }
                union.formUnion(classes)
                longest = wordEnd
                longestClass = classes
                if !classes.isDisjoint(with: titleClasses) {
                    titleBefore[wordEnd] = max(titleBefore[wordEnd], wordEnd - start)
                }
            }
            costFrom[start] = cost
            next[start] = end
            bestClasses[start] = chosen
            startClasses[start] = union
            reach[start] = longest
            longestClasses[start] = longestClass
        }
        reach[count] = count
        wordAt = [Int](repeating: 0, count: count + 1)
        wordStarts.reserveCapacity(count + 1)
        wordClasses.reserveCapacity(count + 1)
        var place = 0
        while place < count {
            for inner in place..<next[place] { wordAt[inner] = wordStarts.count }
            wordStarts.append(place)
            wordClasses.append(bestClasses[place])
            place = next[place]
        }
        wordAt[count] = wordStarts.count
        wordStarts.append(count)
        wordClasses.append([])
        self.startClasses = startClasses
        self.longestClasses = longestClasses
        self.titleBefore = titleBefore
        self.reach = reach
    }

    /// Drops titles that are part of a longer word (主席 in 主席台) and tells what stands in 《》.
    mutating func markTitles(_ text: [UInt32]) -> [Bool] {
        var inTitleMarks = [Bool](repeating: false, count: text.count + 1)
        var covered = 0
        var depth = 0
        for place in 0..<text.count {
            covered = max(covered, reach[place])
            if titleBefore[place + 1] > 0 {
                let start = place + 1 - titleBefore[place + 1]
                // The longest word from the title's start, or one from before it, reaches further.
                if reach[start] > place + 1
                    || (start > 0 && wordAt[start] == wordAt[start - 1] && covered > place + 1
                        && reach[max(0, start - 8)..<start].contains { $0 > place + 1 })
                {
                    titleBefore[place + 1] = 0
                }
            }
            if text[place] == 0x300A { depth += 1 }
            inTitleMarks[place] = depth > 0
            if text[place] == 0x300B { depth = max(0, depth - 1) }
        }
        return inTitleMarks
    }
}
