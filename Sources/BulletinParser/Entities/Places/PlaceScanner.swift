/// Finds the places of a paragraph: geographic names that stand by themselves, venues, and organs that were visited.
struct PlaceScanner {
    let line: PhraseLine
    let organs: [OrganMention]
    /// Ranges of the scan, in order.
    private(set) var places: [Range<Int>] = []
    /// Members of lists of sites that were visited, as words.
    private(set) var listed: [Range<Int>] = []
    /// Whether places of a list were added, which stand before others.
    private var hasLists = false
    /// The organ that each word belongs to; -1 for none.
    private var organAt: [Int]

    init(line: PhraseLine, organs: [OrganMention]) {
        self.line = line
        self.organs = organs
        organAt = [Int](repeating: -1, count: line.words.count + 1)
        for (index, organ) in organs.enumerated() {
            for word in organ.words { organAt[word] = index }
        }
    }

    mutating func run() {
        if line.isAnnex { return }
        let dateline = datelineEnd()
        var index = 0
        var visit = false
        while index < line.words.count {
            let word = line.words[index]
            if line.hidden[word.start] || visit && line.isWord(index, in: Self.surroundings) {
                index += 1
                continue
            }
            if let end = venue(from: index, visited: visit), !line.isCount(index),
                !isInOrgan(index, end),
                !line.begins(word.start, with: Self.vague),
                !line.begins(line.words[end - 1].end, with: Self.cited)
            {
                // 原|粮苑宾馆
                add((line.character(index) == 0x539F && end - index > 2 ? index + 1 : index)..<end)
                index = end
                continue
            }
            switch word.kind {
            case .place where word.count == 2 && word.classes == .region && line.isWord(index, in: Self.ambiguous):
                break
            case .place where organAt[index] < 0 || organs[organAt[index]].form == .territory:
                var end = index + 1
                while line.kind(end) == .place, line.isJoined(end), !line.classes(end - 1).contains(.knownPlace) {
                    end += 1
                }
                if line.isJoined(end), let longer = village(from: end) { end = longer }
                // 大风堡|景区
                if line.isJoined(end), line.isWord(end, in: Self.sights) { end += 1 }
                end = stretchEnd(end)
                if word.start >= dateline, stands(index..<end) { add(index..<end) }
                index = end
                visit = visit && (line.kind(end) == .comma || line.kind(end) == .joint)
                continue
            case .level where visit && word.count >= 3 && organAt[index] < 0 && line.kind(index - 1) == .stop:
                add(index..<index + 1)  // 来到|经开区
            case .stop, .mark:
                if word.kind == .stop, line.begins(word.start, with: Self.detours) { addList(way(before: index)) }
                if word.kind == .stop, let visited = visitedAt(index) {
                    add(visited)
                    index = visited.upperBound
                    continue
                }
                if word.kind == .stop, let end = directedVillage(from: index) {
                    add(index..<end)
                    index = end
                    continue
                }
                if word.kind == .stop, let held = heldAt(index) {
                    add(held)
                    index = held.upperBound
                    continue
                }
                visit = visits(index)
                if visit || line.character(index) == 0x5BF9 { readVisited(index) }
            case .etc where line.isWord(index + 1, in: Self.sitesCounted):
                readList(before: index)
            case .etc where isSummed(index):
                readVisited(before: index)
            case .etc where line.begins(word.end, with: Self.worksCounted):
                readVisited(before: index)
            default:
                if line.character(index) == 0x5BF9 { readVisited(index) }
                if line.begins(word.start, with: Self.detours) { addList(way(before: index)) }
                if organAt[index] < 0, let water = water(endingWith: index) {
                    let end = stretchEnd(water.upperBound)
                    add(water.lowerBound..<end)
                    index = end
                    continue
                } else if organAt[index] < 0, word.kind == .plain, begins(index), let end = village(from: index) {
                    add(index..<end)
                    index = end
                    continue
                } else if organAt[index] >= 0 {
                    let organ = organs[organAt[index]]
                    if organ.words.lowerBound == index {
                        if organ.form == .single, isMeetingPlace(organ.words) {
                            add(organ.words.lowerBound..<floorEnd(organ.words.upperBound))
                        }
                        if visit, organ.form == .single || organ.form == .listed, organ.counts {
                            add(organ.words.lowerBound..<siteEnd(organ.words.upperBound))
                        }
                        if organ.form == .territory { add(organ.words) }
                        index = organ.words.upperBound
                        continue
                    }
                }
            }
            index += 1
        }
        for village in listedVillages() {
            places.append(village)
            hasLists = true
        }
        if hasLists { sortPlaces() }
    }

    /// 王家庄村|党支部: what only begins the name of an organ.
    private func isInOrgan(_ index: Int, _ end: Int) -> Bool {
        guard organAt[index] >= 0 else { return false }
        let organ = organs[organAt[index]]
        return organ.form == .single && organ.words.lowerBound == index && organ.words.upperBound > end
    }

    private mutating func readList(before etc: Int) {
        let members = members(before: etc)
        addList(members)
        if arrival(before: etc) != nil { listed += members }
    }

    /// …|等5个重点项目现场: sites by their count.
    private func isSummed(_ etc: Int) -> Bool {
        var next = etc + 1
        while line.kind(next) == .number || Self.counters.contains(line.character(next)), next - etc < 4 { next += 1 }
        return next > etc + 1 && line.words.indices.contains(next)
            && (line.isWord(next, in: Self.sitesCounted)
                || line.begins(line.words[next].start, with: Self.worksCounted))
    }

    private static let counters = LineScan.StaticSet("个处家余多几两三四五六七八九十")

    private mutating func addList(_ members: [Range<Int>]) {
        for member in members { add(member) }
        hasLists = hasLists || !members.isEmpty
    }

    /// 实地察看了甲镇、乙园等项目: sites that are summed up by what they are, behind a verb of arriving.
    private mutating func readVisited(before etc: Int) {
        guard let arrival = arrival(before: etc) else { return }
        let members = members(in: arrival + 1..<etc)
        guard members.contains(where: isNamed) else { return }
        addList(members)
        listed += members
    }

    private mutating func readVisited(_ verb: Int) {
        let members = visitedList(behind: verb)
        guard members.count > 1 else { return }
        addList(members)
        listed += members
    }

    /// Puts the places in order; of those that overlap the longest stays.
    private mutating func sortPlaces() {
        places.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
        var kept: [Range<Int>] = []
        for place in places where kept.last.map({ $0.upperBound <= place.lowerBound }) ?? true { kept.append(place) }
        places = kept
    }

    private mutating func add(_ words: Range<Int>) {
        places.append(line.words[words.lowerBound].start..<line.words[words.upperBound - 1].end)
    }

    /// Whether a geographic name is used as a place, and is not the beginning of another name.
    private func stands(_ words: Range<Int>) -> Bool {
        let end = words.upperBound
        guard end < line.words.count, line.isJoined(end) else { return true }
        // 黄池|河, 白水|河道
        if Self.waters.contains(line.character(end))
            || line.words[end - 1].count == 2 && Self.waters.contains(line.text[line.words[end].start])
                && line.classes(end).isEmpty
        {
            return false
        }
        switch line.words[end].kind {
        case .title, .number: return line.kind(end) == .number
        case .head, .headCharacter, .organ: return false
        default: break
        }
        return !line.begins(line.words[end].start, with: Self.notPlaces) && !beginsName(words)
    }

    /// 云州市|智慧城市信用平台, 天津市|防汛抗旱工作会议精神: the first word of the name of a thing or a meeting; and what stands in
    /// a parenthesis inside a name.
    private func beginsName(_ words: Range<Int>) -> Bool {
        let end = words.upperBound
        if words.lowerBound > 1, line.kind(words.lowerBound - 1) == .open, line.kind(end) == .close,
            line.isJoined(words.lowerBound - 1), line.isJoined(end + 1)
        {
            return true
        }
        // “云州事事通”: the name of a brand. 云政办发〔2018〕…: part of a document's number.
        if words.lowerBound > 0, line.text[line.words[words.lowerBound - 1].start] == 0x201C,
            line.kind(end) == .plain || line.kind(end) == .field
        {
            return true
        }
        if line.text[line.words[end].start...].prefix(8).contains(where: { $0 == 0x3014 || $0 == 0x5B }) { return true }
        var next = end
        var length = 0
        while next < line.words.count, line.isJoined(next), length <= 24 {
            let word = line.words[next]
            if line.isWord(next, in: Self.nameEnds) || namesMeeting(next) {
                // 某区教育|系统: the people of it, and no name.
                if line.isWord(next, in: Self.systems), line.kind(next - 1) == .field {
                    if line.kind(next + 1) == .field || line.kind(next + 1) == .plain {
                        next += 1
                        continue
                    }
                    return false
                }
                return length + word.count >= 4
            }
            switch word.kind {
            case .plain, .field, .number, .head, .headCharacter, .unit, .open, .close, .comma, .level: break
            case .mark where line.text[word.start] == 0x201C || line.text[word.start] == 0x201D: break
            default: return false
            }
            if line.isVerb(next), word.kind == .plain, word.count > 1 { return false }
            length += word.count
            next += 1
        }
        return false
    }

    /// 电视电话会议精神, 专题会议: a word that ends the name of a meeting.
    private func namesMeeting(_ index: Int) -> Bool {
        let word = line.words[index]
        guard word.count >= 2,
            let head = line.lexicon.heads.longest(in: line.text, endingAt: word.end, from: word.start)
        else { return false }
        return head.value.contains(.meeting)
    }

    private static let systems = WordTrie<Bool>(words: "系统")

    /// Behind the dateline (新华社北京10月1日电): its place is where the report was written.
    private func datelineEnd() -> Int {
        let bound = min(line.text.count, 40)
        for place in 0..<bound where line.text[place] == 0x7535 || line.text[place] == 0x8BAF {
            guard place > 0, line.text[place - 1] == 0x65E5 else { continue }
            return place
        }
        return 0
    }

    // MARK: - Venues

    /// 在|区政务服务中心|四楼召开: an organ that a meeting was held at.
    private func isMeetingPlace(_ words: Range<Int>) -> Bool {
        guard words.lowerBound > 0 else { return false }
        if line.isWord(words.lowerBound - 1, in: Self.setting) { return true }  // 主会场|设在|市政府
        if isVisitedHouse(words) { return true }
        guard line.character(words.lowerBound - 1) == 0x5728 else { return false }  // 在
        if line.character(words.lowerBound - 2) == 0x8BBE { return true }  // 设
        var next = words.upperBound
        while next < line.words.count, line.isJoined(next), next - words.upperBound < 4 {
            // 在某委召开|的会议 tells which meeting.
            if line.isWord(next, in: Self.holding) { return line.character(next + 1) != 0x7684 }
            switch line.words[next].kind {
            case .number, .plain: next += 1
            default: return false
            }
        }
        return false
    }

    /// 在|柳林镇卫生院|,…: a school, a clinic or a firm that a clause begins with.
    private func isVisitedHouse(_ words: Range<Int>) -> Bool {
        guard line.character(words.lowerBound - 1) == 0x5728,
            line.kind(words.lowerBound - 2) ?? .mark == .mark,
            line.words.indices.contains(words.upperBound), line.kind(words.upperBound) == .mark
        else { return false }
        let head = words.upperBound - 1
        return line.isWord(head, in: OrganWords.local) || line.isWord(head, in: OrganWords.strong)
            || line.isWord(head, in: OrganWords.common)
    }

    /// 在|嘎鲁图|召开: two to four characters that no word covers, where something was held.
    private func heldAt(_ index: Int) -> Range<Int>? {
        guard line.character(index) == 0x5728 else { return nil }
        var end = index + 1
        while end < line.words.count, end - index <= 4, line.isJoined(end), line.kind(end) == .plain,
            line.words[end].count == 1
        {
            end += 1
        }
        guard (3...5).contains(end - index), end < line.words.count, line.isWord(end, in: Self.holding),
            !line.scan.isDoubtful(line.words[index + 1].start..<line.words[end].start, line.lexicon)
        else { return nil }
        return index + 1..<end
    }

    /// 市水文局|太清湖监测点: with the site of the organ that follows it.
    private func siteEnd(_ index: Int) -> Int {
        var next = index
        while next < line.words.count, next - index < 6, line.isJoined(next) {
            switch line.words[next].kind {
            case .plain, .place, .level, .number, .field: break
            default: return index
            }
            let start = line.words[next].start
            if next > index, let site = Self.sites.longest(in: line.text, at: start, limit: line.text.count) {
                return line.words.indices[next...].first { line.words[$0].end == site.end }.map { $0 + 1 } ?? index
            }
            if line.isVerb(next), line.words[next].count > 1 { return index }
            next += 1
        }
        return index
    }

    /// 政务服务中心|四楼|召开: with the floor.
    private func floorEnd(_ index: Int) -> Int {
        var next = index
        while next < line.words.count, next - index < 4, line.isJoined(next) {
            if Self.floors.contains(line.text[line.words[next].end - 1]), next > index || line.words[next].count > 1 {
                return next + 1
            }
            guard
                line.kind(next) == .number
                    || line.words[next].count == 1 && Self.numerals.contains(line.character(next))
            else { return index }
            next += 1
        }
        return index
    }

    private static let detours = WordTrie<Bool>(words: "绕行 绕道 通行 分流")
    private static let floors = LineScan.StaticSet("楼层")
    private static let numerals = LineScan.StaticSet("一二三四五六七八九十负")
    private static let holding = WordTrie<Bool>(words: "召开 举行 举办 组织召开 主持召开")
    private static let setting = WordTrie<Bool>(words: "设在 设于")

    /// The end of the venue whose name begins at a word; nil if none does.
    private func venue(from index: Int, visited: Bool) -> Int? {
        guard begins(index) else { return nil }
        var next = index
        var end: Int?
        while next < line.words.count, next == index || line.isJoined(next), next - index < 14 {
            let word = line.words[next]
            if next > index, end == nil, namesMeeting(next) { return nil }
            let isVenue = line.isWord(next, in: visited ? Self.sites : Self.venues)
            switch word.kind {
            case .place where visited && word.classes.contains(.regionSuffix) && next > index: end = next + 1
            case .plain, .field, .number, .place, .level, .unit, .head, .headCharacter, .organ, .title, .owner:
                // 石桥镇|督导|…
                if word.kind == .title, next == index || line.isVerb(next) { return end }
                // 方洞镇|现场|检查
                if visited, isInspected(next) { return end }
                if isVenue || visited && line.isWord(next, in: Self.sites) {
                    if next > index { end = next + 1 }
                } else if OrganWords.blocks(line, next) {
                    return end
                } else if word.kind == .plain, word.count > 1, line.isVerb(next) {
                    return end
                }
            case .stop where line.character(next) == 0x53F7 && line.kind(next - 1) == .number: break  // 8|号|楼
            case .stop where isVenue && !(visited && isInspected(next)):
                if next > index { end = next + 1 }
            default:
                return end
            }
            next += 1
        }
        return end
    }

    /// Whether the name of a venue can begin at a word: behind a word that ends names, or punctuation.
    private func begins(_ index: Int) -> Bool {
        switch line.words[index].kind {
        case .plain, .field, .number, .place, .head, .organ, .level, .unit, .owner: break
        case .headCharacter where Self.houses.contains(line.character(index)): break
        default: return false
        }
        guard index > 0 else { return false }
        switch line.words[index - 1].kind {
        case .stop, .comma, .joint, .person, .mark: break
        case .plain where line.character(index - 1) == 0x6211 && line.kind(index) == .level: break  // 我|市分会场
        case .plain where line.kind(index) == .place && namesMeeting(index - 1): break  // 电视电话会议|上海分会场
        default: return false
        }
        return !line.isVerb(index) || line.words[index].kind != .plain && line.words[index].kind != .field
    }

    /// Who speaks of its own rooms: 在|局|十二楼会议室.
    private static let houses = LineScan.StaticSet("局校院厅委")
    /// Ends of names that are venues wherever they stand.
    private static let venues = WordTrie<Bool>(
        words:
            "办公大楼 综合办公大楼 行政大楼 会议室 会议中心 会展中心 会堂 大会堂 礼堂 报告厅 会议厅 多功能厅 大剧院 影剧院 体育馆 体育场 广场 公园 湿地公园 宾馆 酒店 大酒店 饭店 国际酒店 度假村 山庄 大厦 分会场 主会场 国际厅 火车站 高铁站 机场 农贸市场 批发市场 菜市场 大道 陵园 烈士陵园 污水处理厂 垃圾填埋场 水电站"
    )
    /// Ends of names that are places where somebody is sent to them.
    private static let sites = WordTrie<Bool>(
        words:
            "中心 茶场 生态园 家庭农场 联络点 联络站 工作站 服务站 驿站 大世界 分拨中心 分中心 施工现场 观测站 水文站 会议室 会堂 礼堂 报告厅 广场 公园 湿地公园 宾馆 酒店 大酒店 大厦 分会场 火车站 高铁站 客运站 汽车站 机场 码头 港口 大桥 隧道 高速公路 大道 水电站 污水处理厂 垃圾填埋场 农贸市场 批发市场 市场 商场 超市 小区 村 工地 基地 示范点 安置房项目 加油站 变电站 景区 风景区 古镇 老街 步行街 陵园 寺 故居 遗址 服务区 卡口 检查站 水库 项目 项目现场 现场 产业园 工业园 科技园 物流园 园区 示范点 示范园 示范区 示范基地 社区 服务中心 服务大厅 政务大厅 安置点 隔离点 采样点 接种点 监测点 合作社 农场 林场 养殖场 街道 大桥 河段 路段 码头 泵站 电站 水厂 学校 小学 中学 幼儿园 医院 卫生院 公司 有限公司 集团 敬老院 养老院 福利院 博物馆 纪念馆 图书馆 文化馆 展览馆"
    )
    /// 市分会场|精神
    private static let cited = WordTrie<Bool>(words: "精神 会议精神 讲话精神 供应 秩序 价格 监管 保供 主体")
    private static let vague = WordTrie<Bool>(
        words: "重点工程 村级 康庄大道 阳光大道 设置 设立 开设 分设 项目建设 项目现场 项目施工 施工 各项目 个别 部分 周边 各 该 有的 多个 一些 老旧 全县 全市 全区"
    )
    /// What a list of places is summed up by: 等地, 等处.
    /// What sites are summed up by that were visited: 等项目.
    private static let worksCounted = WordTrie<Bool>(
        words: "村 社区 镇 乡镇 镇街 街道 县 区 市 村居 项目 重点项目 重点工程 工程 场所 重点场所 景区 景点 路段 安置区 小区 工业园区 企业 重点企业 城区重点 民生工程 城建项目 在建项目 单位"
    )
    private static let sitesCounted = WordTrie<Bool>(words: "地 处 点位 现场 部位 项目现场 施工现场 项目施工现场 项目建设现场 建设现场 项目工地 工地")
    private static let waters = LineScan.StaticSet("河湖江海山岛湾")
    /// Names that are ordinary words too, and count only with their level.
    private static let ambiguous = WordTrie<Bool>(
        words: "安康 朝阳 大同 长治 保定 开封 新乡 平安 定西 固原 阿里 海东 海北 黄南 金山 大兴 东方 南山 和平 富裕 天门 白银"
    )
    /// What is part of the name of the place before it.
    private static let sights = WordTrie<Bool>(words: "景区 风景区 景点 森林公园 国家公园 湿地公园 水库 大桥 机场 山脉 古城 古镇 港区 矿区 林区")
    /// Last words of the names of things and meetings that begin with a geographic name.
    private static let nameEnds = WordTrie<Bool>(
        words:
            "工程 公寓 会议 全会 大会 座谈会 推进会 平台 条例 博览会 论坛 峰会 运动会 热线 系统 大赛 联赛 展会 交易会 规划 方案 办法 委员会 领导小组 指挥部"
    )
    /// What follows a geographic name that only begins another name.
    private static let notPlaces = WordTrie<Bool>(
        words:
            "融媒 融媒讯 云 猪瘟 健康码 居民 同胞 人 籍 话 牌 路 街 大道 队 版 时间 省委 市委 网 网讯 日报 晚报 电视台 发布 频道 模式 经验 标准 户籍 户口 菜 方言 杯 马拉松 银行 大学 公司 分公司 代表团 赛区 站 精神 会议 新闻 政府 记者"
    )
}
