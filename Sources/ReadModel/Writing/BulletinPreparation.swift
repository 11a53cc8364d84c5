public import BulletinEvents

/// What a bulletin's rows are made of beside the event itself. It is a function of the bulletin alone, takes about as long as
/// writing the rows, and can be made on another thread before its transaction begins.
public struct PreparedBulletin: Hashable, Sendable {
    /// The raw text compressed; nil if it has none, or would not be shorter.
    var packedRaw: [UInt8]?
    /// Tokens of the search index, each followed by a space; nil where there is no text.
    var titleTokens: [UInt8]?
    var bodyTokens: [UInt8]?
    /// By which reprints are found; nil for a short text.
    var sketch: [UInt8]?
    /// Of each directive, whether its clause stands in the paragraphs, and need not be stored.
    var clausesStand: [Bool]
}

/// Prepares one bulletin after the other; confined to one thread.
public final class BulletinPreparation {
    private let packer: TextPacker
    private var titleScalars = IndexedScalars()
    private var bodyScalars = IndexedScalars()
    private var tokens: [UInt8] = []

    /// Throws where there is no memory for it.
    public init() throws { packer = try TextPacker() }

    /// What `bulletin`'s rows are made of.
    public func prepare(_ bulletin: Bulletin) throws -> PreparedBulletin {
        titleScalars.removeAll()
        bodyScalars.removeAll()
        if let title = bulletin.title { titleScalars.append(title) }
        for text in bulletin.paragraphs { bodyScalars.append(text) }
        return PreparedBulletin(
            packedRaw: try bulletin.raw.flatMap {
                try packer.pack($0, dictionary: TextPacker.dictionary(bulletin.paragraphs))
            },
            titleTokens: bulletin.title == nil ? nil : titleScalars.withTokens(in: &tokens) { Array($0) },
            bodyTokens: bulletin.paragraphs.isEmpty ? nil : bodyScalars.withTokens(in: &tokens) { Array($0) },
            // Of the scalars that the tokens were made of.
            sketch: TextSketch.sketch(of: bodyScalars),
            clausesStand: bulletin.directives.map { $0.stands(in: bulletin.paragraphs) }
        )
    }

    /// The compressed form of a text; nil if it would take no less room.
    func pack(_ text: String) throws -> [UInt8]? { try packer.pack(text) }
}

@available(*, unavailable, message: "its state belongs to one thread")
extension BulletinPreparation: Sendable {}
