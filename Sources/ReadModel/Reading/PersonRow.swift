/// A person over all bulletins that name one so.
public struct PersonRow: Codable, Hashable, Sendable {
    /// The name, in the form that most bulletins use.
    public var name: String
    /// The titles written beside the name, the most frequent first.
    public var roles: [String]
    /// How many bulletins name the person.
    public var bulletins: Int
    /// How many directives the person gave.
    public var directives: Int
    /// The first day (of the event, else of publication) of those bulletins.
    public var firstDate: String?
    /// The last day of those bulletins.
    public var lastDate: String?
    /// The roles over time, the earliest first; only where a name was asked for.
    public var history: [RolePeriod]?
    /// The bulletins that name the person, the latest first; only where a name was asked for.
    public var seen: [Sighting]?

    /// A title and when it was written beside the name.
    public struct RolePeriod: Codable, Hashable, Sendable {
        /// The title.
        public var role: String
        /// The first day of a bulletin that has it so.
        public var firstDate: String?
        /// The last day.
        public var lastDate: String?
        /// How many bulletins have it so.
        public var bulletins: Int
    }

    /// A bulletin that names a person.
    public struct Sighting: Codable, Hashable, Sendable {
        /// Its id.
        public var id: String
        /// Its headline.
        public var title: String?
        /// The day of the event, else of publication.
        public var date: String?
        /// The titles that it gives the person.
        public var roles: [String]
    }
}

/// An organisation over all bulletins that name it.
public struct OrganizationRow: Codable, Hashable, Sendable {
    /// The name, in the form that most bulletins use.
    public var name: String
    /// The full name, where a bulletin tells it.
    public var canonicalName: String?
    /// The other forms of the name.
    public var aliases: [String]
    /// True for an unnamed set (各鎮街).
    public var collective: Bool
    /// How many bulletins name it; a bulletin that uses two of its names counts for each.
    public var bulletins: Int
    /// How many directives it is responsible for.
    public var directives: Int
    /// The first day (of the event, else of publication) of those bulletins.
    public var firstDate: String?
    /// The last day of those bulletins.
    public var lastDate: String?
    /// What it was asked to do, the latest first; only where a name was asked for.
    public var asked: [Asked]?

    /// Something that an organisation was asked to do.
    public struct Asked: Codable, Hashable, Sendable {
        /// The bulletin that says so.
        public var bulletinId: String
        /// The directive's position in it.
        public var sequence: Int
        /// The day of the event, else of publication.
        public var date: String?
        /// Who says so.
        public var speaker: String?
        /// The clause.
        public var text: String
        /// The deadline as written.
        public var deadline: String?
    }
}

/// A cited document over all bulletins.
public struct DocumentRow: Codable, Hashable, Sendable {
    /// Its title, in the form that most bulletins use.
    public var title: String
    /// How many bulletins cite it.
    public var citations: Int
    /// The bulletins that cite it, latest first.
    public var bulletins: [Citation]

    /// A bulletin that cites a document.
    public struct Citation: Codable, Hashable, Sendable {
        /// Its id.
        public var id: String
        /// Its headline.
        public var title: String?
        /// Its publication date.
        public var publishedOn: String?
    }
}
