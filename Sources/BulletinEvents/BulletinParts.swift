/// A person named in a bulletin.
public struct Person: Codable, Hashable, Sendable {
    /// The name as written, without titles.
    public var name: String
    /// Titles as written directly beside a mention, in order of first appearance.
    public var roles: [String]
    /// Where the name stands.
    public var mentions: [Span]

    /// A person with the titles and places found.
    public init(name: String, roles: [String] = [], mentions: [Span] = []) {
        self.name = name
        self.roles = roles
        self.mentions = mentions
    }
}

/// An organisation named in a bulletin: an organ, a department, a company, an institution, or an unnamed set of them.
public struct Organization: Codable, Hashable, Sendable {
    /// The name as written (區衛健局).
    public var name: String
    /// The full name, resolved by the bulletin's jurisdiction or an abbreviation given in the text (大洼區衛健局).
    public var canonicalName: String?
    /// True for an unnamed set (各鎮街, 相关部门).
    public var collective: Bool
    /// Where the name stands.
    public var mentions: [Span]

    /// An organisation with what was resolved of it.
    public init(name: String, canonicalName: String? = nil, collective: Bool = false, mentions: [Span] = []) {
        self.name = name
        self.canonicalName = canonicalName
        self.collective = collective
        self.mentions = mentions
    }
}

/// What somebody is told to do.
public struct Directive: Codable, Hashable, Sendable {
    /// Position among the bulletin's directives, from 0.
    public var sequence: Int
    /// The person who says so; nil where it is a meeting, a notice or an organ.
    public var speaker: String?
    /// The word that stands for the speaker where it is no person (會議, 通知).
    public var speakerText: String?
    /// Who is to do it, one party each, as written; empty where it is implied.
    public var responsible: [String]
    /// The clause, without the attribution.
    public var text: String
    /// The deadline as written, where one is stated.
    public var deadline: String?
    /// True for a slogan alone as head of a list item.
    public var heading: Bool
    /// Where the clause stands.
    public var span: Span?

    /// A directive; what is not stated stays nil or empty.
    public init(
        sequence: Int,
        speaker: String? = nil,
        speakerText: String? = nil,
        responsible: [String] = [],
        text: String,
        deadline: String? = nil,
        heading: Bool = false,
        span: Span? = nil
    ) {
        self.sequence = sequence
        self.speaker = speaker
        self.speakerText = speakerText
        self.responsible = responsible
        self.text = text
        self.deadline = deadline
        self.heading = heading
        self.span = span
    }
}

/// A document cited in 《》.
public struct CitedDocument: Codable, Hashable, Sendable {
    /// Its title without the outer marks.
    public var title: String
    /// Where it is cited.
    public var mentions: [Span]

    /// A cited document.
    public init(title: String, mentions: [Span] = []) {
        self.title = title
        self.mentions = mentions
    }
}

/// How a document's bytes became text.
public struct TextReport: Codable, Hashable, Sendable {
    /// The encoding that the bytes were read in, by its WHATWG name in lower case (`utf-8`, `gb18030`, `big5`).
    public var encoding: String?
    /// The script of the cleaned text: `hans`, `hant` or `mixed`; nil where it has no telling character.
    public var script: String?
    /// What was repaired, by kind.
    public var repairs: [Repair]
    /// Where what the page's meta block or a dump states differs from what the page's own text says.
    public var conflicts: [Conflict]

    /// A report of a decoding.
    public init(
        encoding: String? = nil,
        script: String? = nil,
        repairs: [Repair] = [],
        conflicts: [Conflict] = []
    ) {
        self.encoding = encoding
        self.script = script
        self.repairs = repairs
        self.conflicts = conflicts
    }

    /// Reads a report; one without `conflicts` comes from an ingestor that looked for none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        encoding = try values.decodeIfPresent(String.self, forKey: .encoding)
        script = try values.decodeIfPresent(String.self, forKey: .script)
        repairs = try values.decode([Repair].self, forKey: .repairs)
        conflicts = try values.decodeIfPresent([Conflict].self, forKey: .conflicts) ?? []
    }

    /// Two answers to one question; the bulletin's field holds the stated one.
    public struct Conflict: Codable, Hashable, Sendable {
        /// The bulletin's field: `title`, `source` or `publishedOn`.
        public var field: String
        /// What the meta block or the dump states.
        public var stated: String
        /// What the text of the page says.
        public var found: String

        /// A conflict about a field.
        public init(field: String, stated: String, found: String) {
            self.field = field
            self.stated = stated
            self.found = found
        }
    }

    /// How often one kind of damage was repaired.
    public struct Repair: Codable, Hashable, Sendable {
        /// The kind of damage, such as `pinyin` or `pinyin-out-of-step`.
        public var kind: String
        /// How many places were repaired.
        public var count: Int

        /// A count of repairs of one kind.
        public init(kind: String, count: Int) {
            self.kind = kind
            self.count = count
        }
    }
}

/// The program that extracted a bulletin.
public struct ParserIdentity: Codable, Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its version; another version may extract more from the same text.
    public var version: String

    /// A program and its version.
    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}
