/// A text some ranges of which are to be shown emphasised, such as a search result with what was found.
public struct HighlightedText: Hashable, Sendable {
    /// The text as stored.
    public let text: String
    /// What to emphasise, in Unicode scalars from the start of `text`: ascending, not overlapping, within the text.
    public let marks: [Range<Int>]

    /// A text with marked ranges, counted in Unicode scalars. Ranges may overlap or reach beyond the text: they are
    /// merged and clipped.
    public init(_ text: String, marks: [Range<Int>] = []) {
        self.text = text
        let whole = 0..<text.unicodeScalars.count
        var merged: [Range<Int>] = []
        for mark in marks.map({ $0.clamped(to: whole) }).sorted(by: { $0.lowerBound < $1.lowerBound })
        where !mark.isEmpty {
            if let last = merged.last, mark.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, mark.upperBound)
            } else {
                merged.append(mark)
            }
        }
        self.marks = merged
    }

    /// A piece of text that is emphasised or not, as a whole.
    struct Run: Hashable {
        var text: String
        var isMarked: Bool
    }

    /// The text cut at its marks.
    var runs: [Run] {
        let scalars = Array(text.unicodeScalars)
        var result: [Run] = []
        func add(_ range: Range<Int>, isMarked: Bool) {
            guard !range.isEmpty else { return }
            var piece = String.UnicodeScalarView()
            piece.append(contentsOf: scalars[range])
            result.append(Run(text: String(piece), isMarked: isMarked))
        }
        var position = 0
        for mark in marks {
            add(position..<mark.lowerBound, isMarked: false)
            add(mark, isMarked: true)
            position = mark.upperBound
        }
        add(position..<scalars.count, isMarked: false)
        return result
    }
}
