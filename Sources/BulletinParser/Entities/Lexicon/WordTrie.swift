/// A set of words, each with its classes, laid out in flat arrays so that all words starting at a place are found in
/// one walk without allocation.
///
/// A node is a number; an edge is an entry of an open-addressing hash table keyed by node and scalar. The first step
/// of a walk, by far the most frequent, is a table indexed by the scalar.
struct WordTrie: Sendable {
    /// The node reached by the first scalar of a word, for scalars of the Basic Multilingual Plane; 0 for none.
    private var roots: [Int32]
    /// Keys of the hash table: node in the high half, scalar in the low half; 0 is an empty slot.
    private var keys: [UInt64]
    /// The node that each key leads to.
    private var targets: [Int32]
    /// Classes of the word that ends at each node; empty inside a word.
    private var classes: [WordClass]
    private let mask: Int

    /// The words given; a word given more than once has all its classes.
    init(_ words: [(word: [UInt32], classes: WordClass)]) {
        let edges = words.reduce(16) { $0 + $1.word.count }
        var size = 64
        while size < edges * 2 { size *= 2 }
        mask = size - 1
        roots = [Int32](repeating: 0, count: 0x1_0000)
        keys = [UInt64](repeating: 0, count: size)
        targets = [Int32](repeating: 0, count: size)
        classes = [[]]
        for (word, wordClasses) in words { insert(word, wordClasses) }
    }

    private mutating func insert(_ word: [UInt32], _ wordClasses: WordClass) {
        guard let first = word.first, first < 0x1_0000 else { return }
        var node = roots[Int(first)]
        if node == 0 {
            node = addNode()
            roots[Int(first)] = node
        }
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
        classes[Int(node)].formUnion(wordClasses)
    }

    private mutating func addNode() -> Int32 {
        classes.append([])
        return Int32(classes.count - 1)
    }

    @inline(__always)
    private static func key(_ node: Int32, _ scalar: UInt32) -> UInt64 { UInt64(UInt32(node)) << 32 | UInt64(scalar) }

    @inline(__always)
    private static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 29) }

    /// Calls `body` with the end and the classes of every word that starts at `start`, shortest first.
    @inline(__always)
    func forEachWord(in text: [UInt32], from start: Int, _ body: (_ end: Int, _ classes: WordClass) -> Void) {
        let first = text[start]
        guard first < 0x1_0000 else { return }
        var node = roots[Int(first)]
        guard node != 0 else { return }
        var end = start + 1
        if !classes[Int(node)].isEmpty { body(end, classes[Int(node)]) }
        while end < text.count {
            let key = Self.key(node, text[end])
            var slot = Self.hash(key) & mask
            while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
            guard keys[slot] == key else { return }
            node = targets[slot]
            end += 1
            if !classes[Int(node)].isEmpty { body(end, classes[Int(node)]) }
        }
    }

    /// The classes of a word of one character; empty if it is not in the set.
    @inline(__always)
    func classes(ofCharacter scalar: UInt32) -> WordClass {
        scalar < 0x1_0000 ? classes[Int(roots[Int(scalar)])] : []
    }

    /// The classes of one word; empty if it is not in the set.
    func classes(of word: some Sequence<UInt32>) -> WordClass {
        let text = Array(word)
        guard !text.isEmpty else { return [] }
        var found: WordClass = []
        forEachWord(in: text, from: 0) { end, classes in
            if end == text.count { found = classes }
        }
        return found
    }
}
