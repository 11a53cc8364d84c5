/// A set of words with a tag each, matched over scalars without building strings.
///
/// The first letter is looked up by its code point, the following ones by binary search among a node's few edges, so
/// that a position where no word starts costs one array access.
struct DirectiveTrie: Sendable {
    /// What a word is good for; a word of several lists has the tags of all of them.
    typealias Tags = WordTags

    private struct Edge {
        var letter: UInt32
        var node: Int32
    }

    /// Node of a word's first letter by code point, -1 for none. Words lie in the Basic Multilingual Plane.
    private var roots: [Int32]
    private var firstEdge: [Int32] = []
    private var tags: [Tags] = []
    private var edges: [Edge] = []

    /// Builds the set; `reversed` words are matched from their last letter backwards.
    init(_ lists: [(words: String, tags: Tags)], reversed: Bool = false) {
        var children: [[(letter: UInt32, node: Int)]] = [[]]
        var found: [Tags] = [[]]
        for list in lists {
            for word in list.words.split(whereSeparator: \.isWhitespace) {
                let letters = word.unicodeScalars.map(\.value)
                var node = 0
                for letter in reversed ? letters.reversed() : letters {
                    if let next = children[node].first(where: { $0.letter == letter }) {
                        node = next.node
                    } else {
                        children.append([])
                        found.append([])
                        children[node].append((letter, found.count - 1))
                        node = found.count - 1
                    }
                }
                found[node].formUnion(list.tags)
            }
        }
        roots = Array(repeating: -1, count: 0x10000)
        for child in children[0] where child.letter < 0x10000 { roots[Int(child.letter)] = Int32(child.node) }
        tags = found
        for node in children.indices {
            firstEdge.append(Int32(edges.count))
            for child in children[node].sorted(by: { $0.letter < $1.letter }) {
                edges.append(Edge(letter: child.letter, node: Int32(child.node)))
            }
        }
        firstEdge.append(Int32(edges.count))
    }

    /// The longest word that starts at `start`, with its end.
    func longest(in text: [Unicode.Scalar], at start: Int, limit: Int) -> (end: Int, tags: Tags)? {
        var position = start
        var node = root(text[start].value)
        var best: (end: Int, tags: Tags)?
        while node >= 0 {
            position += 1
            let tags = self.tags[Int(node)]
            if !tags.isEmpty { best = (position, tags) }
            if position == limit { break }
            node = child(of: node, text[position].value)
        }
        return best
    }

    /// The longest word that ends at `end`, with its start; for a set of reversed words.
    func longest(in text: [Unicode.Scalar], endingAt end: Int, from limit: Int) -> (start: Int, tags: Tags)? {
        guard end > limit else { return nil }
        var position = end - 1
        var node = root(text[position].value)
        var best: (start: Int, tags: Tags)?
        while node >= 0 {
            let tags = self.tags[Int(node)]
            if !tags.isEmpty { best = (position, tags) }
            if position == limit { break }
            position -= 1
            node = child(of: node, text[position].value)
        }
        return best
    }

    private func root(_ letter: UInt32) -> Int32 {
        letter < 0x10000 ? roots[Int(letter)] : -1
    }

    private func child(of node: Int32, _ letter: UInt32) -> Int32 {
        var low = Int(firstEdge[Int(node)])
        var high = Int(firstEdge[Int(node) + 1])
        while low < high {
            let middle = (low + high) / 2
            let edge = edges[middle]
            if edge.letter == letter { return edge.node }
            if edge.letter < letter { low = middle + 1 } else { high = middle }
        }
        return -1
    }
}
