internal import BulletinText

/// The tools that leave readings in pages: each site's has another table.
struct ReadingTool: Sendable {
    /// Sites with a tool each; a bulletin comes from one of them.
    static let sites: [ReadingTool] = (0..<24).map(ReadingTool.init(site:))

    /// Readings by character.
    private let readings: [Unicode.Scalar: String]
    private let byteTool: PinyinDamage

    private init(site: Int) {
        var random = CorpusRandom(seed: 0x5EED, index: UInt64(site))
        let share = random.within(12...60)
        let chosen = Self.all.filter { _ in random.chance(share) }
        readings = Dictionary(uniqueKeysWithValues: chosen)
        byteTool = PinyinDamage(
            readings: chosen.map { (character: $0.0, reading: $0.1) },
            matching: .singlePass,
            decoder: random.chance(70) ? .questionMark : .replacementCharacter
        )
    }

    /// The traditional characters that have a simplified form, with their usual readings, in the order of their codes.
    private static let all: [(Unicode.Scalar, String)] = {
        var usual: [Unicode.Scalar: String] = [:]
        for line in ReadingTable.lines.description.split(separator: "\n") {
            let fields = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count > 1 else { continue }
            for scalar in fields[1].unicodeScalars { usual[scalar] = String(fields[0]) }
        }
        return TraditionalTable.traditional.description.unicodeScalars.compactMap { scalar in
            usual[scalar].map { (scalar, $0) }
        }.reduce(into: []) { list, pair in
            if !list.contains(where: { $0.0 == pair.0 }) { list.append(pair) }
        }
    }()

    /// Puts readings behind characters, in half- or full-width parentheses, now and then with a space in them.
    func insertReadings(_ text: String, _ random: inout CorpusRandom) -> String {
        let isWide = random.chance(12)
        let hasSpace = random.chance(20)
        var damaged = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            damaged.append(scalar)
            guard let reading = readings[scalar] else { continue }
            damaged.append(isWide ? "（" : "(")
            damaged.append(contentsOf: reading.unicodeScalars)
            if hasSpace, random.chance(15) { damaged.append(" ") }
            damaged.append(isWide ? "）" : ")")
        }
        return String(damaged)
    }

    /// Inserts readings into GBK bytes; nil where nothing was hit out of step, or more was lost than can be undone.
    func insertOutOfStep(_ text: String) -> String? {
        // GBK has no such space, and what it does not have is lost.
        let writable = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }))
        let outcome = byteTool.apply(to: writable)
        return outcome.outOfStep > 0 && !outcome.isLossy ? outcome.text : nil
    }
}
