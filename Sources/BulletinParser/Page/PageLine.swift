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
        var current = Scalars()
        var folded = Scalars()
        var indented = false
        var afterGap = false
        func close() {
            while let last = current.last, last.isBlank {
                current.removeLast()
                folded.removeLast()
            }
            if current.isEmpty {
                afterGap = true
            } else {
                lines.append(PageLine(scalars: current, folded: folded, afterGap: afterGap, indented: indented))
                afterGap = false
            }
            current = []
            folded = []
            indented = false
        }
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                close()
            } else if scalar.isBlank {
                if current.isEmpty {
                    indented = true
                } else {
                    current.append(scalar)
                    folded.append(" ")
                }
            } else {
                current.append(scalar)
                folded.append(Folding.fold(scalar))
            }
        }
        close()
        return lines
    }
}
