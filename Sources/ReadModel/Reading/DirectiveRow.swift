public import BulletinEvents

/// What somebody is told to do, and where it is written.
public struct DirectiveRow: Codable, Hashable, Sendable {
    /// The bulletin that holds it.
    public var bulletinId: String
    /// The bulletin's headline.
    public var title: String?
    /// The bulletin's publisher.
    public var source: String?
    /// The bulletin's publication date.
    public var publishedOn: String?
    /// Day of the meeting or event.
    public var eventDate: String?
    /// Its position among the bulletin's directives, from 0.
    public var sequence: Int
    /// The person who says so; nil where it is a meeting, a notice or an organ.
    public var speaker: String?
    /// The word that stands for the speaker where it is no person.
    public var speakerText: String?
    /// Who is to do it, as written.
    public var responsible: [String]
    /// The full name of each of ``responsible``; null where it is not known.
    public var fullNames: [String?]
    /// The clause.
    public var text: String
    /// The deadline as written.
    public var deadline: String?
    /// True for a slogan alone as head of a list item.
    public var heading: Bool
    /// Where the clause stands in the bulletin.
    public var span: Span?
}

/// Which directives to give; what is nil does not matter. All given must hold.
public struct DirectiveFilter: Codable, Hashable, Sendable {
    /// A responsible party's name holds this, or it is an organisation whose full name or other name in the same
    /// bulletin holds this, or whose full name another bulletin gives to such a name; folded.
    public var organization: String?
    /// The speaker, or the word that stands for one, holds this; folded.
    public var speaker: String?
    /// The clause holds this; folded, white space aside.
    public var text: String?
    /// The event, or where its date is not known the publication, was on this day or later.
    public var since: BulletinDate?
    /// The event, or where its date is not known the publication, was on this day or earlier.
    public var until: BulletinDate?

    /// The publisher's name holds this; folded.
    public var source: String?
    /// Of bulletins of this sort only.
    public var kind: Bulletin.Kind?
    /// Only those that state a deadline.
    public var withDeadline = false

    /// All directives, unless told otherwise.
    public init(
        organization: String? = nil,
        speaker: String? = nil,
        text: String? = nil,
        since: BulletinDate? = nil,
        until: BulletinDate? = nil
    ) {
        self.organization = organization
        self.speaker = speaker
        self.text = text
        self.since = since
        self.until = until
    }
}

/// Which directive a list goes on after.
public struct DirectivePosition: Codable, Hashable, Sendable {
    /// The whole id of its bulletin.
    public var bulletinId: String
    /// Its position among the bulletin's directives.
    public var sequence: Int

    /// The directive at `sequence` of a bulletin.
    public init(bulletinId: String, sequence: Int) {
        self.bulletinId = bulletinId
        self.sequence = sequence
    }
}
