/// A text as the scorer compares it: without control characters, pinyin left behind Han characters, and white space.
struct Normal: Hashable, Sendable {
    let scalars: [Unicode.Scalar]

    /// The text in that form.
    init(_ text: String) {
        var kept: [Unicode.Scalar] = []
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "(" || scalar == "（", let last = kept.last, (0x3400...0x9FFF).contains(last.value),
                let end = Self.endOfReading(scalars, from: index)
            {
                index = end
                continue
            }
            index += 1
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            if !isControl, !scalar.properties.isWhitespace { kept.append(scalar) }
        }
        self.scalars = kept
    }

    var text: String {
        String(String.UnicodeScalarView(scalars))
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzü".unicodeScalars)
    private static let toned = Set("āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ".unicodeScalars)

    /// Where a reading in parentheses that begins at `start` ends, or nil if none does: one vowel with a tone mark.
    private static func endOfReading(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var index = start + 1
        var tones = 0
        while index < scalars.count, plain.contains(scalars[index]) || toned.contains(scalars[index]) {
            if toned.contains(scalars[index]) { tones += 1 }
            index += 1
        }
        guard tones == 1 else { return nil }
        if index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
        guard index < scalars.count, scalars[index] == ")" || scalars[index] == "）" else { return nil }
        return index + 1
    }

    func contains(_ part: Normal) -> Bool {
        guard let first = part.scalars.first else { return true }
        guard scalars.count >= part.scalars.count else { return false }
        return (0...scalars.count - part.scalars.count).contains { start in
            scalars[start] == first && scalars[start..<start + part.scalars.count].elementsEqual(part.scalars)
        }
    }

    /// The length of the longest stretch that stands in both.
    func longestCommonStretch(with other: Normal) -> Int {
        var best = 0
        var row = [Int](repeating: 0, count: other.scalars.count + 1)
        for scalar in scalars {
            var diagonal = 0
            for index in other.scalars.indices {
                let above = row[index + 1]
                row[index + 1] = scalar == other.scalars[index] ? diagonal + 1 : 0
                best = max(best, row[index + 1])
                diagonal = above
            }
        }
        return best
    }
}
