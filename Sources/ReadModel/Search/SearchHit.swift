/// What a search found.
public struct SearchResults: Codable, Hashable, Sendable {
    /// How many bulletins match, whatever the limit.
    public var count: Int
    /// The best of them.
    public var hits: [SearchHit]
    /// What a person may have meant otherwise than it was read, a line each.
    public var notes: [String]
}

/// A bulletin that matches a search.
public struct SearchHit: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Its headline.
    public var title: String?
    /// The publisher.
    public var source: String?
    /// Publication date, `YYYY-MM-DD` or `--MM-DD`.
    public var publishedOn: String?
    /// What sort of document it is.
    public var kind: String
    /// The jurisdiction that it speaks of.
    public var place: String?
    /// The place that matches, in the bulletin's own script.
    public var snippet: Snippet
    /// How well it matches: larger is better. BM25 with the statistics of all partitions;
    /// 0 where nothing but filters, exclusions and punctuation was asked for.
    public var score: Double
    /// How many reprints of it were left out; nil where none were looked for.
    public var reprints: Int?

    /// A piece of a bulletin's text with the matches in it.
    public struct Snippet: Codable, Hashable, Sendable {
        /// The text; `…` at an end tells that the paragraph goes on.
        public var text: String
        /// Where the terms stand in ``text``, in order, not overlapping.
        public var ranges: [MarkedRange]
        /// Index of the paragraph that it is taken from; nil for the title.
        public var paragraph: Int?
    }

    /// A range of Unicode scalars, counted from 0.
    public struct MarkedRange: Codable, Hashable, Sendable {
        /// The first scalar.
        public var start: Int
        /// The scalar after the last.
        public var end: Int
    }
}
