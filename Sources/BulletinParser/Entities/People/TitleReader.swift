/// Reads the titles that stand directly before or after a name.
struct TitleReader {
    let scan: LineScan
    let lexicon: Lexicon

    /// The titles before a name that starts at `start`, in the order of the text: 区委书记、总指挥X.
    ///
    /// `limit` is where the text before belongs to somebody else.
    func titles(before start: Int, limit: Int) -> [Range<Int>] {
        var end = start
        if scan.has(Self.colons, at: end - 1) {
            end -= 1
            // 主席：X heads the minutes of a meeting; it is no office.
            if end == scan.titleBefore[end], Self.presiding.contains(Array(scan.text[..<end])) { return [] }
        }
        var found: [Range<Int>] = []
        var joined: Int?
        while end > limit, scan.titleBefore[end] > 0 {
            let head = max(limit, end - scan.titleBefore[end])
            let near = self.start(ofTitleWithHead: head, limit: limit)
            let from =
                memberStart(before: near, head: head, limit: limit) ?? townStart(before: near, limit: limit) ?? near
            // 县委常委|统战部长: titles without a mark between them are written as one.
            if let later = joined { found[found.count - 1] = from..<later } else { found.append(from..<end) }
            joined = nil
            if scan.has(Self.listMarks, at: from - 1) || isTitleOfSame(before: from - 1, limit: limit) {
                end = from - 1
            } else if from > limit, scan.titleBefore[from] > 0 {
                if !scan.spaceBefore[from], !isGroup(endingAt: from) { joined = found[found.count - 1].upperBound }
                end = from
            } else {
                break
            }
        }
        return found.reversed().filter { isRole($0) }
    }

    /// 某局局长,某集团党委书记|X: a comma between titles, where the clause before it holds nothing but titles.
    private func isTitleOfSame(before comma: Int, limit: Int) -> Bool {
        guard scan.has(Self.commas, at: comma), comma > limit, scan.titleBefore[comma] > 0 else { return false }
        var end = comma
        while end > limit, scan.titleBefore[end] > 0 {
            let head = max(limit, end - scan.titleBefore[end])
            let from = start(ofTitleWithHead: head, limit: limit)
            if from == 0 || from > limit && scan.has(Self.stops, at: from - 1) { return true }
            guard scan.has(Self.listMarks, at: from - 1) else { return false }
            end = from - 1
        }
        return false
    }

    private static let commas = LineScan.StaticSet(",，")
    private static let stops = LineScan.StaticSet("。;；!！")

    /// The titles after a name that ends at `end`: X教授, X（市委书记）.
    func titles(after end: Int) -> [Range<Int>] {
        guard end < scan.text.count else { return [] }
        if let length = longestTitle(at: end) { return isRole(end..<end + length) ? [end..<end + length] : [] }
        if scan.has(Self.opening, at: end) {
            guard
                let close = (end + 1..<min(scan.text.count, end + 40)).first(where: { scan.has(Self.closing, at: $0) })
            else { return [] }
            return titles(filling: end + 1..<close)
        }
        if scan.spaceBefore[end], LineScan.isHan(scan.text[end]) {
            var stop = end + 1
            while stop < scan.text.count, stop - end < 40, !scan.spaceBefore[stop],
                LineScan.isHan(scan.text[stop]) || scan.has(Self.listMarks, at: stop)
            {
                stop += 1
            }
            return titles(filling: end..<stop)
        }
        return []
    }

    /// Titles that fill a range completely, split at 、; none if the range holds anything else.
    private func titles(filling range: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = range.lowerBound
        for place in range.lowerBound...range.upperBound
        where place == range.upperBound || scan.has(Self.listMarks, at: place) {
            guard place > start, scan.titleBefore[place] > 0, place - scan.titleBefore[place] >= start else {
                return []
            }
            guard self.start(ofTitleWithHead: place - scan.titleBefore[place], limit: start) == start else { return [] }
            found.append(start..<place)
            start = place + 1
        }
        return found.filter { isRole($0) }
    }

    /// Length of the longest title that starts at a place.
    private func longestTitle(at place: Int) -> Int? {
        var length: Int?
        lexicon.words.forEachWord(in: scan.text, from: place) { end, classes in
            if classes.contains(.title) { length = end - place }
            if classes.contains(.notTitle) { length = nil }
        }
        return length
    }

    /// Whether the last word of a range is a title and not only an address (同志, 村民).
    private func isRole(_ range: Range<Int>) -> Bool {
        scan.titleBefore[range.upperBound] > 0
            ? isRole(endingAt: range.upperBound) : longestTitle(at: range.lowerBound) != nil
    }

    /// Whether the title that ends at a place is one, and not only an address.
    func isRole(endingAt end: Int) -> Bool {
        lexicon.words.longest(in: scan.text, at: end - scan.titleBefore[end], limit: end)
            .map { !$0.value.isDisjoint(with: [.title, .groupTitle]) } ?? false
    }

    /// Whether the title that ends at a place is one of several persons: 县领导.
    func isGroup(endingAt end: Int) -> Bool {
        lexicon.words.longest(in: scan.text, at: end - scan.titleBefore[end], limit: end)
            .map { $0.value.contains(.groupTitle) } ?? false
    }

    /// 、市迎接全国文明城市测评工作指挥部|副总指挥: where the member of a list of titles begins whose organ holds words that
    /// end names elsewhere; nil where it is not told by marks on both sides and a jurisdiction.
    private func memberStart(before near: Int, head: Int, limit: Int) -> Int? {
        if near > limit + 1, let whole = nextOffice(from: near, limit: limit) { return whole }
        guard near < head,
            scan.wordClasses[scan.wordAt[near]].isDisjoint(with: [.region, .regionCharacter, .organ])
                || near == head,
            head > 0, scan.wordClasses[scan.wordAt[head - 1]].contains(.organSuffix)
        else { return nil }
        var start = near
        while start > limit, head - start < 30, LineScan.isHan(scan.text[start - 1]), !scan.spaceBefore[start],
            !Self.separating.contains(scan.text[start - 1]), scan.titleBefore[start] == 0
        {
            start -= 1
        }
        guard start < near else { return nil }
        // ,福建省援助医疗队|前方指挥部副总指挥: what begins with a place and fills its clause.
        if scan.has(Self.commas, at: start - 1) || scan.has(Self.listMarks, at: start - 1),
            scan.wordStart(start) == start,
            scan.wordClasses[scan.wordAt[start]].contains(.region)
        {
            return start
        }
        guard scan.has(Self.listMarks, at: start - 1), Self.levels.contains(scan.text[start]) else { return nil }
        return start
    }

    /// ,地派|镇副镇长: two or three characters that are no words, between a mark and the level that a title begins with.
    private func townStart(before near: Int, limit: Int) -> Int? {
        guard near < scan.text.count, Self.towns.contains(scan.text[near]), near > limit else { return nil }
        for start in [near - 2, near - 3]
        where start >= limit && start >= 0 && (start == 0 || !LineScan.isHan(scan.text[start - 1])) {
            guard scan.text[start..<near].allSatisfy(LineScan.isHan), !scan.spaceBefore[start + 1],
                !scan.text[start..<near].contains(where: Self.pointing.contains),
                (start..<near).allSatisfy({ scan.reach[$0] <= $0 + 1 || scan.reach[$0] > near }),
                (start..<near - 1).allSatisfy({ !lexicon.vocabulary.hasPair(in: scan.text, at: $0) })
            else { return nil }
            return start
        }
        return nil
    }

    private static let towns = LineScan.StaticSet("镇乡县")
    private static let pointing = LineScan.StaticSet("一二三四五六七八九十两次由经在与和及我该本全各原为是对向请让时后前上中")

    /// 张三、运输投送|局副局长李四: behind a name and 、 the next member is an office as a whole, where no verb stands in it.
    private func nextOffice(from near: Int, limit: Int) -> Int? {
        let start = limit + 1
        guard limit > 0, near - start <= 12, scan.has(Self.listMarks, at: limit), LineScan.isHan(scan.text[limit - 1])
        else { return nil }
        var place = start
        while place < near {
            guard LineScan.isHan(scan.text[place]), !scan.spaceBefore[place], scan.titleBefore[place + 1] == 0,
                !Self.separating.contains(scan.text[place])
            else { return nil }
            let word = scan.wordAt[place]
            let end = scan.wordStarts[word + 1]
            if end - place > 1, scan.wordClasses[word].contains(.afterPerson) { return nil }
            place = max(place + 1, end)
        }
        return start
    }

    private static let separating = LineScan.StaticSet("和与及由在是为的等")
    private static let levels = LineScan.StaticSet("省市县区州旗镇乡全国")

    /// Walks back from the head of a title over the organ that it belongs to.
    private func start(ofTitleWithHead head: Int, limit: Int) -> Int {
        var start = head
        while start > limit {
            let place = start - 1
            if scan.spaceBefore[start] { break }
            let scalar = scan.text[place]
            guard LineScan.isHan(scalar) else {
                if scan.has(Self.closing, at: place), !scan.spaceBefore[place + 1],
                    let open = opening(before: place, limit: limit)
                {
                    start = open
                    continue
                }
                if Self.isLatin(scalar) {
                    // 8:00|县水利局局长: the time of day.
                    if scalar <= 0x39, place > 1,
                        scan.has(Self.colons, at: place - 1) || scan.has(Self.colons, at: place - 2)
                    {
                        break
                    }
                    start = place
                    continue
                }
                break
            }
            let wordStart = max(limit, scan.wordStart(place))
            let classes = scan.wordClasses[scan.wordAt[place]]
            if scan.text[wordStart] == 0x7B2C, start < scan.text.count,
                scan.has(Self.sessions, at: start)
                    || !scan.wordClasses[scan.wordAt[start]].isDisjoint(with: [.organSuffix, .field])
            {
                start = wordStart  // 第四|次党代会筹备组组长, 市第四|考核组组长
                continue
            }
            if OrganBoundary.ends(scan, word: scan.wordAt[place], lexicon) { break }
            if classes.contains(.title), classes.isDisjoint(with: [.organ, .field, .organSuffix]) { break }
            if classes.contains(.address) { break }
            start = wordStart
        }
        return start
    }

    /// The opening bracket of a short insertion within a title: 党委（党组）书记.
    private func opening(before close: Int, limit: Int) -> Int? {
        var place = close - 1
        while place >= limit, close - place <= 8 {
            if scan.has(Self.opening, at: place) {
                return place > limit && !scan.spaceBefore[place] && LineScan.isHan(scan.text[place - 1]) ? place : nil
            }
            guard LineScan.isHan(scan.text[place]), !scan.wordClasses[scan.wordAt[place]].contains(.byline) else {
                return nil
            }
            place -= 1
        }
        return nil
    }

    static func isLatin(_ scalar: UInt32) -> Bool {
        (scalar >= 0x30 && scalar <= 0x39) || (scalar >= 0x41 && scalar <= 0x5A) || (scalar >= 0x61 && scalar <= 0x7A)
    }

    private static let presiding: Set<[UInt32]> = Set(["主席", "主持人"].map { $0.unicodeScalars.map(\.value) })
    private static let sessions = LineScan.StaticSet("次届期批轮")
    static let listMarks = LineScan.StaticSet("、")
    static let colons = LineScan.StaticSet(":：")
    static let opening = LineScan.StaticSet("(（")
    static let closing = LineScan.StaticSet(")）")
}

/// Where the name of an organ or office can begin.
enum OrganBoundary {
    /// ,交|控|集团: a verb of one character right behind a mark, and a character that is no word: both begin a proper name.
    static func opensName(_ scan: LineScan, word: Int) -> Bool {
        let start = scan.wordStarts[word]
        let end = scan.wordStarts[word + 1]
        guard end - start == 1, word + 2 < scan.wordStarts.count, !particles.contains(scan.text[start]),
            start == 0 || !LineScan.isHan(scan.text[start - 1]), scan.wordStarts[word + 2] - end == 1,
            scan.wordClasses[word + 1].isEmpty, LineScan.isHan(scan.text[end]),
            scan.wordStarts[word + 2] < scan.text.count
        else { return false }
        return !scan.wordClasses[word + 2].isDisjoint(with: [.organSuffix, .groupTitle])
    }

    private static let particles = LineScan.StaticSet("的了着是在由向对把被将给让令使从自于按据经为因并而就也都还又不没无未要应须需可能会等各每某该此这那其我你他她和与及或同跟请")

    /// Whether a word of the segmentation ends the walk back over the name of an organ.
    static func ends(_ scan: LineScan, word: Int, _ lexicon: Lexicon) -> Bool {
        let classes = scan.wordClasses[word]
        guard
            classes.contains(.boundary)
                || (classes.contains(.afterPerson) && classes.isDisjoint(with: [.field, .organSuffix, .organ]))
        else { return false }
        let start = scan.wordStarts[word]
        let end = scan.wordStarts[word + 1]
        if end - start == 1, scan.isInWord(start, lexicon) { return false }
        let next = end < scan.text.count ? scan.wordClasses[word + 1] : []
        if opensName(scan, word: word) { return false }
        // 创新|及|科技|局: the first of two fields is in no list.
        if end - start == 1, scan.text[start] == 0x53CA, word > 0, !next.isDisjoint(with: [.field, .organSuffix]),
            scan.wordStarts[word] - scan.wordStarts[word - 1] == 2,
            scan.wordClasses[word - 1].isDisjoint(with: [.organ, .organSuffix, .unit, .title, .boundary]),
            scan.wordStarts[word - 1] == 0 || scan.text[scan.wordStarts[word - 1] - 1] == 0x3001
        {
            return false
        }
        if end - start == 1, [0x548C, 0x4E0E, 0x53CA, 0x66A8].contains(scan.text[start]), word > 0 {
            // 教育和体育局: 和 between two fields belongs to the name.
            if scan.wordClasses[word - 1].contains(.field), next.contains(.field) { return false }
        }
        guard classes.isDisjoint(with: [.field, .organSuffix, .organ, .region]) else {
            // A word that may also be a field (指导, 督查) ends the name only where a new one begins.
            return !next.isDisjoint(with: [.region, .organ, .regionCharacter])
        }
        return true
    }
}
