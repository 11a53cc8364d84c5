/// Finds the longest of many words at a position, each carrying a value.
///
/// Built once from a list. A look-up at a position where no word starts costs one bit test, so that whole texts can be
/// scanned for many words in one pass.
struct WordTable<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let word: Scalars
        let value: Value
    }

    private var filter: [UInt64]
    private var entries: [UInt32: [Entry]]

    /// Each line of the lists holds words separated by spaces; all of one list carry its value.
    init(_ lists: [(Value, String)]) {
        filter = Array(repeating: 0, count: 64)
        entries = [:]
        for (value, list) in lists {
            for word in list.split(whereSeparator: \.isWhitespace) {
                let scalars = Scalars(word.unicodeScalars)
                guard let head = scalars.first else { continue }
                filter[Int((head.value >> 6) & 63)] |= 1 << UInt64(head.value & 63)
                entries[head.value, default: []].append(Entry(word: scalars, value: value))
            }
        }
        for key in entries.keys {
            entries[key]?.sort { $0.word.count > $1.word.count }
        }
    }

    /// The longest word that stands at `index`, with the index after it.
    @inline(__always)
    func match(_ text: Scalars, at index: Int) -> (end: Int, value: Value)? {
        guard mayStart(text[index]) else { return nil }
        return search(text, at: index)
    }

    /// The longest word at `index`, where white space may stand between its characters (`索 引 号`).
    @inline(__always)
    func matchSpaced(_ text: Scalars, at index: Int) -> (end: Int, length: Int, value: Value)? {
        guard mayStart(text[index]) else { return nil }
        return searchSpaced(text, at: index)
    }

    /// The first word in `range`.
    func first(_ text: Scalars, in range: Range<Int>) -> (range: Range<Int>, value: Value)? {
        var index = range.lowerBound
        while index < range.upperBound {
            if let hit = match(text, at: index), hit.end <= range.upperBound { return (index..<hit.end, hit.value) }
            index += 1
        }
        return nil
    }

    /// Whether any of the words stands in the text.
    func occurs(in text: Scalars) -> Bool { first(text, in: 0..<text.count) != nil }

    /// The longest word that the text ends in, with the index where it starts.
    func suffix(of text: Scalars) -> (start: Int, value: Value)? {
        var start = Swift.max(0, text.count - 16)
        while start < text.count {
            if let hit = match(text, at: start) {
                if hit.end == text.count { return (start, hit.value) }
                if let value = exact(text, from: start) { return (start, value) }
            }
            start += 1
        }
        return nil
    }

    /// The value of the word that the text from `start` on is, if it is one.
    func exact(_ text: Scalars, from start: Int = 0) -> Value? {
        guard start < text.count, let candidates = entries[text[start].value] else { return nil }
        for entry in candidates where start + entry.word.count == text.count && text.matches(entry.word, at: start) {
            return entry.value
        }
        return nil
    }

    @inline(__always)
    private func mayStart(_ head: Unicode.Scalar) -> Bool {
        filter[Int((head.value >> 6) & 63)] & (1 << UInt64(head.value & 63)) != 0
    }

    private func search(_ text: Scalars, at index: Int) -> (end: Int, value: Value)? {
        guard let candidates = entries[text[index].value] else { return nil }
        for entry in candidates where text.matches(entry.word, at: index) {
            return (index + entry.word.count, entry.value)
        }
        return nil
    }

    private func searchSpaced(_ text: Scalars, at index: Int) -> (end: Int, length: Int, value: Value)? {
        guard let candidates = entries[text[index].value] else { return nil }
        nextWord: for entry in candidates {
            var position = index + 1
            for scalar in entry.word.dropFirst() {
                // Padding stays short; a longer gap separates two things.
                var gap = 0
                while position < text.count, text[position].isBlank, gap < 6 {
                    position += 1
                    gap += 1
                }
                guard position < text.count, text[position] == scalar else { continue nextWord }
                position += 1
            }
            return (position, entry.word.count, entry.value)
        }
        return nil
    }
}

extension WordTable where Value == Bool {
    /// A plain set of words.
    init(words: String) {
        self.init([(true, words)])
    }
}
