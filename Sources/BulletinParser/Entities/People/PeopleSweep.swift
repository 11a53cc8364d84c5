/// A name found at a place, with the titles beside it, as ranges of a ``LineScan``.
struct NameMention {
    var range: Range<Int>
    var titles: [Range<Int>]
    var points: Double
}

/// One pass over a line, from left to right, in which every name helps to find the next.
struct PeopleSweep {
    let finder: NameFinder
    let reader: TitleReader
    private let scan: LineScan
    private(set) var mentions: [NameMention] = []
    private(set) var bylines: [Range<Int>] = []
    /// Candidates that are not good enough by themselves.
    private var weak: [NameMention] = []

    init(scan: LineScan, lexicon: Lexicon) {
        self.scan = scan
        finder = NameFinder(scan: scan, lexicon: lexicon)
        reader = TitleReader(scan: scan, lexicon: lexicon)
    }

    mutating func run() {
        let text = scan.text
        let signature = closingByline() ?? text.count..<text.count
        var place = 0
        while place < text.count {
            if place == signature.lowerBound { break }
            let character = finder.lexicon.character(text[place])
            guard
                !character.isDisjoint(with: [.surname, .doubleSurname, .transliteration])
                    || scan.titleBefore[place] > 0 || isNextMember(place),
                !scan.inTitleMarks[place]
            else {
                place += 1
                continue
            }
            if isByline(place) {
                if let candidate = finder.candidate(at: place, before: .afterTitle),
                    candidate.points >= NameFinder.threshold
                {
                    bylines.append(candidate.range)
                    place = candidate.range.upperBound
                    continue
                }
            } else if let before = context(place), var candidate = finder.candidate(at: place, before: before),
                candidate.points >= NameFinder.weakThreshold
            {
                if isSigned(candidate.range) {
                    bylines.append(candidate.range)
                    place = candidate.range.upperBound
                    continue
                }
                if let last = weak.last, place > 0, text[place - 1] == 0x3001, last.range.upperBound == place - 1 {
                    candidate.points += 0.6  // One more in a list of what look like names.
                }
                if candidate.points >= NameFinder.threshold {
                    accept(candidate, before: before)
                    place = candidate.range.upperBound
                    continue
                }
                weak.append(NameMention(range: candidate.range, titles: [], points: candidate.points))
            }
            place += 1
        }
    }

    /// What stands before a place; nil where no name can be expected.
    private func context(_ place: Int) -> NameEvidence? {
        guard place > 0 else { return .opensClause }
        let text = scan.text
        if text[place - 1] == 0x5404 { return nil }  // 各|包点组组长
        if scan.titleBefore[place] > 0 {
            if reader.isRole(endingAt: place) {
                return reader.isGroup(endingAt: place) ? .afterGroupTitle : .afterTitle
            }
            if scan.startsWord(place) { return .afterAddress }
        }
        if let end = listEnd(place), let last = mentions.last, end == last.range.upperBound {
            return last.titles.isEmpty ? .inList : .inTitledList
        }
        guard LineScan.isHan(text[place - 1]) else {
            if TitleReader.colons.contains(text[place - 1]), place > 1 {
                if scan.titleBefore[place - 1] > 0, reader.isRole(endingAt: place - 1) { return .afterLabel }
                let isLabel = scan.wordClasses[scan.wordAt[place - 2]].contains(.nameLabel)
                return isLabel ? .afterLabel : .opensClause
            }
            return TitleReader.isLatin(text[place - 1]) ? nil : .opensClause
        }
        if scan.spaceBefore[place] { return .opensClause }
        let classes = scan.wordClasses[scan.wordAt[place - 1]]
        if scan.startsWord(place) {
            if !classes.isDisjoint(with: [.organSuffix, .organ]) { return .afterOrgan }
            if !classes.isDisjoint(with: [.boundary, .afterPerson]) { return .afterWord }
        }
        return .inside
    }

    /// Where the name before a separator (、 和 及 与 or a space) ends, if `place` follows one.
    private func listEnd(_ place: Int) -> Int? {
        guard place > 0 else { return nil }
        let text = scan.text
        switch text[place - 1] {
        case 0x3001, 0x548C, 0x53CA, 0x4E0E, 0x2C, 0xFF0C: return place - 1
        default: return scan.spaceBefore[place] ? place : nil
        }
    }

    /// Behind a name with a title and 、.
    private func isNextMember(_ place: Int) -> Bool {
        place > 0 && scan.text[place - 1] == 0x3001 && mentions.last?.range.upperBound == place - 1
    }

    private func isByline(_ place: Int) -> Bool {
        let text = scan.text
        var end = place
        if let last = bylines.last, place > 0 {
            if listEnd(place) == last.upperBound, text[place - 1] != 0x2C, text[place - 1] != 0xFF0C { return true }
        }
        // 本网讯（张三）
        if scan.has(TitleReader.opening, at: end - 1), scan.has(Self.dispatches, at: end - 2) { return true }
        let hasColon = scan.has(TitleReader.colons, at: end - 1) || scan.has(Self.slashes, at: end - 1)
        if hasColon { end -= 1 }
        guard end > 0, LineScan.isHan(text[end - 1]) else { return false }
        let word = scan.wordAt[end - 1]
        guard scan.wordStarts[word + 1] == end, scan.wordClasses[word].contains(.byline) else { return false }
        return hasColon || scan.wordClasses[word].isDisjoint(with: [.boundary, .afterPerson, .title])
    }

    private static let slashes = LineScan.StaticSet("/|丨")
    private static let houses = LineScan.StaticSet("镇乡县区市局院校办部委社站台街道村所中心室")
    private static let dispatches = LineScan.StaticSet("讯电")

    /// （张三撰稿）: a parenthesis that names who wrote the text.
    private func isSigned(_ range: Range<Int>) -> Bool {
        guard scan.has(TitleReader.opening, at: range.lowerBound - 1), range.upperBound < scan.text.count else {
            return false
        }
        return scan.longestClasses[range.upperBound].contains(.byline)
            && scan.has(TitleReader.closing, at: scan.reach[range.upperBound])
    }

    private mutating func accept(_ candidate: NameFinder.Candidate, before: NameEvidence) {
        let range = candidate.range
        var titles: [Range<Int>] = []
        recoverList(before: range.lowerBound)
        if !before.isDisjoint(with: [.afterTitle, .afterGroupTitle, .afterAddress, .afterLabel]) {
            // A title behind the name before it belongs to that name: 张三博士、副局长|李四.
            let last = mentions.last.map { max($0.range.upperBound, $0.titles.last?.upperBound ?? 0) }
            titles = reader.titles(before: range.lowerBound, limit: last ?? 0)
        } else if range.lowerBound > 0, listEnd(range.lowerBound) == mentions.last?.range.upperBound {
            titles = sharedTitles()
        }
        titles += reader.titles(after: range.upperBound)
        mentions.append(NameMention(range: range, titles: titles, points: candidate.points))
    }

    /// The reporters who sign a line, which are noted, and the place of their names: （张三 李四）.
    private mutating func closingByline() -> Range<Int>? {
        let text = scan.text
        var last = text.count - 1
        while last > 0, scan.has(Self.slashes, at: last) { last -= 1 }  // the border of a cell
        guard last > 0, scan.has(TitleReader.closing, at: last),
            let open = (max(0, last - 24)..<last).last(where: { scan.has(TitleReader.opening, at: $0) }),
            open == 0 || !LineScan.isHan(text[open - 1]) || scan.spaceBefore[open]
        else { return nil }
        var names: [Range<Int>] = []
        var start = open + 1
        while start < last {
            var end = start + 1
            while end < last, !scan.spaceBefore[end], LineScan.isHan(text[end]) { end += 1 }
            defer { start = scan.has(TitleReader.listMarks, at: end) ? end + 1 : end }
            let word = scan.wordAt[start]
            if scan.wordStarts[word] == start, scan.wordClasses[word].contains(.byline) {
                end = scan.wordStarts[word + 1]
                continue
            }
            guard let candidate = finder.candidate(at: start, before: .inTitledList), candidate.range.upperBound == end,
                candidate.points >= NameFinder.threshold
            else {
                // （双浮镇 张三）: whose they are.
                if names.isEmpty, end < last, scan.spaceBefore[end], end - start <= 12,
                    scan.has(Self.houses, at: end - 1)
                {
                    continue
                }
                return nil
            }
            names.append(candidate.range)
        }
        bylines += names
        return names.isEmpty ? nil : open..<last
    }

    /// The titles before a list, which count for each of its members.
    private func sharedTitles() -> [Range<Int>] {
        guard let last = mentions.last else { return [] }
        return last.titles.filter { $0.upperBound <= last.range.lowerBound }
    }

    /// Accepts the weak candidates directly before an accepted one: A、B、C等出席.
    private mutating func recoverList(before start: Int) {
        var start = start
        var found: [NameMention] = []
        while start > 0, let end = listEnd(start), scan.text[start - 1] == 0x3001 || scan.spaceBefore[start],
            let member = weak.last(where: { $0.range.upperBound == end })
        {
            found.append(member)
            start = member.range.lowerBound
        }
        // Members of a list that began with a title have that title too.
        let shared = listEnd(start) == mentions.last?.range.upperBound ? sharedTitles() : []
        for member in found.reversed() {
            mentions.append(NameMention(range: member.range, titles: shared, points: member.points))
        }
        weak.removeAll()
    }
}
