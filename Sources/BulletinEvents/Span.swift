/// A place in a bulletin's cleaned text, so that a reader can be shown where something was found.
public struct Span: Codable, Hashable, Sendable {
    /// Index into ``Bulletin/paragraphs``; nil for a place in the title.
    public var paragraph: Int?
    /// First Unicode scalar of the place, counted from 0 within that paragraph (or the title).
    public var start: Int
    /// The Unicode scalar after the place.
    public var end: Int

    /// A place from `start` up to but not including `end`, in Unicode scalars.
    public init(paragraph: Int?, start: Int, end: Int) {
        self.paragraph = paragraph
        self.start = start
        self.end = end
    }
}
