public import BulletinEvents

/// Compares bulletins with gold annotations, by the rules that the project is judged by.
///
/// White space, control characters and pinyin left in the text do not count. Optional entries are neither required nor
/// wrong; groups of attendees and sentences with several directives may be given in parts.
public struct Scorer {
    /// The scores so far.
    public private(set) var table = ScoreTable()
    private var id = ""

    /// A scorer that has seen nothing yet.
    public init() {}

    /// Scores one bulletin.
    public mutating func score(_ bulletin: Bulletin, against gold: GoldAnnotation) {
        id = gold.id
        fields(bulletin, gold)
        people(bulletin, gold)
        organizations(bulletin, gold)
        sets(.documents, gold.documents, bulletin.documents.map(\.title))
        sets(.quotedTerms, gold.quotedTerms, bulletin.quotedTerms)
        groups(gold.attendees.map { Normal($0.text) }, bulletin.attendees.map { Normal($0) })
        sets(.places, gold.places, bulletin.places)
        directives(bulletin, gold)
        if let start = gold.bodyStart {
            let body = Normal(bulletin.paragraphs.joined())
            single(
                .body,
                body.scalars.starts(with: Normal(start).scalars.prefix(40)),
                "starts with \(body.text.prefix(40))"
            )
        }
    }

    // MARK: Single answers

    private mutating func fields(_ bulletin: Bulletin, _ gold: GoldAnnotation) {
        func compare(_ field: ScoredField, _ expected: String?, _ actual: String?) {
            let isAccepted = actual.map { gold.accepted[field.rawValue]?.contains($0) ?? false } ?? false
            let isRight = expected.map { Normal($0) } == actual.map { Normal($0) } || isAccepted
            single(field, isRight, "\(actual ?? "nothing") for \(expected ?? "nothing")")
        }
        compare(.title, gold.title, bulletin.title)
        compare(.source, gold.source, bulletin.source)
        compare(.publishedOn, gold.publishedOn, bulletin.publishedOn?.description)
        compare(.documentNumber, gold.documentNumber, bulletin.documentNumber)
        compare(.eventDate, gold.eventDate, bulletin.eventDate?.description)
        func scored(_ kind: String) -> String { kind == "meeting" || kind == "notice" ? kind : "neither" }
        compare(.kind, scored(gold.kind), scored(bulletin.kind.rawValue))
    }

    private mutating func single(_ field: ScoredField, _ isRight: Bool, _ mistake: @autoclosure () -> String) {
        table.add(field, Tally(hits: isRight ? 1 : 0, wrong: 0, missing: isRight ? 0 : 1))
        if !isRight { note(field, mistake()) }
    }

    // MARK: Sets

    private mutating func people(_ bulletin: Bulletin, _ gold: GoldAnnotation) {
        let expected = gold.people.map { Normal($0.name) }
        let actual = bulletin.people.map { Normal($0.name) }
        let optional = Set(gold.peopleOptional.map { Normal($0.text) })
        sets(.people, Set(expected), Set(actual), optional: optional)
        let expectedRoles = gold.people.flatMap { person in
            (person.roles ?? []).map { Normal(person.name + "|" + $0) }
        }
        let actualRoles = bulletin.people.filter { !optional.contains(Normal($0.name)) }.flatMap { person in
            person.roles.map { Normal(person.name + "|" + $0) }
        }
        sets(.roles, Set(expectedRoles), Set(actualRoles))
    }

    private mutating func organizations(_ bulletin: Bulletin, _ gold: GoldAnnotation) {
        let named = Set(gold.organizations.map { Normal($0.text) })
        let collective = Set(gold.collectiveOrganizations.map { Normal($0.text) })
        let optional = Set(gold.organizationsOptional.map { Normal($0.text) }).union(named).union(collective)
        func actual(_ isCollective: Bool) -> Set<Normal> {
            Set(bulletin.organizations.filter { $0.collective == isCollective }.map { Normal($0.name) })
        }
        sets(.organizations, named, actual(false), optional: optional)
        sets(.collective, collective, actual(true), optional: optional)
    }

    private mutating func sets(_ field: ScoredField, _ gold: [GoldAnnotation.Name], _ actual: [String]) {
        sets(field, Set(gold.map { Normal($0.text) }), Set(actual.map { Normal($0) }))
    }

    private mutating func sets(
        _ field: ScoredField,
        _ gold: Set<Normal>,
        _ actual: Set<Normal>,
        optional: Set<Normal> = []
    ) {
        let missing = gold.subtracting(actual)
        let wrong = actual.subtracting(gold).subtracting(optional)
        table.add(field, Tally(hits: gold.count - missing.count, wrong: wrong.count, missing: missing.count))
        for name in missing.map(\.text).sorted() { note(field, "missing \(name)") }
        for name in wrong.map(\.text).sorted() { note(field, "wrong \(name)") }
    }

    /// Like sets, but the members of a gold group may be given one by one.
    private mutating func groups(_ gold: [Normal], _ actual: [Normal]) {
        let gold = Array(Set(gold))
        var covered = [Int](repeating: 0, count: gold.count)
        for group in Set(actual) {
            let length = group.scalars.count
            let fitting = gold.indices.filter { index in
                let expected = gold[index]
                let count = expected.scalars.count
                if group == expected { return true }
                if count > 4, length > 1, expected.contains(group) { return true }
                return count > 1 && group.contains(expected) && Double(count) >= 0.6 * Double(length)
            }
            guard let best = fitting.max(by: { gold[$0].scalars.count < gold[$1].scalars.count }) else {
                table.add(.attendees, Tally(hits: 0, wrong: 1, missing: 0))
                note(.attendees, "wrong \(group.text)")
                continue
            }
            covered[best] += length
        }
        for (index, expected) in gold.enumerated() {
            let length = expected.scalars.count { !"、，,；;和及等".unicodeScalars.contains($0) }
            let isFound = Double(covered[index]) >= 0.5 * Double(length)
            table.add(.attendees, Tally(hits: isFound ? 1 : 0, wrong: 0, missing: isFound ? 0 : 1))
            if !isFound { note(.attendees, "missing \(expected.text)") }
        }
    }

    // MARK: Directives

    private mutating func directives(_ bulletin: Bulletin, _ gold: GoldAnnotation) {
        let expected = gold.directives.map { Normal($0.text) }
        var found = [[(directive: Directive, overlap: Int)]](repeating: [], count: expected.count)
        for directive in bulletin.directives {
            let text = Normal(directive.text)
            guard !text.scalars.isEmpty else { continue }
            if let (index, overlap) = Self.best(expected, for: text),
                Double(overlap) >= 0.8 * Double(min(text.scalars.count, expected[index].scalars.count)),
                overlap >= min(6, expected[index].scalars.count)
            {
                found[index].append((directive, overlap))
            } else {
                table.add(.directives, Tally(hits: 0, wrong: 1, missing: 0))
                note(.directives, "wrong \(text.text.prefix(40))")
            }
        }
        for (index, directive) in gold.directives.enumerated() where directive.heading != true {
            let hits = found[index]
            let covered = hits.reduce(0) { $0 + $1.overlap }
            let isFound = Double(covered) >= 0.6 * Double(expected[index].scalars.count)
            table.add(.directives, Tally(hits: isFound ? 1 : 0, wrong: 0, missing: isFound ? 0 : 1))
            guard isFound else {
                note(.directives, "missing \(expected[index].text.prefix(40))")
                continue
            }
            let speaker = directive.speaker.map { Normal($0) }
            single(
                .speaker,
                hits.allSatisfy { $0.directive.speaker.map { Normal($0) } == speaker },
                "\(hits.map { $0.directive.speaker ?? "nobody" }) for \(speaker?.text ?? "nobody"): \(directive.text.prefix(20))"
            )
            sets(
                .responsible,
                Set((directive.responsible ?? []).map { Normal($0.text) }),
                Set(hits.flatMap { $0.directive.responsible.map { Normal($0) } })
            )
        }
    }

    /// The gold text that shares the longest stretch with `text`, and the length of that.
    private static func best(_ gold: [Normal], for text: Normal) -> (index: Int, overlap: Int)? {
        if let same = gold.firstIndex(of: text) { return (same, text.scalars.count) }
        let overlaps = gold.indices.map { (index: $0, overlap: gold[$0].longestCommonStretch(with: text)) }
        // The first of several that are as good, as in the scorer's `max`.
        return overlaps.max { $0.overlap < $1.overlap || ($0.overlap == $1.overlap && $0.index > $1.index) }
    }

    private mutating func note(_ field: ScoredField, _ mistake: String) {
        table.mistakes.append("\(id) \(field.rawValue): \(mistake)")
    }
}
