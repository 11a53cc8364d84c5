/// What a list tells of its members.
extension NameFinder {
    /// 洪口路, 在白水河: a street, a water or a village, where nothing tells a person.
    func isWay(_ range: Range<Int>, _ evidence: NameEvidence) -> Bool {
        range.count == 3 && Self.ways.contains(scan.text[range.upperBound - 1])
            && (isUntold(evidence) || evidence.contains(.inside) && !evidence.contains(.beforeTitle))
    }

    /// 源于宁远、蓝山: a county, where nothing tells a person.
    func isCounty(_ range: Range<Int>, _ evidence: NameEvidence) -> Bool {
        isUntold(evidence) && lexicon.countyLength(in: scan.text, at: range.lowerBound) == range.count
    }

    private func isUntold(_ evidence: NameEvidence) -> Bool {
        evidence.isDisjoint(with: [
            .afterTitle, .afterGroupTitle, .afterLabel, .inTitledList, .beforeTitle, .beforeAddress,
            .beforeVerb,
            .beforeEtc,
        ])
    }

    private static let ways = LineScan.StaticSet("路街巷河镇乡村沟坝闸渠")

    /// Whether what looks like a name is a member of a list of waters or territories: 赵家河、黄池河, 罗洲、草尾等镇.
    func isOfPlaces(_ range: Range<Int>) -> Bool {
        let text = scan.text
        let last = text[range.upperBound - 1]
        if Self.waters.contains(last) {
            if text[safe: range.upperBound] == 0x3001, endsAlike(from: range.upperBound + 1, last) { return true }
            if text[safe: range.lowerBound - 1] == 0x3001, text[safe: range.lowerBound - 2] == last { return true }
        }
        guard text[safe: range.upperBound] == 0x3001 || text[safe: range.upperBound] == 0x7B49 else { return false }
        return etcUnits(from: range.upperBound)
    }

    /// 徐庄镇|党委副书记: a town before its own organ.
    func isTerritory(_ range: Range<Int>) -> Bool {
        guard range.count == 3, Self.villages.contains(scan.text[range.upperBound - 1]),
            range.upperBound < scan.text.count
        else { return false }
        if Self.towns.contains(scan.text[range.upperBound - 1]) { return true }
        return !scan.startClasses[range.upperBound].isDisjoint(with: [.organ, .organSuffix])
            || scan.text[range.upperBound] == 0x515A  // 党
    }

    /// Whether the next member of a list ends with a character.
    private func endsAlike(from start: Int, _ last: UInt32) -> Bool {
        var end = start
        while end < scan.text.count, end - start < 6 {
            if !LineScan.isHan(scan.text[end]) || Self.separators.contains(scan.text[end]) {
                return end > start + 1 && scan.text[end - 1] == last
            }
            end += 1
        }
        return false
    }

    /// Whether the list from a place on ends in 等镇, 等村 and the like.
    private func etcUnits(from start: Int) -> Bool {
        let text = scan.text
        var place = start
        while place < text.count, place - start < 40 {
            let scalar = text[place]
            if scalar == 0x7B49, place + 1 < text.count {  // 等
                if Self.sites.longest(in: text, at: place + 1, limit: text.count) != nil { return true }
                return Self.villages.contains(text[place + 1]) && !namesPeople(behind: place)
            }
            guard scalar == 0x3001 || LineScan.isHan(scalar) else { return false }
            place += 1
        }
        return false
    }

    /// Whether what 等 counts are people, whoever they belong to: 等区四套班子领导.
    func namesPeople(behind etc: Int) -> Bool {
        var place = etc + 1
        while place < scan.text.count, place - etc <= 8, LineScan.isHan(scan.text[place]) {
            let classes = scan.startClasses[place]
            if place > etc + 1, classes.contains(.unit), classes.isDisjoint(with: [.organ, .regionCharacter]) {
                return false
            }
            if !classes.isDisjoint(with: [.title, .groupTitle]) { return true }
            place += 1
        }
        return false
    }

    /// 到|曹岗|调研: where somebody went to do something.
    func isVisited(_ range: Range<Int>) -> Bool {
        let text = scan.text
        // 一行|来舒|调研
        if text[range.lowerBound] == 0x6765, range.count == 2,
            Self.inspecting.longest(in: text, at: range.upperBound, limit: text.count) != nil
        {
            return true
        }
        guard range.lowerBound > 0, text[range.lowerBound - 1] == 0x5230 || text[range.lowerBound - 1] == 0x8D74 else {
            return false  // 到赴
        }
        return Self.inspecting.longest(in: text, at: range.upperBound, limit: text.count) != nil
    }

    private static let inspecting = WordTrie<Bool>(words: "调研 检查 督导 督查 督办 视察 考察 巡查 暗访 走访 指导 现场办公")
    /// What a list of places is summed up by, whoever works there.
    private static let sites = WordTrie<Bool>(
        words: "项目 工地 施工现场 重点项目 重点工程 工程 乡镇 镇街 街镇 镇村 镇（街道） 乡（镇） 街道 村居 路段 小区 景区 点位 地 处"
    )

    private static let waters = LineScan.StaticSet("河湖桥沟塘闸坝堤渠港湾村镇乡")
    private static let towns = LineScan.StaticSet("镇乡")
    private static let separators = LineScan.StaticSet("和及与等")
    private static let villages = LineScan.StaticSet("镇乡村县区市州")
}
