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

    init(title: Scalars?, paragraphs: [Scalars]) {
        self.title = title.map { Line(scalars: $0) }
        self.paragraphs = paragraphs.map { Line(scalars: $0) }
    }

    /// One paragraph (or the title) in both forms.
    struct Line: Sendable {
        /// The text as written, cleaned.
        let scalars: [Unicode.Scalar]
        /// The same text folded; of the same length.
        let folded: [Unicode.Scalar]

        init(_ text: String) { self.init(scalars: Array(text.unicodeScalars)) }

        init(scalars: [Unicode.Scalar]) {
            self.scalars = scalars
            folded = scalars.map(Folding.fold)
        }

        /// The text as written in a range of scalars.
        func text(_ range: Range<Int>) -> String { scalars.text(range) }
    }
}
