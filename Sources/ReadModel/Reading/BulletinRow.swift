public import BulletinEvents

/// One bulletin in a list.
public struct BulletinRow: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Its headline.
    public var title: String?
    /// The publisher.
    public var source: String?
    /// What sort of document it is.
    public var kind: String
    /// Publication date, `YYYY-MM-DD` or `--MM-DD`.
    public var publishedOn: String?
    /// Day of the meeting or event.
    public var eventDate: String?
    /// The jurisdiction that it speaks of.
    public var place: String?
    /// Where it was found.
    public var url: String?
    /// The number of its current revision, from 1.
    public var revision: Int
    /// How many directives it holds.
    public var directives: Int
    /// Whether it is withdrawn.
    public var withdrawn: Bool
}

/// Which bulletins to list; what is nil does not matter.
public struct BulletinFilter: Codable, Hashable, Sendable {
    /// Of this sort only.
    public var kind: Bulletin.Kind?
    /// The source holds this text, folded.
    public var source: String?
    /// Published on this day or later (where the publication date is not known: held on this day or later).
    public var since: BulletinDate?
    /// Published on this day or earlier, likewise.
    public var until: BulletinDate?
    /// Withdrawn bulletins too.
    public var includeWithdrawn: Bool

    /// All bulletins that are not withdrawn, unless told otherwise.
    public init(
        kind: Bulletin.Kind? = nil,
        source: String? = nil,
        since: BulletinDate? = nil,
        until: BulletinDate? = nil,
        includeWithdrawn: Bool = false
    ) {
        self.kind = kind
        self.source = source
        self.since = since
        self.until = until
        self.includeWithdrawn = includeWithdrawn
    }
}

/// A whole bulletin, and where it comes from.
public struct BulletinDetail: Codable, Hashable, Sendable {
    /// The current revision, as it was published.
    public var bulletin: Bulletin
    /// Its number, from 1.
    public var revision: Int
    /// How many revisions there are.
    public var revisions: Int
    /// The topic that it came by.
    public var topic: String
    /// The partition that it came by.
    public var partition: Int32
    /// The log of that partition.
    public var generation: Int64
    /// The offset of the record that brought this revision.
    public var offset: Int64
    /// The offset of the record that last changed what was extracted from it.
    public var updatedOffset: Int64
    /// `ce_id` of that record.
    public var eventId: String
    /// `ce_source` of that record.
    public var eventSource: String
    /// `ce_time` of that record.
    public var eventTime: String?
    /// Set if the bulletin is withdrawn.
    public var withdrawn: WithdrawnState?
}

/// One revision of a bulletin.
public struct RevisionRow: Codable, Hashable, Sendable {
    /// Its number, from 1.
    public var revision: Int
    /// Whether it is the current one.
    public var current: Bool
    /// The log that it came by.
    public var generation: Int64
    /// The offset of the record that brought it.
    public var offset: Int64
    /// The offset of the record that last changed what was extracted from it.
    public var updatedOffset: Int64
    /// `ce_time` of that record.
    public var eventTime: String?
    /// The bulletin as it was.
    public var bulletin: Bulletin
}
