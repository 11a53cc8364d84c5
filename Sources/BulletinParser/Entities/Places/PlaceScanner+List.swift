/// Lists that are known for places by what sums them up: 临江门、二桥施工现场等地.
extension PlaceScanner {
    /// The members of the list before 等地, from its end back to the verb before it.
    func members(before etc: Int) -> [Range<Int>] {
        if let arrival = arrival(before: etc) { return members(in: arrival + 1..<etc) }
        var found: [Range<Int>] = []
        var end = etc
        var index = etc
        while index > 0, etc - index < 80 {
            let word = line.words[index - 1]
            var isEnd = false
            switch word.kind {
            case .comma, .joint: break
            case .mark:
                isEnd = line.text[word.start] != 0x2C && line.text[word.start] != 0xFF0C
            case .stop where word.classes.contains(.venueSuffix) || line.isWord(index - 1, in: Self.siteWords):
                index -= 1
                continue
            case .stop, .quantifier, .etc: isEnd = true
            case .plain where word.count > 1 && line.isVerb(index - 1): isEnd = true
            default:
                index -= 1
                continue
            }
            let member = index..<end
            if !member.isEmpty, line.words[end - 1].end - line.words[index].start <= 20 { found.append(member) }
            if isEnd || member.isEmpty { break }
            index -= 1
            end = index
        }
        return found.filter { line.words[$0.upperBound - 1].end - line.words[$0.lowerBound].start >= 2 }
    }

    /// 从|定远、永康、吴圩|绕行: the towns and roads that a way leads over.
    func way(before verb: Int) -> [Range<Int>] {
        let members = plainList(before: verb)
        guard let first = members.first, first.lowerBound > 0,
            Self.leading.contains(line.character(first.lowerBound - 1)), members.count > 1
        else { return [] }
        return members
    }

    /// The short members that stand in a row before a word, each between list marks, in order.
    func plainList(before end: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var last = end
        var index = end - 1
        while index >= 0, end - index < 60 {
            switch line.words[index].kind {
            case .plain, .place, .level, .field, .number, .headCharacter, .unit, .head, .title: index -= 1
            case .comma, .stop, .mark, .joint:
                let isSeparator =
                    line.kind(index) == .comma || line.character(index) == 0x6216 || line.character(index) == 0x548C
                let length = index + 1 < last ? line.words[last - 1].end - line.words[index + 1].start : 0
                // 上游、下|庄: a little word within a name.
                if !isSeparator, line.kind(index) == .stop, line.words[index].count == 1, length < 2 {
                    index -= 1
                    continue
                }
                guard (2...6).contains(length) else { return [] }
                found.append(index + 1..<last)
                guard isSeparator else { return found.reversed() }
                last = index
                index -= 1
            default: return []
            }
        }
        return []
    }

    static let leading = LineScan.StaticSet("从经由往")
    /// The verb of arriving that the list behind it belongs to, within the sentence.
    func arrival(before etc: Int) -> Int? {
        var index = etc - 1
        while index >= 0, etc - index < 100 {
            let word = line.words[index]
            if word.kind == .mark, line.text[word.start] == 0x3002 || line.text[word.start] == 0x3B { return nil }
            if line.isWord(index, in: Self.arriving) { return index }
            index -= 1
        }
        return nil
    }

    /// The members between separators; nothing where one of them is no name.
    func members(in words: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = words.lowerBound
        for index in words.lowerBound...words.upperBound {
            let isEnd = index == words.upperBound
            if !isEnd {
                switch line.kind(index) {
                case .comma, .mark: break
                case .joint
                where line.kind(index - 1) != .plain || line.words[index].count > 1 || line.character(index) == 0x53CA
                    || line.character(index - 1) == 0x671F  // 期
                    || line.isWord(index - 1, in: Self.siteWords):
                    break
                default: continue
                }
            }
            if index > start {
                let length = line.words[index - 1].end - line.words[start].start
                guard length >= 2, length <= 24 else { return [] }
                // 我市|华安县
                if index - start > 2, line.character(start) == 0x6211, line.kind(start + 1) == .level { start += 2 }
                if let hit = Self.surroundings.longest(
                    in: line.text,
                    at: line.words[start].start,
                    limit: line.words[index - 1].end
                ) {
                    // 县城|伏龙山农贸市场
                    while start < index, line.words[start].start < hit.end { start += 1 }
                    guard start < index else { return [] }
                }
                found.append(start..<index)
            }
            start = index + 1
        }
        return found
    }

    /// The list of sites behind a verb of arriving: 前往市产业园、永泰茶业、柳河镇综合体，….
    func visitedList(behind verb: Int) -> [Range<Int>] {
        // 先后对|甲卫生院、乙小学|进行了视察
        let isAbout = line.character(verb) == 0x5BF9
        guard isAbout || line.isWord(verb, in: Self.arrivals) else { return [] }
        var end = verb + 1
        var hasList = false
        while end < line.words.count, end - verb < 60 {
            switch line.kind(end) {
            case .comma: hasList = true
            // 对|镇卫生院、甲中学|等开展调研
            case .etc where isAbout: return hasList && looksAt(end + 1) ? houses(verb + 1..<end) : []
            case .mark, .etc: return hasList && line.kind(end) == .mark && !isAbout ? namedMembers(verb + 1..<end) : []
            case .stop where isAbout: return hasList && looksAt(end) ? houses(verb + 1..<end) : []
            case .stop where line.isWord(end, in: Self.doings):
                return hasList ? namedMembers(verb + 1..<end) : []
            case .stop where line.words[end].count > 1 && !line.classes(end).contains(.venueSuffix): return []
            case .quantifier, .person: return []
            default: break
            }
            end += 1
        }
        return []
    }

    /// The members of a list where they are named, and most of them schools, clinics or firms: what was looked at may be a
    /// matter as well.
    func houses(_ words: Range<Int>) -> [Range<Int>] {
        let members = namedMembers(words)
        let named = members.count {
            line.kind($0.upperBound - 1) == .head || line.kind($0.upperBound - 1) == .place
        }
        return named * 2 > members.count ? members : []
    }

    /// 进行了|实地视察
    func looksAt(_ index: Int) -> Bool {
        (index...index + 3).contains { line.isWord($0, in: Self.looking) }
    }

    static let looking = WordTrie<Bool>(words: "视察 实地视察 调研 实地调研 检查 督查 督导 考察 观摩 走访 察看 实地察看")

    /// The members of a list of which most are called by names: 深入企业、社区、学校 names none.
    func namedMembers(_ words: Range<Int>) -> [Range<Int>] {
        let members = members(in: words)
        // 视察甲镇农田建设、乙村经济发展情况: what was looked at there.
        if members.contains(where: { line.isWord($0.upperBound - 1, in: Self.matters) }) { return [] }
        return members.count(where: isNamed) * 2 >= members.count ? members : []
    }

    static let matters = WordTrie<Bool>(words: "建设 情况 发展 工作 进展 整治 落实 治理 管理 生产 防控 改造 推进 运行 经营")

    /// Whether a member is called by a name: a place, an organ, or characters that no word covers.
    func isNamed(_ words: Range<Int>) -> Bool {
        words.contains { index in
            switch line.words[index].kind {
            case .place: return true
            case .organ: return !line.isGeneric(index)
            case .plain:
                // 田间|地头: neither is half of an ordinary word.
                let start = line.words[index].start
                return line.words[index].count == 1 && index + 1 < words.upperBound && line.kind(index + 1) == .plain
                    && line.words[index + 1].count == 1 && line.isJoined(index + 1)
                    && !(start - 1...start + 1).contains {
                        line.lexicon.vocabulary.hasPair(in: line.text, at: $0)
                    }
            default: return false
            }
        }
    }

    static let arriving = WordTrie<Bool>(
        words:
            "参观视察了 先后参观视察了 实地察看 察看 先后察看 实地查看 实地查看了 查看了 实地考察 实地考察了 先后实地考察了 参观了 参观 观摩 观摩了 检查了 调研了 调研 督查 督导 视察 视察了 来到 先后来到 走访 走访了 先后走访 前往 先后前往 走进 先后走进 先后到 深入 先后深入 赴 先后赴 抵达 到 奔赴 考察了 先后考察了 实地察看了 察看了 先后察看了"
    )
    static let doings = WordTrie<Bool>(words: "进行 实地 查看 实地查看 察看 调研 检查 督查 督导 了解 看望 慰问 考察 视察 走访 开展")
    static let surroundings = WordTrie<Bool>(words: "我市 我县 我区 我镇 我省 我乡 县城 市区 辖区 境内 部分 个别 周边 附近")
    static let arrivals = WordTrie<Bool>(
        words:
            "来到 先后来到 前往 先后前往 先后到 抵达 奔赴 深入 先后深入 到 察看了 实地察看了 查看了 实地查看了 考察了 实地考察了 先后实地考察了 参观了 参观视察了 先后参观视察了 走访了 先后走访了 视察了"
    )
    static let siteWords = WordTrie<Bool>(words: "现场 施工现场 工地 市场 农贸市场 公园 广场 小区 学校 医院 公司 产业园 基地 项目 水库")

    /// 姚桥镇|华山|村, and 石桥|村 between marks: a village, behind its town or by a name that no word covers.
    func village(from index: Int) -> Int? {
        var end = index
        let isLed = index > 0 && line.kind(index - 1) == .place && line.isJoined(index)
        // 姚桥镇|华山|村: the name was read as a place of its own.
        if isLed, line.words[index - 1].count == 2, line.isWord(index, in: Self.villages) { return index + 1 }
        if line.begins(line.words[index].start, with: Self.traits) { return nil }
        var length = 0
        while end < line.words.count, end == index || line.isJoined(end), length <= 4 {
            let word = line.words[end]
            if length >= (isLed ? 1 : 2), line.isWord(end, in: Self.villages) {
                // 甲村、乙村|基本情况: behind another village.
                let isNext =
                    line.kind(index - 1) == .comma
                    && places.last.map { $0.upperBound == line.words[index - 1].start } ?? false
                let isNamed =
                    isLed || isNext
                    || !Self.unnamed.contains(line.text[line.words[end].start - 1])
                        && !Self.unnamed.contains(line.text[line.words[index].start])
                return isNamed && closesVillage(end + 1, isLed: isLed || isNext) ? end + 1 : nil
            }
            switch word.kind {
            case .plain where word.count == 1: break
            case .plain where isLed: break
            case .place where isLed && word.count == 2: break
            // 堰口镇|罗|镇|村
            case .level where isLed && word.count == 1 && length > 0 && line.isWord(end + 1, in: Self.villages): break
            default: return nil
            }
            length += word.count
            end += 1
        }
        return nil
    }

    /// 新街镇李坡村、龙岗镇光华村: villages with their towns, listed with others; whatever words their characters are
    /// elsewhere.
    func listedVillages() -> [Range<Int>] {
        let text = line.text
        var found: [Range<Int>] = []
        var place = 0
        while place < text.count {
            defer { place += 1 }
            guard text[place] == 0x9547 || text[place] == 0x4E61, let end = villageEnd(behind: place) else { continue }
            let follows = found.last.map { $0.upperBound + 1 } ?? -1
            if follows >= 0, text[follows - 1] == 0x3001, place - follows == 2 || place - follows == 3 {
                found.append(follows..<end)
            } else if text[safe: end] == 0x3001, let start = townStart(before: place), opensListed(behind: end) {
                found.append(start..<end)
            } else {
                continue
            }
            place = end - 1
        }
        return found
    }

    func opensListed(behind comma: Int) -> Bool {
        (comma + 3...comma + 4).contains { town in
            (line.text[safe: town] == 0x9547 || line.text[safe: town] == 0x4E61) && villageEnd(behind: town) != nil
        }
    }

    /// Where the name of a town of two or three characters begins, behind something else.
    func townStart(before town: Int) -> Int? {
        for length in [2, 3] {
            let start = town - length
            guard start >= 0, line.text[start..<town].allSatisfy(LineScan.isHan) else { return nil }
            if start == 0 || !LineScan.isHan(line.text[start - 1]) { return start }
        }
        return town - 2
    }

    /// 镇|李坡村: where a village of two or three characters ends that closes its member of a list.
    func villageEnd(behind town: Int) -> Int? {
        for end in [town + 4, town + 5] where end <= line.text.count {
            let isVillage =
                line.text[end - 1] == 0x6751 || line.text[end - 1] == 0x533A && line.text[end - 2] == 0x793E  // 村, 社区
            guard isVillage, line.text[town + 1..<end].allSatisfy(LineScan.isHan) else { continue }
            guard end < line.text.count, LineScan.isHan(line.text[end]) else { return end }
            return line.text[end] == 0x7B49 ? end : nil  // 等
        }
        let end = town + 6
        guard end <= line.text.count, line.text[end - 1] == 0x533A, line.text[end - 2] == 0x793E,
            line.text[town + 1..<end].allSatisfy(LineScan.isHan)
        else { return nil }
        return end == line.text.count || !LineScan.isHan(line.text[end]) || line.text[end] == 0x7B49 ? end : nil
    }

    /// 孟垓村、|前|张庄村: the name with the word of direction that it begins with.
    func directedVillage(from index: Int) -> Int? {
        guard Self.directions.contains(line.character(index)),
            line.kind(index - 1) == .comma || line.kind(index - 1) == .mark,
            line.isJoined(index + 1)
        else { return nil }
        return village(from: index + 1)
    }

    static let directions = LineScan.StaticSet("前后上下东西南北中里外大小")
    /// What villages are like, before 村.
    static let traits = WordTrie<Bool>(words: "城中 软弱涣散 后进 空壳 贫困 示范 重点 试点 文明 薄弱 脱贫 帮扶 联系 挂点")

    func closesVillage(_ end: Int, isLed: Bool) -> Bool {
        switch line.kind(end) {
        case .head, .headCharacter, .organ, .title: !line.isJoined(end)
        case .mark, .comma, .joint, .stop, .etc, .close, nil: true
        default: isLed
        }
    }

    /// Characters around 村 that make no name of it: 新村, 第六次社区.
    static let unnamed = LineScan.StaticSet("新第次老古旧农乡山全各本该几多两每入进驻下")

    static let villages = WordTrie<Bool>(words: "村 行政村 自然村 社区 嘎查")
}
