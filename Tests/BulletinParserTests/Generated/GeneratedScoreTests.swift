import BulletinCorpus
import TestSupport
import Testing

/// The parser on bulletins made by the corpus generator: what holds for a few hundred holds for a million.
@Suite struct GeneratedScoreTests {
    /// Clean pages, and what damage leaves after repair.
    private static let floors = ScoreFloors([
        .title: 100, .source: 100, .publishedOn: 99, .documentNumber: 99, .kind: 100, .eventDate: 99,
        .body: 100, .people: 94, .roles: 95, .organizations: 92, .collective: 98, .documents: 98,
        .quotedTerms: 100, .attendees: 96, .places: 87, .directives: 97, .speaker: 68, .responsible: 93,
    ])

    /// Where a site broke the lines, header and title are harder to tell from text.
    private static let wrappedFloors = floors.lowered([
        .title: 98, .source: 95, .publishedOn: 99, .eventDate: 95, .body: 97, .roles: 94, .quotedTerms: 99,
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
        let floors = kind == .wrapped ? Self.wrappedFloors : Self.floors
        floors.expect(
            try GeneratedBulletins.scores(options, count: 120),
            "120 generated bulletins, \(kind.rawValue)"
        )
    }
}
