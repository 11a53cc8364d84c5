/// Joins the words of geographic names: 大|洼|区 to 大洼区, 临港|经济|开发区 to one word.
///
/// A name is a place of the lexicon with or without its level (盘锦, 盘锦市), or one to four characters that no ordinary
/// word covers before a level (大洼区, 二界沟镇). What has once been read with its level is known without it from there
/// on in the whole bulletin (大洼).
struct PlaceNames {
    /// Names without their level that the bulletin has given, by their first character.
    private(set) var stems: [UInt32: [[UInt32]]] = [:]

    /// Learns the name of the jurisdiction, with and without its level.
    mutating func learn(jurisdiction: String) {
        let name = LineScan.folded(jurisdiction)
        guard let last = name.last, name.count >= 3, name.count <= 5, Self.levels.contains(last) else { return }
        learn(Array(name.dropLast()))
    }

    private static let levels = LineScan.StaticSet("省市区县州旗镇乡")

    mutating func read(_ line: inout PhraseLine) {
        var out: [PhraseLine.Word] = []
        out.reserveCapacity(line.words.count)
        let words = line.words
        for index in words.indices {
            var word = words[index]
            let joined = line.isJoined(index)
            if joined, let last = out.last, isChance(word, behind: last, before: index + 1, in: line) {
                for place in word.start..<word.end {
                    out.append(PhraseLine.Word(start: place, end: place + 1, kind: .plain, classes: []))
                }
                continue
            }
            if joined, let last = out.last, let city = cityWord(word, behind: last, in: line) {
                out[out.count - 1] = PhraseLine.Word(
                    start: last.start,
                    end: city,
                    kind: .level,
                    classes: .regionCharacter
                )
                out.append(PhraseLine.Word(start: city, end: word.end, kind: .field, classes: .field))
                continue
            }
            if joined, let start = shortNamed(word, behind: out, in: line) {
                learn(Array(line.text[start..<word.end - 1]))
                out.removeLast()
                out.append(PhraseLine.Word(start: start, end: word.end, kind: .place, classes: .regionCharacter))
                continue
            }
            if word.kind == .level, joined || out.isEmpty {
                if let found = nameStart(before: out, of: word, in: line) {
                    // 到|和|政县: one character before the level, where two fill the phrase.
                    let isShort = out.count - found == 1 && out[found].count == 1
                    let from = isShort ? county(before: out, of: word, in: line) ?? found : found
                    let start = out[from].start
                    learn(Array(line.text[start..<word.start]))
                    out.removeSubrange(from...)
                    word = PhraseLine.Word(start: start, end: word.end, kind: .place, classes: word.classes)
                } else if let from = soundName(before: out, of: word, in: line) ?? town(before: out, of: word, in: line)
                    ?? county(before: out, of: word, in: line)
                    ?? ownArea(word, behind: out, in: line)
                {
                    let start = out[from].start
                    out.removeSubrange(from...)
                    word = PhraseLine.Word(start: start, end: word.end, kind: .place, classes: word.classes)
                }
            }
            out.append(word)
        }
        line.replaceWords(out)
    }

    /// 县城|市: where 城市 begins, whose first half was read as the end of 县城.
    private func cityWord(_ word: PhraseLine.Word, behind last: PhraseLine.Word, in line: PhraseLine)
        -> Int?
    {
        guard word.count == 1, line.text[word.start] == 0x5E02, last.count == 2, last.end == word.start,
            line.text[last.start + 1] == 0x57CE, Self.levels.contains(line.text[last.start])
        else { return nil }
        return last.start + 1
    }

    /// 金|城镇, 江|城区: an ordinary word that ends like a level, behind one character at the head of a phrase.
    private func shortNamed(_ word: PhraseLine.Word, behind out: [PhraseLine.Word], in line: PhraseLine) -> Int? {
        let text = line.text
        guard word.count == 2, Self.shortLevels.contains(text[word.end - 1]),
            Self.shortSeconds.contains(text[word.start]),
            let last = out.last, last.count == 1, last.kind == .plain, LineScan.isHan(text[last.start]),
            !Self.never.contains(text[last.start]), !Self.kinds.contains(text[last.start]),
            opensPhrase(out.count - 1, out, line)
        else { return nil }
        return last.start
    }

    private static let shortLevels = LineScan.StaticSet("镇区市县乡")
    private static let shortSeconds = LineScan.StaticSet("城山河林矿")
    /// What kind of 城区 or 山区 it is.
    private static let kinds = LineScan.StaticSet("主中古高深边远偏农乡丘套")

    /// 县|经济开发区: an area that belongs to a level, at the head of a phrase.
    private func ownArea(_ area: PhraseLine.Word, behind out: [PhraseLine.Word], in line: PhraseLine) -> Int? {
        guard area.count > 2, let last = out.last, last.kind == .level, last.count == 1,
            Self.areas.ends(line.text, area.start..<area.end), opensPhrase(out.count - 1, out, line)
        else { return nil }
        return out.count - 1
    }

    private static let areas = WordTrie<Bool>(words: "开发区 高新区 经开区 园区 产业园 工业园 科技园 示范区 度假区 保税区 集聚区 集中区 管理区")

    /// Where the name before a level begins in `out`; nil if none stands there.
    private func nameStart(before out: [PhraseLine.Word], of level: PhraseLine.Word, in line: PhraseLine) -> Int? {
        guard var index = out.indices.last, !line.scan.spaceBefore[level.start] else { return nil }
        let text = line.text
        if out[index].kind == .place, !out[index].classes.contains(.regionCharacter) {
            // 盘锦|市, but 青海|省|西宁|市 are two, and 北京|开发区 is one.
            return index
        }
        let isArea = level.count > 1 && !Self.administrative.contains(text[level.start..<level.end])
        let isAutonomous = level.count > 1 && text[level.start] == 0x81EA  // 自: 石柱土家族|自治县
        let longest = isArea || isAutonomous ? 12 : line.text[level.start] == 0x533A ? 3 : 4  // 区
        var length = 0
        var from: Int?
        while index >= 0, length < longest {
            let word = out[index]
            // 推进|工业园区
            if isArea, word.count > 1, Self.isVerb(line, word) { return accept(from, length, out, level, in: line) }
            if from != nil, line.scan.spaceBefore[word.end] { break }
            switch word.kind {
            case .plain, .number: break
            case .field where isArea || word.count == 2 && from == nil: break
            case .headCharacter: break
            // 银|州|街道: a name that ends like a level.
            case .level
            where word.count == 1 && from == nil && !isArea && index > 0 && out[index - 1].kind == .plain
                && out[index - 1].count == 1 && opensPhrase(index - 1, out, line) && isJoinedPair(index, out, line):
                break
            case .joint where !isArea && word.count == 1 && from == nil && isNamed(index, out, line): break
            case .place where isArea:
                return index
            case .place where length == 1 && from == index + 1 && Self.roads.contains(text[word.end]):
                return index  // 桃园|路|街道
            default:
                return accept(from, length, out, level, in: line)
            }
            if length + word.count > longest {
                // A longer row of such characters is no name.
                return isArea ? accept(from, length, out, level, in: line) : nil
            }
            if word.count > 1, !isArea {
                // 和平|区: an ordinary word makes a name only at the start of a phrase.
                guard length <= 1, opensPhrase(index, out, line), !isDescribed(index, out, line),
                    !Self.praise.contains(text[word.start..<word.end]),
                    !Self.ordinary(line, word),
                    !Self.isVerb(line, word)
                else { break }
                return index
            }
            if from == nil, !isArea, Self.never.contains(text[word.start]) { return nil }
            length += word.count
            from = index
            index -= 1
        }
        if index >= 0, !isArea, from == index + 1, out[index].kind == .plain, out[index].count == 1, from != nil,
            !line.scan.spaceBefore[out[index].end]
        {
            return nil
        }
        return accept(from, length, out, level, in: line)
    }

    /// ，称勾|镇|召开: two or three characters that fill a clause up to the level, whatever words they are elsewhere.
    private func town(before out: [PhraseLine.Word], of level: PhraseLine.Word, in line: PhraseLine) -> Int? {
        let text = line.text
        guard level.count == 1, text[level.start] == 0x9547 || text[level.start] == 0x4E61 else { return nil }  // 镇乡
        var from = out.count
        while from > 0, out[from - 1].count == 1, out.count - from < 4,
            out[from - 1].kind == .plain || out[from - 1].kind == .stop
        {
            from -= 1
        }
        guard out.count - from == 2 || out.count - from == 3, from == 0 || out[from - 1].kind == .mark else {
            return nil
        }
        let isBare = out[from...].contains {
            Self.never.contains(text[$0.start]) || Self.particles.contains(text[$0.start])
        }
        return isBare ? nil : from
    }

    /// 到|和|政|县, ,|金|乡|县: two characters that fill a phrase up to 县 or 市, whatever they are elsewhere.
    private func county(before out: [PhraseLine.Word], of level: PhraseLine.Word, in line: PhraseLine) -> Int? {
        let text = line.text
        guard level.count == 1, text[level.start] == 0x53BF || text[level.start] == 0x5E02, out.count >= 2 else {
            return nil
        }
        let from = out.count - 2
        guard out[from].count == 1, out[from + 1].count == 1, out[from + 1].end == level.start,
            out[from].end == out[from + 1].start, !line.scan.spaceBefore[out[from + 1].start],
            LineScan.isHan(text[out[from].start]), LineScan.isHan(text[out[from + 1].start]),
            !Self.noFirst.contains(text[out[from].start]), !Self.noSecond.contains(text[out[from + 1].start])
        else { return nil }
        let name = out[from].start..<level.start
        if Self.notNames.longest(in: text, at: name.lowerBound, limit: name.upperBound)?.end == name.upperBound
            || isVerb(name, in: line)
        {
            return nil
        }
        guard from > 0, !line.scan.spaceBefore[out[from].start] else { return from }
        switch out[from - 1].kind {
        case .mark, .comma, .stop, .open, .etc, .place: return from
        default: return nil
        }
    }

    private static let noFirst = LineScan.StaticSet(
        "各全我该本此每两几多数某任其他她你在对向从由把被将与及到于为是有就以的了着第一二三四五六七八九十省市县区州镇乡等让使请派要应也都还又"
    )
    private static let noSecond = LineScan.StaticSet("个各本该的我全此某两几多省州区这那在对到等")
    private static let particles = LineScan.StaticSet("是的了在到由对向从把将被为以和与及要")

    private func accept(
        _ from: Int?,
        _ length: Int,
        _ out: [PhraseLine.Word],
        _ level: PhraseLine.Word,
        in line: PhraseLine
    ) -> Int? {
        guard var from, length > 0 else { return nil }
        var length = length
        // 先后前往|了|丹橙农业园区
        while from < out.count - 1, out[from].count == 1, Self.particles.contains(line.text[out[from].start]) {
            length -= 1
            from += 1
        }
        // “绿色|随县”: what it wants to be called.
        if level.count == 1, length >= 3,
            Self.praise.contains(line.text[out[from].start..<out[from].start + 2]),
            let name = out.indices.last(where: { out[$0].start == out[from].start + 2 })
        {
            length -= 2
            from = name
        }
        // 建设|同步发展示范区: what is still to be made.
        if level.count > 1, from > 0, Self.making.contains(line.text[out[from - 1].start..<out[from - 1].end]) {
            return nil
        }
        // 四化同|步发展示范区: what begins in the middle of a word.
        if level.count > 1, out[from].start > 0, !line.scan.spaceBefore[out[from].start],
            line.lexicon.vocabulary.hasPair(in: line.text, at: out[from].start - 1)
        {
            return nil
        }
        // 开|创|齐乐|镇: what is known already ends there.
        if level.count == 1, length >= 3, let known = knownStem(before: level.start, from: out[from].start, in: line),
            let word = out.indices.last(where: { out[$0].start == known })
        {
            return word
        }
        if Self.notNames.longest(in: line.text, at: out[from].start, limit: level.start)?.end == level.start {
            return nil
        }
        if isVerb(out[from].start..<level.start, in: line) { return nil }
        if level.count > 1, holdsVerb(out[from].start..<level.start, in: line) { return nil }
        // 到|开|阳|县, 、|月|山|镇: a name that begins with a word that ends names elsewhere.
        // ,回|龙圩管理区
        if level.count > 1, from > 0, isNamePart(from - 1, out, line),
            Self.areaOpenings.contains(line.text[out[from - 1].start]),
            from == 1 || out[from - 2].kind == .mark || out[from - 2].kind == .comma
        {
            return from - 1
        }
        if length == 1, from > 0, line.text[level.start] != 0x533A, isNamePart(from - 1, out, line),
            from == 1 || endsPhrase(from - 2, out)
        {
            return from - 1
        }
        if length > 1 { return from }
        // 龙|县: one character only before 县, at the start of a phrase.
        guard line.text[level.start] == 0x53BF, out[from].kind == .plain,
            opensPhrase(from, out, line) || isPraised(out[from].start, in: line)
        else {
            return nil
        }
        return from
    }

    private func isNamePart(_ index: Int, _ out: [PhraseLine.Word], _ line: PhraseLine) -> Bool {
        out[index].kind == .stop && out[index].count == 1 && Self.openings.contains(line.text[out[index].start])
            && !line.scan.spaceBefore[out[index + 1].start] && out[index].end == out[index + 1].start
    }

    private func endsPhrase(_ index: Int, _ out: [PhraseLine.Word]) -> Bool {
        switch out[index].kind {
        case .stop, .mark, .comma, .joint, .open, .etc: true
        default: false
        }
    }

    private static let areaOpenings = LineScan.StaticSet("回太永公通前后上下中正")
    /// Little words that names of places begin with.
    private static let openings = LineScan.StaticSet("从进来去出回过起开上下前后月日于同应送报交里中正共尚总永公通会向太")

    /// 压|实|市、县责任: a verb, and no name.
    private func isVerb(_ range: Range<Int>, in line: PhraseLine) -> Bool {
        line.lexicon.directiveWords.value(in: line.text, range)?.contains(.verb) ?? false
    }

    /// Where a known name begins that ends right before a level.
    private func knownStem(before end: Int, from start: Int, in line: PhraseLine) -> Int? {
        (start + 1..<end).first { place in
            end - place >= 2
                && stems[line.text[place]]?.contains { line.text[place..<end].elementsEqual($0) } ?? false
        }
    }

    /// 助推|工业园区, 包抓|社区: a verb before what is no name.
    private func holdsVerb(_ range: Range<Int>, in line: PhraseLine) -> Bool {
        for place in range.dropLast() {
            guard let hit = line.lexicon.directiveWords.longest(in: line.text, at: place, limit: range.upperBound),
                hit.end - place >= 2
            else { continue }
            if place == range.lowerBound || hit.end == range.upperBound, !hit.value.isDisjoint(with: [.verb, .adverb]) {
                return true
            }
        }
        return Self.ordinals.contains(line.text[range.upperBound - 1])
            && (range.lowerBound == 0 || line.text[range].contains(0x7B2C)
                || Self.numerals.contains(line.text[range.upperBound - 2]))
    }

    private func isPraised(_ start: Int, in line: PhraseLine) -> Bool {
        start >= 2 && Self.praise.contains(line.text[start - 2..<start])
    }

    private static let praise: Set<ArraySlice<UInt32>> = Set(
        [
            "绿色", "平安", "美丽", "幸福", "和谐", "文明", "法治", "数字", "智慧", "生态", "健康", "旅居", "活力", "魅力", "清廉",
            "诚信", "善美", "富美",
        ].map {
            $0.unicodeScalars.map(\.value)[...]
        }
    )
    private static let making: Set<ArraySlice<UInt32>> = Set(
        ["建设", "打造", "创建", "筹建", "争创", "建成", "申报"].map { $0.unicodeScalars.map(\.value)[...] }
    )
    private static let roads = LineScan.StaticSet("路街巷山湖江河港桥湾岛")
    private static let ordinals = LineScan.StaticSet("次批期轮届")
    private static let numerals = LineScan.StaticSet("一二三四五六七八九十首本两多")

    /// 昌|和|市: a conjunction that is part of a name of two characters.
    private func isNamed(_ joint: Int, _ out: [PhraseLine.Word], _ line: PhraseLine) -> Bool {
        guard joint > 0, line.text[out[joint].start] == 0x548C, out[joint - 1].kind == .plain,
            out[joint - 1].count == 1, !line.scan.spaceBefore[out[joint].start]
        else { return false }
        return opensPhrase(joint - 1, out, line)
    }

    /// Levels of more than one character that follow a plain name; the others are areas with names of several words.
    private static let administrative: Set<ArraySlice<UInt32>> = Set(
        [
            "自治区", "自治州", "自治县", "自治旗", "特别行政区", "街道", "片区", "社区", "地区", "林区", "矿区", "街镇", "自治乡", "民族乡", "行政村", "自然村",
            "直辖市",
            "水库", "林场", "农场",
        ]
        .map { $0.unicodeScalars.map(\.value)[...] }
    )

    private func isJoinedPair(_ index: Int, _ out: [PhraseLine.Word], _ line: PhraseLine) -> Bool {
        out[index - 1].end == out[index].start && !line.scan.spaceBefore[out[index].start]
    }

    private func opensPhrase(_ index: Int, _ out: [PhraseLine.Word], _ line: PhraseLine) -> Bool {
        guard index > 0 else { return true }
        if line.scan.spaceBefore[out[index].start] { return true }
        switch out[index - 1].kind {
        case .stop, .mark, .comma, .joint, .place, .open: return true
        default: return false
        }
    }

    /// 感染的|肺炎|社区: behind 的 an ordinary word is what it says.
    private func isDescribed(_ index: Int, _ out: [PhraseLine.Word], _ line: PhraseLine) -> Bool {
        index > 0 && line.text[out[index].start - 1] == 0x7684
    }

    private static func ordinary(_ line: PhraseLine, _ word: PhraseLine.Word) -> Bool {
        notNames.longest(in: line.text, at: word.start, limit: word.end) != nil
    }

    private static func isVerb(_ line: PhraseLine, _ word: PhraseLine.Word) -> Bool {
        guard let hit = line.lexicon.directiveWords.longest(in: line.text, at: word.start, limit: word.end) else {
            return false
        }
        return hit.end == word.end && !hit.value.isDisjoint(with: [.verb, .adverb])
    }

    private mutating func learn(_ stem: [UInt32]) {
        guard stem.count >= 2, stem.count <= 4, !(stems[stem[0]]?.contains(stem) ?? false) else { return }
        stems[stem[0], default: []].append(stem)
    }

    /// Characters that stand before a level and make no name: 个县, 两县, 老区.
    private static let never = LineScan.StaticSet("复开休罢闭上下超集股楼夜早菜花门入个两多数几该本我全各老大小强穷新旧某外他她你们省市县区镇乡级等名家所年月日")
    /// Words before a level that tell what it is like: 试点县, 示范区.
    private static let notNames = WordTrie<Bool>(
        words:
            "储油 加油 卸油 储罐 就诊 留观 隔离 前期 近期 后期 同期 当前 局部 丘山 林业 物流 养殖 种植 专业 配套 危险 隐患 警示 受威胁 易涝 低风险 中风险 高风险 待建 建成 包联 包保 联系 一批 肺炎 城镇 城乡 联防 山塘 小型 中型 大型 大中型 所在 熟食 蔬菜 果品 生肉 水果 水产 就餐 候诊 休息 展示 体验 等候 软弱涣散 后进 边远 低洼 偏远 落后 发达 民族 试点 示范 贫困 先进 农业 文明 特色 中心 重点 边境 工业 城市 农村 社会 全国 全省 全市 全县 经济 人口 产业 生态 卫生 平安 园林 森林 旅游 强 大 民族 少数 基层 部分 其他 相关 有关 周边 对口 受援 帮扶 移民 库 商业 住宅 生活 办公 作业 功能 服务 核心 风险 管理 管控 封控 防范 禁火 封山 高火险 火险 无疫 限养 禁养 禁放 禁燃 限放 禁限放 禁采 限采 缓冲 连片 兄弟 所辖 沿江 沿海 受灾 缺水 老旧 棚户 淹没 蓄滞洪 行洪 行蓄洪 警戒 绿化 高危 受检 主城 集镇 受援 牵头 责任 成员 会员 达标 摘帽 脱贫 宜居 强 友好"
    )
}
