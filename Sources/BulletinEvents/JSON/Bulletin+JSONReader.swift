// The contract's data out of JSON: the same as by their `Decodable`. A test holds the two together.

extension Bulletin {
    /// The bulletin that a document is, if it is written in the usual way and holds the contract's fields and no others;
    /// otherwise nil, and `Decodable` has to tell whether it is one.
    init?(json: UnsafeRawBufferPointer) {
        do throws(JSONReader.Unusual) {
            var reader = JSONReader(json)
            try self.init(&reader)
            try reader.end()
        } catch {
            return nil
        }
    }

    private static let names: [StaticString] = [
        "attendees", "author", "byline", "contentHash", "directives", "documentNumber", "documents", "eventDate",
        "eventEndDate", "id", "issuer", "kind", "organizations", "paragraphs", "parser", "people", "place", "places",
        "publishedAt", "publishedOn", "quotedTerms", "raw", "signedOn", "site", "source", "text", "title", "url",
    ]

    /// The fields that must be there: contentHash, id, kind, paragraphs.
    private static let required: UInt64 = 1 << 3 | 1 << 9 | 1 << 11 | 1 << 13

    /// Reads the object that comes next.
    init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var bulletin = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: bulletin.attendees = try reader.stringsIfAny() ?? []
            case 1: bulletin.author = try reader.stringIfAny()
            case 2: bulletin.byline = try reader.stringsIfAny() ?? []
            case 3: bulletin.contentHash = try reader.string()
            case 4: bulletin.directives = try reader.arrayIfAny(Directive.init) ?? []
            case 5: bulletin.documentNumber = try reader.stringIfAny()
            case 6: bulletin.documents = try reader.arrayIfAny(CitedDocument.init) ?? []
            case 7: bulletin.eventDate = try reader.dateIfAny()
            case 8: bulletin.eventEndDate = try reader.dateIfAny()
            case 9: bulletin.id = try reader.string()
            case 10: bulletin.issuer = try reader.stringIfAny()
            case 11:
                guard let kind = Kind(rawValue: try reader.string()) else { throw JSONReader.Unusual() }
                bulletin.kind = kind
            case 12: bulletin.organizations = try reader.arrayIfAny(Organization.init) ?? []
            case 13: bulletin.paragraphs = try reader.strings()
            case 14: bulletin.parser = try reader.valueIfAny(ParserIdentity.init)
            case 15: bulletin.people = try reader.arrayIfAny(Person.init) ?? []
            case 16: bulletin.place = try reader.stringIfAny()
            case 17: bulletin.places = try reader.stringsIfAny() ?? []
            case 18: bulletin.publishedAt = try reader.stringIfAny()
            case 19: bulletin.publishedOn = try reader.dateIfAny()
            case 20: bulletin.quotedTerms = try reader.stringsIfAny() ?? []
            case 21: bulletin.raw = try reader.stringIfAny()
            case 22: bulletin.signedOn = try reader.dateIfAny()
            case 23: bulletin.site = try reader.stringIfAny()
            case 24: bulletin.source = try reader.stringIfAny()
            case 25: bulletin.text = try reader.valueIfAny(TextReport.init) ?? TextReport()
            case 26: bulletin.title = try reader.stringIfAny()
            default: bulletin.url = try reader.stringIfAny()
            }
        }
        guard seen & Self.required == Self.required else { throw JSONReader.Unusual() }
        self = bulletin
    }
}

extension Person {
    private static let names: [StaticString] = ["mentions", "name", "roles"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var person = Person(name: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: person.mentions = try reader.array(Span.init)
            case 1: person.name = try reader.string()
            default: person.roles = try reader.strings()
            }
        }
        guard seen == 0b111 else { throw JSONReader.Unusual() }
        self = person
    }
}

extension Organization {
    private static let names: [StaticString] = ["canonicalName", "collective", "mentions", "name"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var organization = Organization(name: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: organization.canonicalName = try reader.stringIfAny()
            case 1: organization.collective = try reader.bool()
            case 2: organization.mentions = try reader.array(Span.init)
            default: organization.name = try reader.string()
            }
        }
        guard seen & 0b1110 == 0b1110 else { throw JSONReader.Unusual() }
        self = organization
    }
}

extension Directive {
    private static let names: [StaticString] = [
        "deadline", "heading", "responsible", "sequence", "span", "speaker", "speakerText", "text",
    ]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var directive = Directive(sequence: 0, text: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: directive.deadline = try reader.stringIfAny()
            case 1: directive.heading = try reader.bool()
            case 2: directive.responsible = try reader.strings()
            case 3: directive.sequence = try reader.integer()
            case 4: directive.span = try reader.valueIfAny(Span.init)
            case 5: directive.speaker = try reader.stringIfAny()
            case 6: directive.speakerText = try reader.stringIfAny()
            default: directive.text = try reader.string()
            }
        }
        guard seen & 0b1000_1110 == 0b1000_1110 else { throw JSONReader.Unusual() }
        self = directive
    }
}

extension CitedDocument {
    private static let names: [StaticString] = ["mentions", "title"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var document = CitedDocument(title: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: document.mentions = try reader.array(Span.init)
            default: document.title = try reader.string()
            }
        }
        guard seen == 0b11 else { throw JSONReader.Unusual() }
        self = document
    }
}

extension TextReport {
    private static let names: [StaticString] = ["conflicts", "encoding", "repairs", "script"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var report = TextReport()
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: report.conflicts = try reader.arrayIfAny(Conflict.init) ?? []
            case 1: report.encoding = try reader.stringIfAny()
            case 2: report.repairs = try reader.array(Repair.init)
            default: report.script = try reader.stringIfAny()
            }
        }
        guard seen & 0b100 != 0 else { throw JSONReader.Unusual() }
        self = report
    }
}

extension TextReport.Conflict {
    private static let names: [StaticString] = ["field", "found", "stated"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var conflict = TextReport.Conflict(field: "", stated: "", found: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            let text = try reader.string()
            switch index {
            case 0: conflict.field = text
            case 1: conflict.found = text
            default: conflict.stated = text
            }
        }
        guard seen == 0b111 else { throw JSONReader.Unusual() }
        self = conflict
    }
}

extension TextReport.Repair {
    private static let names: [StaticString] = ["count", "kind"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var repair = TextReport.Repair(kind: "", count: 0)
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: repair.count = try reader.integer()
            default: repair.kind = try reader.string()
            }
        }
        guard seen == 0b11 else { throw JSONReader.Unusual() }
        self = repair
    }
}

extension ParserIdentity {
    private static let names: [StaticString] = ["name", "version"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var parser = ParserIdentity(name: "", version: "")
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: parser.name = try reader.string()
            default: parser.version = try reader.string()
            }
        }
        guard seen == 0b11 else { throw JSONReader.Unusual() }
        self = parser
    }
}

extension Span {
    private static let names: [StaticString] = ["end", "paragraph", "start"]

    fileprivate init(_ reader: inout JSONReader) throws(JSONReader.Unusual) {
        var span = Span(paragraph: nil, start: 0, end: 0)
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: span.end = try reader.integer()
            case 1: span.paragraph = try reader.integerIfAny()
            default: span.start = try reader.integer()
            }
        }
        guard seen & 0b101 == 0b101 else { throw JSONReader.Unusual() }
        self = span
    }
}

extension JSONReader {
    fileprivate mutating func strings() throws(Unusual) -> [String] {
        try array { (reader) throws(Unusual) in try reader.string() }
    }

    fileprivate mutating func stringsIfAny() throws(Unusual) -> [String]? {
        try arrayIfAny { (reader) throws(Unusual) in try reader.string() }
    }

    fileprivate mutating func dateIfAny() throws(Unusual) -> BulletinDate? {
        guard let text = try stringIfAny() else { return nil }
        guard let date = BulletinDate(text) else { throw Unusual() }
        return date
    }

    fileprivate mutating func valueIfAny<Value>(
        _ value: (inout JSONReader) throws(Unusual) -> Value
    ) throws(Unusual) -> Value? {
        if isNull() { return nil }
        return try value(&self)
    }
}
