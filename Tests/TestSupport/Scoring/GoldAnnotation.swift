public import Foundation

/// A gold annotation: what stands in a bulletin, in the JSON form of the gold files (`Tests/BulletinParserTests/Gold`).
public struct GoldAnnotation: Decodable, Sendable {
    /// The name of the bulletin.
    public let id: String
    let kind: String
    let title: String?
    let source: String?
    let documentNumber: String?
    let publishedOn: String?
    let eventDate: String?
    let bodyStart: String?
    let people: [Person]
    let peopleOptional: [Name]
    let organizations: [Name]
    let organizationsOptional: [Name]
    let collectiveOrganizations: [Name]
    let documents: [Name]
    let quotedTerms: [Name]
    let attendees: [Name]
    let places: [Name]
    let directives: [Directive]
    /// Other values that count as right, by field.
    let accepted: [String: [String]]

    struct Person: Decodable, Sendable {
        let name: String
        let roles: [String]?
    }

    struct Directive: Decodable, Sendable {
        let speaker: String?
        let responsible: [Name]?
        let text: String
        let heading: Bool?
    }

    /// A name, alone or as the `name` or `title` of an object.
    struct Name: Decodable, Sendable {
        let text: String

        private enum Keys: String, CodingKey { case name, title }

        init(from decoder: any Decoder) throws {
            if let object = try? decoder.container(keyedBy: Keys.self) {
                text =
                    try object.decodeIfPresent(String.self, forKey: .name) ?? object.decode(String.self, forKey: .title)
            } else {
                text = try decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads the annotation of a JSON object. Throws `DecodingError` where a field is missing or of another type.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func text(_ field: String) throws -> String? { try values.decodeIfPresent(String.self, forKey: Key(field)) }
        func list(_ field: String) throws -> [Name] {
            try values.decodeIfPresent([Name].self, forKey: Key(field)) ?? []
        }
        id = try values.decode(String.self, forKey: Key("id"))
        kind = try values.decode(String.self, forKey: Key("kind"))
        title = try text("title")
        source = try text("source")
        documentNumber = try text("documentNumber")
        publishedOn = try text("publishedOn")
        eventDate = try text("eventDate")
        bodyStart = try text("bodyStart")
        people = try values.decode([Person].self, forKey: Key("people"))
        peopleOptional = try list("peopleOptional")
        organizations = try list("organizations")
        organizationsOptional = try list("organizationsOptional")
        collectiveOrganizations = try list("collectiveOrganizations")
        documents = try list("documents")
        quotedTerms = try list("quotedTerms")
        attendees = try list("attendees")
        places = try list("places")
        directives = try values.decode([Directive].self, forKey: Key("directives"))
        var accepted: [String: [String]] = [:]
        for key in values.allKeys where key.stringValue.hasSuffix("Accept") {
            let field = String(key.stringValue.dropLast("Accept".count))
            accepted[field] = try values.decode([String?].self, forKey: key).compactMap(\.self)
        }
        self.accepted = accepted
    }

    /// The annotation of a gold file. Throws where it cannot be read or is no annotation.
    public init(contentsOf file: URL) throws {
        self = try JSONDecoder().decode(GoldAnnotation.self, from: Data(contentsOf: file))
    }
}
