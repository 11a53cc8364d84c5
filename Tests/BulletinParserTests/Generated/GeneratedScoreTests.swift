import BulletinCorpus
import TestSupport
import Testing

/// The parser on bulletins made by the corpus generator: what holds for a few hundred holds for a million.
@Suite struct GeneratedScoreTests {
    /// Clean pages, and what damage leaves after repair.
    private static let floors = ScoreFloors([
        .title: 0, .source: 0, .publishedOn: 0, .documentNumber: 0, .kind: 0, .eventDate: 0, .body: 0,
        .people: 0, .roles: 0, .organizations: 0, .collective: 0, .documents: 0, .quotedTerms: 0, .attendees: 0,
        .places: 0, .directives: 0, .speaker: 0, .responsible: 0,
    ])

    @Test func cleanText() throws {
        let table = try GeneratedBulletins.scores(GeneratedBulletins.options(), count: 300)
        Self.floors.expect(table, "300 generated bulletins")
    }

    @Test func pagesInEveryEncoding() throws {
        let options = GeneratedBulletins.options {
            $0.markup = .mixed
            $0.encoding = .mixed
        }
        Self.floors.expect(try GeneratedBulletins.scores(options, count: 200), "200 generated pages, text and HTML")
    }

    @Test(arguments: DamageKind.allCases)
    func damagedText(kind: DamageKind) throws {
        let options = GeneratedBulletins.options {
            $0.damage = [kind]
            if kind.needsTraditional { $0.script = .hant }
        }
        Self.floors.expect(
            try GeneratedBulletins.scores(options, count: 120),
            "120 generated bulletins, \(kind.rawValue)"
        )
    }
}
