import BulletinEvents
import BulletinText

/// A cleaned document ready for extraction: every line of text beside its folded form.
///
/// Rules are written once, for simplified half-width text, and run on ``Line/folded``; since folding maps one scalar
/// to one scalar, what they find is cut out of ``Line/scalars`` at the same offsets, in the script of the writer.
struct DocumentText: Sendable {
    /// The headline, if there is one.
    var title: Line?
    /// The body, a line per paragraph.
    var paragraphs: [Line]

    init(title: String?, paragraphs: [String]) {
        self.title = title.map { Line($0) }
        self.paragraphs = paragraphs.map { Line($0) }
    }

    /// A title and the lines of a page, which are folded already.
    init(title: Scalars?, paragraphs: [PageLine]) {
        self.title = title.map { Line(scalars: $0, folded: $0.folded) }
        self.paragraphs = paragraphs.map { Line(scalars: $0.scalars, folded: $0.folded) }
    }

    /// One paragraph (or the title) in both forms.
    struct Line: Sendable {
        /// The text as written, cleaned.
        let scalars: [Unicode.Scalar]
        /// The same text folded; of the same length.
        let folded: [Unicode.Scalar]

        init(_ text: String) {
            scalars = Scalars(text: text)
            folded = scalars.folded
        }

        /// A text with its folded form, which is of the same length.
        init(scalars: Scalars, folded: Scalars) {
            self.scalars = scalars
            self.folded = folded
        }

        /// The text as written in a range of scalars.
        func text(_ range: Range<Int>) -> String { scalars.text(range) }
    }
}
