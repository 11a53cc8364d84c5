/// A bulletin while it is written: its text, and beside it the gold that the text bears out.
///
/// Everything that names somebody or something goes through a function that also records it, so that text and gold
/// cannot part.
struct Draft {
    var random: CorpusRandom
    let place: Jurisdiction
    let cast: Cast
    let topic: String
    /// The day of the meeting or of signature.
    let day: CivilDay
    /// The day of publication, if a header will state it.
    let published: CivilDay?

    /// Where this bulletin's matters begin in the list of all: what a bulletin speaks of once it speaks of again.
    private let focus: Int

    var gold = Gold()
    var title = ""
    private(set) var paragraphs: [String] = []
    private var line = ""

    init(seed: UInt64, index: Int) {
        var random = CorpusRandom(seed: seed, index: UInt64(index))
        let place = Jurisdiction(&random)
        topic = Topics.topic(&random)
        cast = Cast(of: place, topic: topic, &random)
        self.place = place
        day = CivilDay(&random)
        published = random.chance(86) ? day.advanced(by: random.pick([0, 0, 1, 1, 1, 2, 3, 5])) : nil
        focus = random.rank(below: ClauseWords.matters.count)
        self.random = random
        gold.place = place.name
        gold.publishedOn = published?.iso
    }

    /// Adds to the paragraph that is being written.
    mutating func write(_ text: String) {
        line += text
    }

    /// Ends the paragraph, if anything stands in it.
    mutating func endParagraph() {
        guard !line.isEmpty else { return }
        paragraphs.append(line)
        line = ""
    }

    /// What is worked on.
    mutating func matter() -> String {
        let matters = ClauseWords.matters
        return matters[(focus + random.rank(below: matters.count)) % matters.count]
    }

    /// Writes a paragraph of its own.
    mutating func paragraph(_ text: String) {
        endParagraph()
        write(text)
        endParagraph()
    }
}

// MARK: - Names that are recorded as they are written

extension Draft {
    /// The jurisdiction as a territory that acts or is acted in.
    mutating func territory() -> String {
        if place.level == .university {
            gold.add(organization: place.name)
        } else {
            Gold.add(place.name, to: &gold.places)
            Gold.add(place.name, to: &gold.organizationsOptional)
        }
        return place.name
    }

    /// A person with all titles before the name.
    mutating func introduced(_ official: Official) -> String {
        gold.add(person: official.name.full, roles: official.roles)
        return official.roles.joined(separator: "、") + official.name.full
    }

    /// Whether a person was named before.
    func isKnown(_ official: Official) -> Bool {
        gold.people.contains { $0.name == official.name.full }
    }

    /// A person by name alone.
    mutating func named(_ official: Official) -> String {
        gold.add(person: official.name.full)
        return official.name.full
    }

    /// A person with the title after the name: 王建国副县长.
    mutating func followed(_ official: Official) -> String {
        gold.add(person: official.name.full, roles: [official.shortRole])
        return official.name.full + official.shortRole
    }

    /// An organ by its relative name, such as 县水利局.
    mutating func organ(_ stem: String) -> String {
        let name = place.level == .university ? stem : place.short + stem
        gold.add(organization: name, canonicalName: place.level == .university ? place.name + stem : place.base + name)
        return name
    }

    /// A bureau of the jurisdiction, any.
    mutating func bureau() -> String {
        switch place.level {
        case .university: organ(random.common(OrganNames.offices))
        case .province: organ(random.common(OrganNames.departments))
        case .county, .district, .city, .banner, .prefecture:
            organ(random.chance(82) ? random.common(OrganNames.bureaus) : random.common(OrganNames.others))
        }
    }

    /// `count` different bureaus.
    mutating func bureaus(_ count: Int) -> [String] {
        var names: [String] = []
        while names.count < count {
            let name = bureau()
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// An organisation by a name of its own: 云溪水务集团.
    mutating func company() -> String {
        let name = place.base + random.pick(OrganNames.companies)
        gold.add(organization: name)
        return name
    }

    /// An unnamed set of organs.
    mutating func collective(_ name: String) -> String {
        Gold.add(name, to: &gold.collectiveOrganizations)
        return name
    }

    /// A document with its marks.
    mutating func document() -> String {
        let title = Terms.document(of: place.name, on: topic, &random)
        Gold.add(title, to: &gold.documents)
        return "《\(title)》"
    }

    /// A term with its marks.
    mutating func quoted() -> String {
        let term = Terms.quoted(&random)
        Gold.add(term, to: &gold.quotedTerms)
        return "“\(term)”"
    }

    /// A town or a sub-district as a place.
    mutating func town(_ index: Int) -> String {
        let name = place.towns[index] + (place.level == .district ? "街道" : index % 3 == 2 ? "乡" : "镇")
        Gold.add(name, to: &gold.places)
        return name
    }
}
