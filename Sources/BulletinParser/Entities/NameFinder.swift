/// Judges whether a person's name stands at a place, and how long it is.
///
/// A candidate is a surname with one or two characters of a given name. It earns points for what stands before it
/// (a title, a list of names, the start of a clause), for what follows (a verb that persons are subjects of, a title,
/// punctuation) and for its characters; it loses points where ordinary words cover or cut it. The figures were set by
/// hand and checked on news texts with annotated names.
struct NameFinder {
    let scan: LineScan
    let lexicon: Lexicon

    /// What stands before a candidate.
    enum Before {
        /// The head of a title: 市长X.
        case title
        /// A word that only calls somebody something: 军人X.
        case address
        /// Another name and a separator.
        case list
        /// A line's start, punctuation, or a word that ends names.
        case clause
        /// The name of an organisation: 政法大学X教授.
        case organ
        /// Anything else.
        case other

        var points: Double {
            switch self {
            case .title: 4
            case .address: 3
            case .list: 3.2
            case .clause: 1
            case .organ: 1
            case .other: -1
            }
        }
    }

    /// A name that may stand at a place.
    struct Candidate {
        var range: Range<Int>
        var points: Double
    }

    /// Points from which a candidate counts as a name.
    static let threshold = 4.0
    /// Points from which a candidate counts as a name if a list goes on with names.
    static let weakThreshold = 2.6

    /// The best candidate that starts at `start`; nil if no name can start there.
    func candidate(at start: Int, before: Before) -> Candidate? {
        if let foreign = transliterated(at: start, before: before) { return foreign }
        let text = scan.text
        guard LineScan.isHan(text[start]) else { return nil }
        let first = lexicon.character(text[start])
        var best: Candidate?
        func consider(_ length: Int, surname: Int, base: Double) {
            guard let candidate = judge(start..<start + length, surname: surname, before: before, base: base) else {
                return
            }
            if best.map({ candidate.points > $0.points }) ?? true { best = candidate }
        }
        if start + 1 < text.count, lexicon.isDoubleSurname(text[start], text[start + 1]) {
            consider(3, surname: 2, base: 1)
            consider(4, surname: 2, base: 1)
        }
        if first.contains(.surname) {
            let base = first.contains(.commonSurname) ? 0.5 : -0.4
            consider(2, surname: 1, base: base)
            consider(3, surname: 1, base: base)
        } else if case .title = before {
            // Names without a known surname (巴特尔) only directly after a title and before a clear end.
            let ordinary: WordClass = [.boundary, .afterPerson, .title, .organ, .regionCharacter]
            if scan.startClasses[start].isDisjoint(with: ordinary), scan.reach[start] == start + 1 {
                for length in 2...4 where start + length <= text.count && isSoundName(start..<start + length) {
                    consider(length, surname: 0, base: -2.2)
                }
            }
        }
        return best
    }

    private func judge(_ range: Range<Int>, surname: Int, before: Before, base: Double) -> Candidate? {
        let text = scan.text
        guard range.upperBound <= text.count else { return nil }
        var points = before.points + base
        // 王主任, 李书记: a surname before a title is no name.
        let given = range.lowerBound + surname
        if surname > 0, scan.reach[given] > given + 1, scan.reach[given] >= range.upperBound,
            !scan.startClasses[given].isDisjoint(with: [.title, .address, .groupTitle])
        {
            return nil
        }
        for place in range.dropFirst() {
            guard LineScan.isHan(text[place]) else { return nil }
            if scan.spaceBefore[place] {
                // 王　伟: a space within a name of two characters, and another boundary behind it.
                guard range.count == 2,
                    !LineScan.isHan(text[safe: range.upperBound]) || scan.spaceBefore[range.upperBound]
                        || !scan.spaceBefore[range.lowerBound]
                else { return nil }
            }
        }
        for place in range.dropFirst(surname) {
            let character = lexicon.character(text[place])
            if character.contains(.unlikely) {
                points -= 2
            } else if character.contains(.given) {
                points += 0.7
            }
        }
        let end = range.upperBound
        // Surnames that are little words (于, 向, 和) are mostly those words.
        if surname == 1, !isTitled(before),
            lexicon.words.tags(ofCharacter: text[range.lowerBound]).contains(.boundary)
        {
            let opens = range.lowerBound == 0 || !LineScan.isHan(text[range.lowerBound - 1])
            points -= opens ? 0.6 : 1.8
        }
        let following = after(end, before: before)
        points += following
        // A character that is a word by itself (在, 对, 等) hardly ends a name, unless nothing follows it.
        let last = lexicon.words.tags(ofCharacter: text[end - 1])
        if following < 1.5, range.count > surname + 1 || surname == 0,
            !last.isDisjoint(with: [.boundary, .afterPerson]), isJoined(end)
        {
            points -= 1.6
        }
        // Words that cover the name, or that start in it and end behind it.
        if surname < 2 {
            let longest = scan.reach[range.lowerBound]
            if longest >= end {
                points -= isTitled(before) && longest == end ? 2.6 : 4.5
            } else if longest > range.lowerBound + 1, range.count == 3 {
                let isVerb = !scan.startClasses[range.lowerBound].isDisjoint(with: [.title, .organ])
                points -= isVerb ? 4 : isTitled(before) ? 0.4 : 1.2
            }
        }
        if end < text.count, scan.reach[end] == end + 1,
            range.dropFirst(max(surname, 1)).contains(where: { scan.reach[$0] > end })
        {
            points -= 2
        }
        points -= Double(scan.costFrom[end] - shortestRest(range.lowerBound, surname: surname)) / 10
        return Candidate(range: range, points: points)
    }

    /// Whether all characters of a name without a known surname are usual in names.
    private func isSoundName(_ range: Range<Int>) -> Bool {
        range.allSatisfy { place in
            let character = lexicon.character(scan.text[place])
            return !character.isDisjoint(with: [.given, .transliteration]) && !character.contains(.unlikely)
        }
    }

    private func isTitled(_ before: Before) -> Bool {
        switch before {
        case .title, .address, .list: true
        case .clause, .organ, .other: false
        }
    }

    private func isJoined(_ place: Int) -> Bool {
        place < scan.text.count && LineScan.isHan(scan.text[place]) && !scan.spaceBefore[place]
    }

    /// What the cheapest segmentation behind a name that starts at `start` costs.
    private func shortestRest(_ start: Int, surname: Int) -> Int {
        let shortest = start + max(surname, 1) + 1
        var cost = Int.max
        for end in shortest...shortest + 1 where end <= scan.text.count && (end == shortest || isJoined(shortest)) {
            cost = min(cost, scan.costFrom[end])
        }
        return cost
    }

    /// Points for what follows a name.
    private func after(_ end: Int, before: Before) -> Double {
        let text = scan.text
        guard end < text.count else { return isTitled(before) ? 1.5 : 0.3 }
        guard LineScan.isHan(text[end]) else {
            if text[end] < 0x80, !scan.spaceBefore[end], Unicode.Scalar(text[end])?.properties.isAlphabetic == true {
                return -1
            }
            return isTitled(before) ? 1.5 : 0.5
        }
        if scan.spaceBefore[end] { return isTitled(before) ? 1.2 : 0.5 }
        let classes = scan.longestClasses[end]
        let length = scan.reach[end] - end
        if text[end] == 0x7B49 {  // 等
            let next = end + 1 < text.count ? scan.startClasses[end + 1] : []
            if !next.isDisjoint(with: [.unit, .regionCharacter, .regionSuffix, .organ, .country]) { return -1 }
            if isTitled(before) { return length > 1 ? 2 : 1.5 }
            return length > 1 ? 1.5 : 1
        }
        if classes.contains(.title), !classes.contains(.groupTitle) || length > 2 { return 2 }
        if classes.contains(.address) { return 2.2 }
        if classes.contains(.afterPerson) { return length > 1 ? 2 : 0.8 }
        if length > 1 { return 0.5 }
        return -1
    }

    /// Foreign and minority names with a dot between their parts (弗拉基米尔·普京, 雪克来提·扎克尔).
    private func transliterated(at start: Int, before: Before) -> Candidate? {
        let text = scan.text
        var end = start
        var dots = 0
        var run = 0
        while end < text.count, end - start < 24 {
            let scalar = text[end]
            if Self.isDot(scalar), run > 0 {
                dots += 1
                run = 0
            } else if lexicon.character(scalar).contains(.transliteration), run < 8 {
                if dots > 0, run > 0, scan.reach[end] > end + 1,
                    !scan.startClasses[end].isDisjoint(with: [.afterPerson, .title, .address, .boundary])
                {
                    break
                }
                run += 1
            } else {
                break
            }
            end += 1
        }
        guard dots > 0, run > 0 else { return nil }
        // No character of the name may stand before it, or it would have started there.
        if start > 0, lexicon.character(text[start - 1]).contains(.transliteration), !isTitled(before),
            scan.startsWord(start) == false
        {
            return nil
        }
        return Candidate(range: start..<end, points: Self.threshold + 1)
    }

    static func isDot(_ scalar: UInt32) -> Bool {
        scalar == 0xB7 || scalar == 0x2022 || scalar == 0x2027 || scalar == 0x30FB || scalar == 0xFF65
            || scalar == 0x22C5
    }
}

extension Array where Element == UInt32 {
    /// The element, or 0 behind the end.
    @inline(__always)
    subscript(safe index: Int) -> UInt32 { index >= 0 && index < count ? self[index] : 0 }
}
