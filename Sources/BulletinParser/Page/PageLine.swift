import BulletinText

/// One line of a page as it came, without the white space at its ends, beside its folded form.
struct PageLine: Sendable {
    /// As written.
    var scalars: Scalars
    /// Folded; of the same length.
    var folded: Scalars
    /// Whether an empty line stands before it.
    var afterGap: Bool
    /// Whether it began with white space, as the first line of a paragraph does.
    var indented: Bool

    /// A part of a line as a line of its own.
    func part(_ range: Range<Int>) -> PageLine {
        let bounds = folded.trimmed(range)
        return PageLine(
            scalars: Array(scalars[bounds]),
            folded: Array(folded[bounds]),
            afterGap: false,
            indented: false
        )
    }

    /// The line as text.
    var text: String { scalars.text }
}

extension PageLine {
    /// The lines of a text, empty ones left out; runs of white space inside a line are kept as they are.
    static func lines(of text: String) -> [PageLine] {
        var lines: [PageLine] = []
        // All lines, one after the other: each line's arrays are cut out of these, and grow no more.
        let scalars = Scalars(text: text)
        let folded = scalars.map { $0.isBlank ? " " : Folding.fold($0) }
        var afterGap = false
        func close(_ line: Range<Int>) {
            let text = scalars.trimmed(line)
            if text.isEmpty {
                afterGap = true
            } else {
                lines.append(
                    PageLine(
                        scalars: Array(scalars[text]),
                        folded: Array(folded[text]),
                        afterGap: afterGap,
                        indented: text.lowerBound > line.lowerBound
                    )
                )
                afterGap = false
            }
        }
        var start = 0
        for index in scalars.indices where scalars[index] == "\n" {
            close(start..<index)
            start = index + 1
        }
        close(start..<scalars.count)
        return lines
    }
}
