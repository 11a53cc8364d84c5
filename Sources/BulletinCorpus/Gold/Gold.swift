/// What a generated bulletin says, by construction: the fields of gold annotations.
///
/// Strings stand in the bulletin's text as they are here. Members of lists are in order of first mention.
public struct Gold: Hashable, Sendable {
    /// The bulletin's name in its corpus.
    public var id = ""
    /// `meeting`, `notice`, `announcement` or `other`.
    public var kind = "other"
    /// The headline.
    public var title: String?
    /// The publisher that header or dateline name.
    public var source: String?
    /// The organ that signs a notice.
    public var issuer: String?
    /// The document's own number.
    public var documentNumber: String?
    /// Publication date, `YYYY-MM-DD`.
    public var publishedOn: String?
    /// Date of signature, `YYYY-MM-DD`.
    public var signedOn: String?
    /// Day of the meeting or event, `--MM-DD` where the year is not known.
    public var eventDate: String?
    /// Last day of the meeting or event, where it is a range.
    public var eventEndDate: String?
    /// The jurisdiction.
    public var place: String?
    /// Persons named in the body.
    public var people: [Person] = []
    /// Named organs that act, are addressed or attend.
    public var organizations: [String] = []
    /// Borderline ones: neither required nor wrong.
    public var organizationsOptional: [String] = []
    /// Unnamed sets of organs.
    public var collectiveOrganizations: [String] = []
    /// Full names of organs whose written name is relative to the jurisdiction.
    public var canonicalNames: [CanonicalName] = []
    /// Titles in 《》.
    public var documents: [String] = []
    /// Terms in quotation marks.
    public var quotedTerms: [String] = []
    /// Who presides, attends or sits in.
    public var attendees: [String] = []
    /// Places and venues.
    public var places: [String] = []
    /// What somebody is told to do.
    public var directives: [Directive] = []
    /// The first characters of the body.
    public var bodyStart: String?

    /// A person and the titles written beside the name.
    public struct Person: Hashable, Sendable {
        /// The name without titles.
        public var name: String
        /// Titles as written.
        public var roles: [String]
    }

    /// The full name of an organ.
    public struct CanonicalName: Hashable, Sendable {
        /// The name as written: 县水利局.
        public var name: String
        /// The full name: 云溪县水利局.
        public var canonicalName: String
    }

    /// What somebody is told to do.
    public struct Directive: Hashable, Sendable {
        /// The person who says so.
        public var speaker: String?
        /// The word that stands for the speaker where it is no person.
        public var speakerText: String?
        /// Who is to do it.
        public var responsible: [String] = []
        /// The sentence, without attribution.
        public var text = ""
        /// The deadline as written.
        public var deadline: String?
        /// Whether it may be read either way and does not count.
        public var heading = false
    }
}

// MARK: - Recording

extension Gold {
    mutating func add(person name: String, roles: [String] = []) {
        guard let index = people.firstIndex(where: { $0.name == name }) else {
            people.append(Person(name: name, roles: roles))
            return
        }
        for role in roles { Self.add(role, to: &people[index].roles) }
    }

    mutating func add(organization name: String, canonicalName: String? = nil) {
        Self.add(name, to: &organizations)
        guard let canonicalName, !canonicalNames.contains(where: { $0.name == name }) else { return }
        canonicalNames.append(CanonicalName(name: name, canonicalName: canonicalName))
    }

    static func add(_ text: String, to list: inout [String]) {
        if !list.contains(text) { list.append(text) }
    }

    /// The same gold with every text that stands in the bulletin changed by `change`.
    func mapTexts(_ change: (String) -> String) -> Gold {
        var gold = self
        gold.title = title.map(change)
        gold.source = source.map(change)
        gold.issuer = issuer.map(change)
        gold.documentNumber = documentNumber.map(change)
        gold.place = place.map(change)
        gold.people = people.map { Person(name: change($0.name), roles: $0.roles.map(change)) }
        gold.organizations = organizations.map(change)
        gold.organizationsOptional = organizationsOptional.map(change)
        gold.collectiveOrganizations = collectiveOrganizations.map(change)
        gold.canonicalNames = canonicalNames.map {
            CanonicalName(name: change($0.name), canonicalName: change($0.canonicalName))
        }
        gold.documents = documents.map(change)
        gold.quotedTerms = quotedTerms.map(change)
        gold.attendees = attendees.map(change)
        gold.places = places.map(change)
        gold.directives = directives.map { directive in
            var changed = directive
            changed.speaker = directive.speaker.map(change)
            changed.speakerText = directive.speakerText.map(change)
            changed.responsible = directive.responsible.map(change)
            changed.text = change(directive.text)
            changed.deadline = directive.deadline.map(change)
            return changed
        }
        gold.bodyStart = bodyStart.map(change)
        return gold
    }
}
