import BulletinText

/// Full names of organs that a text names in short.
///
/// A name that begins with a level (區衛健局) takes the name of the bulletin's jurisdiction of that level (大洼區衛健局). An
/// abbreviation that the text introduces (…委员会（以下简称市卫健委）) stands for what it abbreviates. Of two names that begin
/// and end alike, the shorter one is short for the longer one if its characters stand in it in the same order and no
/// other name of the text fits as well (市住建局, 市住房和城乡建设局).
struct CanonicalNames {
    private let jurisdiction: Scalars
    private let foldedJurisdiction: Scalars
    private var given: [Scalars: Scalars] = [:]
    private var longNames: [(folded: Scalars, written: Scalars)] = []
    /// The places in ``longNames`` of those that begin with the same two characters.
    private var alike: [UInt64: [Int]] = [:]

    /// Of more names that begin alike none is the only one that another is short for; so the time stays linear.
    private static let mostAlike = 1024

    init(place: String?, names: [Scalars], document: DocumentText) {
        jurisdiction = Scalars(text: place ?? "")
        foldedJurisdiction = jurisdiction.folded
        longNames.reserveCapacity(names.count)
        for name in names {
            let folded = name.folded
            if folded.count > 2 { alike[Self.head(folded), default: []].append(longNames.count) }
            longNames.append((folded, name))
        }
        for paragraph in document.paragraphs { readAbbreviations(paragraph) }
    }

    /// The full name, or nil where the text gives no more than the name itself.
    func canonicalName(of name: String) -> String? {
        let written = Scalars(text: name)
        let folded = written.folded
        if let full = given[folded] { return placed(full).text }
        let long = longer(than: folded) ?? written
        let full = placed(long)
        return full == written ? nil : full.text
    }

    /// Puts the jurisdiction before a name that begins with its level.
    private func placed(_ name: Scalars) -> Scalars {
        guard let first = name.first, Self.levels.contains(first.value), name.count > 2 else { return name }
        let folded = name.folded[0]
        guard
            let level = foldedJurisdiction.lastIndex(of: folded), level > 0
        else { return name }
        return Array(jurisdiction[0...level]) + name.dropFirst()
    }

    /// The only longer name of the text that a name abbreviates.
    private func longer(than name: Scalars) -> Scalars? {
        guard name.count >= 3, let first = name.first, let last = name.last, Self.levels.contains(first.value) else {
            return nil
        }
        guard let places = alike[Self.head(name)], places.count <= Self.mostAlike else { return nil }
        var found: Scalars?
        for (folded, written) in places.lazy.map({ longNames[$0] })
        where folded.count > name.count && folded.contains(last) {
            guard Self.isSubsequence(name, of: folded), folded.last == last || Self.longHeads.contains(last.value)
            else {
                continue
            }
            if found != nil { return nil }
            found = written
        }
        return found
    }

    private static func head(_ name: Scalars) -> UInt64 { UInt64(name[0].value) << 32 | UInt64(name[1].value) }

    private static func isSubsequence(_ short: Scalars, of long: Scalars) -> Bool {
        var next = 0
        for scalar in long where next < short.count && scalar == short[next] { next += 1 }
        return next == short.count
    }

    /// Reads X（以下简称Y）, with or without quotation marks around Y.
    private mutating func readAbbreviations(_ line: DocumentText.Line) {
        let text = line.folded
        var index = 0
        while index + 3 < text.count {
            guard text[index] == "简", text[index + 1] == "称" else {
                index += 1
                continue
            }
            var start = index + 2
            while start < text.count, Self.marks.contains(text[start].value) { start += 1 }
            var end = start
            while end < text.count, end - start <= 16, text[end].isHan { end += 1 }
            var open = index
            while open > 0, index - open < 4, text[open] != "(", text[open] != "（" { open -= 1 }
            index = end
            guard end - start >= 2, text[open] == "(" || text[open] == "（" else { continue }
            for (folded, written) in longNames
            where folded.count > end - start && open >= folded.count
                && text[open - folded.count..<open].elementsEqual(folded)
            {
                given[Array(text[start..<end])] = written
            }
        }
    }

    private static let levels: Set<UInt32> = Set("省市区區县縣州旗盟镇鎮乡鄉".unicodeScalars.map(\.value))
    private static let longHeads: Set<UInt32> = Set("委办厅".unicodeScalars.map(\.value))
    private static let marks: Set<UInt32> = Set("“”\"「」:：为".unicodeScalars.map(\.value))
}
