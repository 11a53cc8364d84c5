internal import BulletinEvents

/// One revision of a bulletin and what it changed.
public struct HistoryRow: Codable, Hashable, Sendable {
    /// The bulletin.
    public var id: String
    /// The revision's number, from 1.
    public var revision: Int
    /// Whether it is the current one.
    public var current: Bool
    /// `ce_time` of the event that brought it.
    public var eventTime: String?
    /// The log that it came by.
    public var generation: Int64
    /// The offset of the record that brought it.
    public var offset: Int64
    /// The headline at that time.
    public var title: String?
    /// What differs from the revision before; empty for the first.
    public var changes: [RevisionChange]
}

/// One difference between a revision and the one before it.
public struct RevisionChange: Codable, Hashable, Sendable {
    /// What changed: `text` for a paragraph, else the name of the bulletin's field.
    public var field: String
    /// The paragraph or value as it was; nil if it is new.
    public var before: String?
    /// The paragraph or value as it is; nil if it is gone.
    public var after: String?
    /// Where ``before`` differs, in Unicode scalars.
    public var removed: [SearchHit.MarkedRange]
    /// Where ``after`` differs, in Unicode scalars.
    public var added: [SearchHit.MarkedRange]
}

extension ReadModelReader {
    /// The revisions of a bulletin, the first one first, each with what it changed. Throws as ``show(_:)`` does.
    public func history(_ idOrPrefix: String) throws -> [HistoryRow] {
        var rows: [HistoryRow] = []
        var previous: Bulletin?
        for revision in try revisions(idOrPrefix) {
            let bulletin = revision.bulletin
            rows.append(
                HistoryRow(
                    id: bulletin.id,
                    revision: revision.revision,
                    current: revision.current,
                    eventTime: revision.eventTime,
                    generation: revision.generation,
                    offset: revision.offset,
                    title: bulletin.title,
                    changes: previous.map { Self.changes(from: $0, to: bulletin) } ?? []
                )
            )
            previous = bulletin
        }
        return rows
    }

    private static func changes(from old: Bulletin, to new: Bulletin) -> [RevisionChange] {
        let fields: [(String, (Bulletin) -> String?)] = [
            ("kind", { $0.kind.rawValue }), ("title", { $0.title }), ("source", { $0.source }),
            ("issuer", { $0.issuer }), ("author", { $0.author }), ("documentNumber", { $0.documentNumber }),
            ("publishedOn", { $0.publishedOn?.description }), ("signedOn", { $0.signedOn?.description }),
            ("eventDate", { $0.eventDate?.description }), ("eventEndDate", { $0.eventEndDate?.description }),
            ("url", { $0.url }), ("place", { $0.place }),
        ]
        let changed = fields.compactMap { name, value -> RevisionChange? in
            let (before, after) = (value(old), value(new))
            return before == after ? nil : TextDiff.change(name, before, after)
        }
        return changed + TextDiff.changes(from: old.paragraphs, to: new.paragraphs)
    }
}
