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
