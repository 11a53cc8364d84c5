/// The places and levels that names begin with.
extension OrganScanner {
    /// Goes back over 十五届 in 自治州十五届人大常委会.
    func session(before index: Int) -> Int {
        guard index > limit, line.character(index - 1) == 0x5C4A else { return index }
        var start = index - 1
        while start > limit, index - start < 6, line.words[start - 1].count == 1,
            line.kind(start - 1) == .number || Self.numerals.contains(line.character(start - 1))
        {
            start -= 1
        }
        return start
    }

    /// 县|第四次: the level before the number of what happens again and again.
    func counted(before index: Int) -> Int? {
        guard index > limit, line.character(index - 1) == 0x6B21, line.isJoined(index) else {
            return nil
        }  // 次
        var start = index - 1
        while start > limit, index - start < 5, line.isJoined(start),
            line.text[line.words[start - 1].start..<line.words[start - 1].end].allSatisfy(
                Self.numerals.contains
            )
        {
            start -= 1
        }
        guard start < index - 1, start > limit, line.isJoined(start), line.kind(start - 1) == .level
        else { return nil }
        return start - 1
    }

    static let numerals = LineScan.StaticSet("第一二三四五六七八九十")

    /// Whether 市, 区 at a place is the jurisdiction of what follows, and no unit in a list.
    func opensName(_ index: Int) -> Bool {
        guard index > 0, line.isJoined(index) else { return true }
        switch line.words[index - 1].kind {
        case .quantifier, .number: return false
        default: return true
        }
    }

    /// 灌涨|镇政府: two or three characters that no word covers, between a mark and a regional organ.
    func unknownPlace(before head: Int) -> Int {
        var start = head
        while start > limit, line.isJoined(start), head - start < 4, line.kind(start - 1) == .plain,
            line.words[start - 1].count == 1
        {
            start -= 1
        }
        guard head - start == 2 || head - start == 3, !Self.deictics.contains(line.character(start))
        else {
            return head
        }
        guard start > 0 else { return start }
        switch line.kind(start - 1) {
        case .mark, .comma: return start
        // 民盟|云岭|市委
        case .organ where line.isWord(start - 1, in: OrganWords.prefixes): return start
        // 由|灌涨|镇政府: characters that are no ordinary word together.
        case .stop, .joint:
            let name = line.words[start].start..<line.words[head].start
            return line.scan.isDoubtful(name, line.lexicon) ? head : start
        default: return head
        }
    }

    /// 云岭|军分区, 云岭|法院: organs that areas have.
    func hasOwnPlace(_ head: Int) -> Bool {
        let word = line.words[head]
        return (2...5).contains(word.count) && Self.placed.contains(line.text[word.end - 1])
            && !Self.central.contains(line.text[word.start])
    }

    static let placed = LineScan.StaticSet("区院局联委部会")
    static let central = LineScan.StaticSet("国中全最解")

    static let deictics = LineScan.StaticSet("我本该全各原驻")

    /// Goes back over the places that stand directly before the word at `index`: 四川省|成都市|…
    func places(before index: Int) -> Int {
        var start = index
        while start > limit, start == index || line.isJoined(start), line.kind(start - 1) == .place,
            line.isJoined(start)
        {
            start -= 1
        }
        return start
    }

    /// 自治州 before an organ, or a place.
    func jurisdiction(before index: Int) -> Int? {
        guard index > limit, line.isJoined(index) else { return nil }
        switch line.words[index - 1].kind {
        case .place: return prefix(before: places(before: index))
        case .level: return prefix(before: places(before: index - 1))
        default: return nil
        }
    }

    /// 中共, 武警, 国网 before the jurisdiction.
    func prefix(before start: Int) -> Int {
        guard start > limit, line.isJoined(start), line.isWord(start - 1, in: OrganWords.prefixes)
        else { return start }
        return start - 1
    }
}
