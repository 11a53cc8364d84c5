/// One published bulletin: what `bulletin.published.v1` carries as its data.
///
/// The fields and their JSON names are the contract in `proto-json/bulletin.published.v1.schema.json`. Optional
/// fields are `null` or absent where the document does not state them; lists are empty. Unknown JSON fields are
/// ignored, so that newer ingestors can talk to older indexers.
public struct Bulletin: Hashable, Sendable {
    /// Identity of the bulletin: stable across reprints of the same page and across revisions of its text.
    public var id: String
    /// What sort of document this is.
    public var kind: Kind
    /// The headline, cleaned; nil where the document has none.
    public var title: String?
    /// The publisher that the header names, not the hosting site.
    public var source: String?
    /// The organ that signs a notice.
    public var issuer: String?
    /// The author that the header names.
    public var author: String?
    /// Reporters, photographers and editors.
    public var byline: [String]
    /// The document's own number (文号), such as 盤政辦發〔2020〕12號.
    public var documentNumber: String?
    /// Publication date of the header.
    public var publishedOn: BulletinDate?
    /// Publication time of the header, RFC 3339 with offset, where a time of day is given.
    public var publishedAt: String?
    /// Date of signature (成文日期).
    public var signedOn: BulletinDate?
    /// Day of the meeting or event; the first one of a range.
    public var eventDate: BulletinDate?
    /// Last day of the meeting or event, where it is a range.
    public var eventEndDate: BulletinDate?
    /// Where the document was found, if it was on the web.
    public var url: String?
    /// Name of the hosting site.
    public var site: String?
    /// The jurisdiction that the bulletin speaks of, such as 大洼區.
    public var place: String?
    /// The cleaned text of the body, one string per paragraph, without line breaks inside.
    public var paragraphs: [String]
    /// Persons named in the body, in order of their first mention.
    public var people: [Person]
    /// Organisations named in the body, in order of their first mention.
    public var organizations: [Organization]
    /// What somebody is told to do, in order.
    public var directives: [Directive]
    /// Documents cited in 《》.
    public var documents: [CitedDocument]
    /// Terms in quotation marks.
    public var quotedTerms: [String]
    /// Who presided, attended or sat in: persons by name, groups as one string each.
    public var attendees: [String]
    /// Geographic names and venues.
    public var places: [String]
    /// How the bytes became text.
    public var text: TextReport
    /// SHA-256 of the cleaned text in lower-case hexadecimal; tells revisions apart.
    public var contentHash: String
    /// The document as it came, decoded but not repaired, so that a better parser can be run over it again.
    public var raw: String?
    /// Which program extracted all this.
    public var parser: ParserIdentity?

    /// A bulletin with nothing but its identity and text; the other fields are set one by one.
    public init(id: String, kind: Kind, paragraphs: [String], contentHash: String) {
        self.id = id
        self.kind = kind
        self.paragraphs = paragraphs
        self.contentHash = contentHash
        byline = []
        people = []
        organizations = []
        directives = []
        documents = []
        quotedTerms = []
        attendees = []
        places = []
        text = TextReport()
    }

    /// What sort of document a bulletin is.
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// A meeting was held.
        case meeting
        /// A notice, decree, opinion or plan (通知, 通告, 公告, 意见, 方案).
        case notice
        /// An announcement to the public.
        case announcement
        /// Anything else: an inspection, a press release, or no bulletin at all.
        case other
    }
}

// MARK: - JSON

extension Bulletin: Codable {
    /// The JSON names, in the order of the schema.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case id, kind, title, source, issuer, author, byline, documentNumber, publishedOn, publishedAt, signedOn
        case eventDate, eventEndDate, url, site, place, paragraphs, people, organizations, directives, documents
        case quotedTerms, attendees, places, text, contentHash, raw, parser
    }

    /// Reads a bulletin; absent and `null` mean the same. Throws `DecodingError` where a required field is missing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func list<Element: Decodable>(_ key: CodingKeys) throws -> [Element] {
            try values.decodeIfPresent([Element].self, forKey: key) ?? []
        }
        id = try values.decode(String.self, forKey: .id)
        kind = try values.decode(Kind.self, forKey: .kind)
        title = try values.decodeIfPresent(String.self, forKey: .title)
        source = try values.decodeIfPresent(String.self, forKey: .source)
        issuer = try values.decodeIfPresent(String.self, forKey: .issuer)
        author = try values.decodeIfPresent(String.self, forKey: .author)
        byline = try list(.byline)
        documentNumber = try values.decodeIfPresent(String.self, forKey: .documentNumber)
        publishedOn = try values.decodeIfPresent(BulletinDate.self, forKey: .publishedOn)
        publishedAt = try values.decodeIfPresent(String.self, forKey: .publishedAt)
        signedOn = try values.decodeIfPresent(BulletinDate.self, forKey: .signedOn)
        eventDate = try values.decodeIfPresent(BulletinDate.self, forKey: .eventDate)
        eventEndDate = try values.decodeIfPresent(BulletinDate.self, forKey: .eventEndDate)
        url = try values.decodeIfPresent(String.self, forKey: .url)
        site = try values.decodeIfPresent(String.self, forKey: .site)
        place = try values.decodeIfPresent(String.self, forKey: .place)
        paragraphs = try values.decode([String].self, forKey: .paragraphs)
        people = try list(.people)
        organizations = try list(.organizations)
        directives = try list(.directives)
        documents = try list(.documents)
        quotedTerms = try list(.quotedTerms)
        attendees = try list(.attendees)
        places = try list(.places)
        text = try values.decodeIfPresent(TextReport.self, forKey: .text) ?? TextReport()
        contentHash = try values.decode(String.self, forKey: .contentHash)
        raw = try values.decodeIfPresent(String.self, forKey: .raw)
        parser = try values.decodeIfPresent(ParserIdentity.self, forKey: .parser)
    }

    /// Writes every field, `null` included, so that a reader sees the whole contract in each document.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(kind, forKey: .kind)
        try values.encode(title, forKey: .title)
        try values.encode(source, forKey: .source)
        try values.encode(issuer, forKey: .issuer)
        try values.encode(author, forKey: .author)
        try values.encode(byline, forKey: .byline)
        try values.encode(documentNumber, forKey: .documentNumber)
        try values.encode(publishedOn, forKey: .publishedOn)
        try values.encode(publishedAt, forKey: .publishedAt)
        try values.encode(signedOn, forKey: .signedOn)
        try values.encode(eventDate, forKey: .eventDate)
        try values.encode(eventEndDate, forKey: .eventEndDate)
        try values.encode(url, forKey: .url)
        try values.encode(site, forKey: .site)
        try values.encode(place, forKey: .place)
        try values.encode(paragraphs, forKey: .paragraphs)
        try values.encode(people, forKey: .people)
        try values.encode(organizations, forKey: .organizations)
        try values.encode(directives, forKey: .directives)
        try values.encode(documents, forKey: .documents)
        try values.encode(quotedTerms, forKey: .quotedTerms)
        try values.encode(attendees, forKey: .attendees)
        try values.encode(places, forKey: .places)
        try values.encode(text, forKey: .text)
        try values.encode(contentHash, forKey: .contentHash)
        try values.encode(raw, forKey: .raw)
        try values.encode(parser, forKey: .parser)
    }
}
