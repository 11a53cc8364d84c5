import BulletinEvents

/// Gathers the mentions of all lines into persons.
struct PeopleRoll {
    /// A mention with its line.
    private struct Entry {
        var paragraph: Int
        var mention: NameMention
        var name: [UInt32]
    }

    private var entries: [Entry] = []
    private var bylines: Set<[UInt32]> = []
    /// Distinct names by their first character.
    private var names: [UInt32: [[UInt32]]] = [:]
    /// The names that a mention bears, and where in each paragraph one begins; known once the mentions are settled.
    private var mentioned: Set<[UInt32]> = []
    private var places: [Int: Set<Int>] = [:]

    mutating func add(_ mentions: [NameMention], bylines: [Range<Int>], in scan: LineScan, paragraph: Int) {
        for mention in mentions {
            entries.append(Entry(paragraph: paragraph, mention: mention, name: Array(scan.text[mention.range])))
        }
        for range in bylines { self.bylines.insert(Array(scan.text[range])) }
    }

    /// Drops reporters, and of two names of which one begins the other keeps the one better supported.
    mutating func settle() {
        var support: [[UInt32]: Double] = [:]
        for entry in entries { support[entry.name, default: 0] += entry.mention.points }
        // The longest first, in one order always: of A, AB and ABC it matters which two are compared first.
        let long = support.keys.filter { $0.count > 2 }.sorted {
            $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
        }
        for name in long {
            let short = Array(name.dropLast())
            guard let points = support[name], let other = support[short] else { continue }
            support[other > points ? name : short] = nil
        }
        entries.removeAll { support[$0.name] == nil || (bylines.contains($0.name) && $0.mention.titles.isEmpty) }
        for name in support.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            names[name[0], default: []].append(name)
        }
        for first in names.keys { names[first]?.sort { $0.count > $1.count } }
        for entry in entries {
            mentioned.insert(entry.name)
            places[entry.paragraph, default: []].insert(entry.mention.range.lowerBound)
        }
    }

    /// Finds the mentions of known names where nothing but the name itself tells them.
    mutating func addFurtherMentions(in scan: LineScan, paragraph: Int, lexicon: Lexicon) {
        guard !names.isEmpty else { return }
        let known = places[paragraph] ?? []
        let reader = TitleReader(scan: scan, lexicon: lexicon)
        let heads = FirstCharacters(names.keys)
        var place = 0
        while place < scan.text.count {
            guard heads.mayContain(scan.text[place]), let candidates = names[scan.text[place]] else {
                place += 1
                continue
            }
            guard let name = candidates.first(where: { scan.text[place...].starts(with: $0) }) else {
                place += 1
                continue
            }
            let range = place..<place + name.count
            if !known.contains(place), mentioned.contains(name) {
                let titles = reader.titles(before: place, limit: 0) + reader.titles(after: range.upperBound)
                entries.append(
                    Entry(
                        paragraph: paragraph,
                        mention: NameMention(range: range, titles: titles, points: 0),
                        name: name
                    )
                )
            }
            place = range.upperBound
        }
    }

    /// Where titles stand beside the mentions, in order, as ranges of the scans.
    func titles(paragraphs: Int) -> [[Range<Int>]] {
        var titles = [[Range<Int>]](repeating: [], count: paragraphs)
        for entry in entries { titles[entry.paragraph] += entry.mention.titles }
        for index in titles.indices { titles[index].sort { $0.lowerBound < $1.lowerBound } }
        return titles
    }

    /// The persons in order of their first mention.
    func people(in document: DocumentText, scans: [LineScan]) -> [Person] {
        var people: [Person] = []
        var index: [[UInt32]: Int] = [:]
        let ordered = entries.sorted {
            ($0.paragraph, $0.mention.range.lowerBound) < ($1.paragraph, $1.mention.range.lowerBound)
        }
        for entry in ordered {
            let line = document.paragraphs[entry.paragraph]
            let scan = scans[entry.paragraph]
            let range = scan.original(entry.mention.range)
            let position: Int
            if let known = index[entry.name] {
                position = known
            } else {
                position = people.count
                index[entry.name] = position
                people.append(Person(name: line.text(without: scan, entry.mention.range)))
            }
            people[position].mentions.append(
                Span(paragraph: entry.paragraph, start: range.lowerBound, end: range.upperBound)
            )
            for title in entry.mention.titles {
                let role = line.text(without: scan, title)
                if !people[position].roles.contains(role) { people[position].roles.append(role) }
            }
        }
        return people
    }
}

extension DocumentText.Line {
    /// The text as written of a range of a scan of this line, without white space.
    func text(without scan: LineScan, _ range: Range<Int>) -> String {
        let place = scan.original(range)
        if place.count == range.count { return scalars.text(place) }
        return range.map { scalars[scan.origin[$0]] }.text
    }

    /// The same as scalars.
    func scalars(without scan: LineScan, _ range: Range<Int>) -> Scalars { range.map { scalars[scan.origin[$0]] } }
}
