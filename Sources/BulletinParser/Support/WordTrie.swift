import BulletinText

/// A set of words, each carrying a value, laid out in flat arrays so that all words at a place are found in one walk
/// without allocation.
///
/// A node is a number; an edge is an entry of an open-addressing hash table keyed by node and scalar. The first step of
/// a walk, by far the most frequent, is a paged table indexed by the scalar: a place where no word starts costs two
/// array accesses, and a small set has few pages. A class, so that handing a set on costs one reference and not one for
/// each array.
final class WordTrie<Value: Sendable>: Sendable {
    /// Which page of ``roots`` holds the scalars of each block of 256; page 0 is empty.
    private let pages: [UInt16]
    /// The node reached by the first scalar of a word; 0 for none. Words start in the Basic Multilingual Plane.
    private let roots: [Int32]
    /// Keys of the hash table: node in the high half, scalar in the low half; 0 is an empty slot.
    private let keys: [UInt64]
    /// The node that each key leads to.
    private let targets: [Int32]
    /// The value of the word that ends at each node; nil inside a word.
    private let values: [Value?]
    private let mask: Int
    /// Which scalars begin a word, by their lowest ten bits: most places of a text are passed over by this alone.
    private let beginnings: [UInt64]

    /// The words given, folded. A word that is given again has the value that `merge` makes of its values.
    init(
        _ words: some Sequence<(word: [UInt32], value: Value)>,
        merging merge: (_ old: Value, _ new: Value) -> Value
    ) {
        let words = Array(words)
        var table = WordTable(length: words.reduce(0) { $0 + $1.word.count })
        var values: [Value?] = [nil]
        for (word, value) in words where !word.isEmpty && word[0] < 0x1_0000 {
            let node = table.insert(word)
            while values.count < table.nodeCount { values.append(nil) }
            values[node] = values[node].map { merge($0, value) } ?? value
        }
        pages = table.pages
        roots = table.roots
        keys = table.keys
        targets = table.targets
        mask = table.keys.count - 1
        self.values = values
        var beginnings = [UInt64](repeating: 0, count: 16)
        for (word, _) in words where !word.isEmpty { beginnings[Int(word[0] >> 6 & 15)] |= 1 << UInt64(word[0] & 63) }
        self.beginnings = beginnings
    }

    /// Words separated by white space, each list with the value of its words; the first list that has a word wins.
    convenience init(_ lists: [(Value, String)]) {
        let words = lists.flatMap { value, list in
            list.split(whereSeparator: \.isWhitespace).map { (word: $0.unicodeScalars.map(\.value), value: value) }
        }
        self.init(words, merging: { old, _ in old })
    }

    // MARK: - Walks

    /// Calls `body` with the end and the value of every word that starts at `start`, shortest first.
    @inline(__always)
    func forEachWord(in text: [some TextUnit], from start: Int, _ body: (_ end: Int, _ value: Value) -> Void) {
        var node = root(in: text, at: start)
        var end = start
        while node != 0 {
            end += 1
            if let value = values[Int(node)] { body(end, value) }
            guard end < text.count else { return }
            node = child(of: node, text[end].scalarValue)
        }
    }

    /// The longest word that starts at `start` and ends before `limit`, with its end.
    @inline(__always)
    func longest(in text: [some TextUnit], at start: Int, limit: Int) -> (end: Int, value: Value)? {
        var node = root(in: text, at: start)
        var end = start
        var best: (end: Int, value: Value)?
        while node != 0 {
            end += 1
            if let value = values[Int(node)] { best = (end, value) }
            guard end < limit else { break }
            node = child(of: node, text[end].scalarValue)
        }
        return best
    }

    /// Calls `body` with the words of a range from left to right, at each place the longest, without overlaps, until it
    /// returns false. A word may reach beyond the range.
    @inline(__always)
    func forEachMatch(
        in text: Scalars,
        _ range: Range<Int>,
        _ body: (_ range: Range<Int>, _ value: Value) -> Bool
    ) {
        var start = nextBeginning(in: text, range)
        while start < range.upperBound {
            if let hit = match(text, at: start) {
                guard body(start..<hit.end, hit.value) else { return }
                start = hit.end
            } else {
                start += 1
            }
            guard start < range.upperBound else { return }
            start = nextBeginning(in: text, start..<range.upperBound)
        }
    }

    /// How many words stand in a range, at each place the longest, without overlaps; not counted beyond `most`.
    func count(in text: Scalars, _ range: Range<Int>, atMost most: Int = .max) -> Int {
        var count = 0
        forEachMatch(in: text, range) { _, _ in
            count += 1
            return count < most
        }
        return count
    }

    /// Adds the words of a range to `found`, each once, by length and first character: enough to tell few words apart.
    func collect(in text: Scalars, _ range: Range<Int>, into found: inout Set<Int>) {
        forEachMatch(in: text, range) { word, _ in
            found.insert(word.count << 24 | Int(text[word.lowerBound].value))
            return true
        }
    }

    /// The first place of a range where a word may begin; the range's end if there is none.
    @inline(__always)
    func nextBeginning(in text: Scalars, _ range: Range<Int>) -> Int {
        beginnings.withUnsafeBufferPointer { beginnings in
            text.withUnsafeBufferPointer { text in
                var place = range.lowerBound
                while place < range.upperBound {
                    let scalar = text[place].value
                    if beginnings[Int(scalar >> 6 & 15)] >> UInt64(scalar & 63) & 1 == 1 { break }
                    place += 1
                }
                return place
            }
        }
    }

    /// The longest word that ends at `end` and starts at `limit` or behind it, with its start; for a set whose words
    /// were given backwards.
    func longest(in text: [some TextUnit], endingAt end: Int, from limit: Int) -> (start: Int, value: Value)? {
        guard end > limit else { return nil }
        var node = root(text[end - 1].scalarValue)
        var start = end
        var best: (start: Int, value: Value)?
        while node != 0 {
            start -= 1
            if let value = values[Int(node)] { best = (start, value) }
            guard start > limit else { break }
            node = child(of: node, text[start - 1].scalarValue)
        }
        return best
    }

    /// Whether a range ends with a word of a small set, given forwards.
    func ends(_ text: [some TextUnit], _ range: Range<Int>) -> Bool {
        range.contains { value(in: text, $0..<range.upperBound) != nil }
    }

    /// The longest word at `start`, where white space may stand between its characters (`索 引 号`), with its end and
    /// its length without the white space.
    func longestSpaced(in text: Scalars, at start: Int) -> (end: Int, length: Int, value: Value)? {
        var node = root(in: text, at: start)
        var end = start
        var length = 0
        var best: (end: Int, length: Int, value: Value)?
        while node != 0 {
            end += 1
            length += 1
            if let value = values[Int(node)] { best = (end, length, value) }
            // Padding stays short; a longer gap separates two things.
            var gap = 0
            while end < text.count, text[end].isBlank, gap < 6 {
                end += 1
                gap += 1
            }
            guard end < text.count else { break }
            node = child(of: node, text[end].value)
        }
        return best
    }

    // MARK: - Questions

    /// The value of the word that a range of the text is; nil if it is none.
    @inline(__always)
    func value(in text: [some TextUnit], _ range: Range<Int>) -> Value? {
        guard !range.isEmpty else { return nil }
        var node = root(in: text, at: range.lowerBound)
        var end = range.lowerBound + 1
        while node != 0, end < range.upperBound {
            node = child(of: node, text[end].scalarValue)
            end += 1
        }
        return node == 0 ? nil : values[Int(node)]
    }

    /// Whether any word starts at `start`.
    @inline(__always)
    func starts(in text: [some TextUnit], at start: Int) -> Bool {
        var node = root(in: text, at: start)
        var end = start
        while node != 0 {
            if values[Int(node)] != nil { return true }
            end += 1
            guard end < text.count else { return false }
            node = child(of: node, text[end].scalarValue)
        }
        return false
    }

    /// The longest word that stands at `start`, with the index after it.
    @inline(__always)
    func match(_ text: Scalars, at start: Int) -> (end: Int, value: Value)? {
        longest(in: text, at: start, limit: text.count)
    }

    /// The first word in `range`.
    func first(_ text: Scalars, in range: Range<Int>) -> (range: Range<Int>, value: Value)? {
        var start = nextBeginning(in: text, range)
        while start < range.upperBound {
            if let hit = match(text, at: start), hit.end <= range.upperBound { return (start..<hit.end, hit.value) }
            start = nextBeginning(in: text, start + 1..<range.upperBound)
        }
        return nil
    }

    /// Whether any of the words stands in the text.
    func occurs(in text: Scalars) -> Bool { text.indices.contains { starts(in: text, at: $0) } }

    /// The longest word that the text ends in, with the index where it starts.
    func suffix(of text: Scalars) -> (start: Int, value: Value)? {
        for start in max(0, text.count - 16)..<text.count {
            if let value = exact(text, from: start) { return (start, value) }
        }
        return nil
    }

    /// The value of the word that the text from `start` on is, if it is one.
    func exact(_ text: [some TextUnit], from start: Int = 0) -> Value? {
        guard start < text.count else { return nil }
        var found: Value?
        forEachWord(in: text, from: start) { end, value in
            if end == text.count { found = value }
        }
        return found
    }

    /// The value of a word of one character.
    @inline(__always)
    func value(ofCharacter scalar: UInt32) -> Value? { values[Int(root(scalar))] }

    // MARK: - The table

    /// The node of the first step. No word starts at the text's end, which a walk over an empty text begins at.
    @inline(__always)
    private func root(in text: [some TextUnit], at start: Int) -> Int32 {
        start < text.count ? root(text[start].scalarValue) : 0
    }

    @inline(__always)
    private func root(_ scalar: UInt32) -> Int32 {
        scalar < 0x1_0000 ? roots[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] : 0
    }

    @inline(__always)
    private func child(of node: Int32, _ scalar: UInt32) -> Int32 {
        let key = WordTable.key(node, scalar)
        var slot = WordTable.hash(key) & mask
        while keys[slot] != key {
            if keys[slot] == 0 { return 0 }
            slot = (slot + 1) & mask
        }
        return targets[slot]
    }
}

/// The arrays of a ``WordTrie`` while it is built.
private struct WordTable {
    var pages = [UInt16](repeating: 0, count: 256)
    var roots = [Int32](repeating: 0, count: 256)
    var keys: [UInt64]
    var targets: [Int32]
    /// The number of nodes; node 0 is no node.
    var nodeCount = 1

    /// A table with room for words of so many scalars together.
    init(length: Int) {
        var size = 64
        while size < (length + 16) * 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        targets = [Int32](repeating: 0, count: size)
    }

    /// The node at which a word ends; new nodes are numbered on.
    mutating func insert(_ word: [UInt32]) -> Int {
        let mask = keys.count - 1
        var node = addRoot(word[0])
        for scalar in word.dropFirst() {
            let key = Self.key(node, scalar)
            var slot = Self.hash(key) & mask
            while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
            if keys[slot] == 0 {
                keys[slot] = key
                targets[slot] = addNode()
            }
            node = targets[slot]
        }
        return Int(node)
    }

    private mutating func addRoot(_ scalar: UInt32) -> Int32 {
        let block = Int(scalar >> 8)
        if pages[block] == 0 {
            pages[block] = UInt16(roots.count >> 8)
            roots += [Int32](repeating: 0, count: 256)
        }
        let place = Int(pages[block]) << 8 | Int(scalar & 0xFF)
        if roots[place] == 0 { roots[place] = addNode() }
        return roots[place]
    }

    private mutating func addNode() -> Int32 {
        nodeCount += 1
        return Int32(nodeCount - 1)
    }

    @inline(__always)
    static func key(_ node: Int32, _ scalar: UInt32) -> UInt64 { UInt64(UInt32(node)) << 32 | UInt64(scalar) }

    @inline(__always)
    static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 29) }
}

extension WordTrie where Value == Bool {
    /// A plain set of words, separated by white space.
    convenience init(words: String) {
        self.init([(true, words)])
    }
}

extension WordTrie where Value: OptionSet {
    /// Words with what each is good for; a word given more than once is good for all of it.
    convenience init(uniting words: some Sequence<(word: [UInt32], value: Value)>) {
        self.init(words, merging: { $0.union($1) })
    }

    /// What a word of one character is good for; empty if it is not in the set.
    @inline(__always)
    func tags(ofCharacter scalar: UInt32) -> Value { value(ofCharacter: scalar) ?? [] }
}

/// An element of a text that words are looked up in.
protocol TextUnit {
    /// The code point.
    var scalarValue: UInt32 { get }
}

extension UInt32: TextUnit {
    @inline(__always) var scalarValue: UInt32 { self }
}

extension Unicode.Scalar: TextUnit {
    @inline(__always) var scalarValue: UInt32 { value }
}
