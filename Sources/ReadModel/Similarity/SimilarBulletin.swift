/// A bulletin that is like another one.
public struct SimilarBulletin: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Its headline.
    public var title: String?
    /// Its publisher.
    public var source: String?
    /// Its publication date.
    public var publishedOn: String?
    /// Where it was found.
    public var url: String?
    /// How alike they are. Of reprints: the share of runs of three characters that the texts have in common, 0 to 1. Of
    /// similar ones: the BM25 score of the words that tell the text apart; larger is more alike.
    public var similarity: Double
}
