/// Judges by what follows a name whether the organ acts, or only names a person's office, a meeting or a thing.
struct OrganTrailer {
    let line: PhraseLine
    let words: Range<Int>

    var allows: Bool {
        let end = words.upperBound
        guard end < line.words.count else { return true }
        let place = line.words[end].start
        guard line.isJoined(end) else { return true }
        if isTitle(end) || isDelegate(end) || line.isWord(end, in: Self.reporters) { return false }
        if line.begins(place, with: Self.qualified), !line.begins(place, with: Self.people) { return false }
        if line.text[place] == 0x7B2C, line.kind(end) == .plain { return false }  // 第三次…会议
        if isSession(from: end) || isGathering || isMedium(end) || isSender(end) { return false }
        if isLeading, isQualifier(from: end) || namesMeeting(from: end) { return false }
        return true
    }

    /// 县人大|代表, 市政协|委员
    private func isDelegate(_ index: Int) -> Bool {
        guard let last = words.last, line.kind(last) == .organ else { return false }
        let end = line.text[line.words[last].end - 1]
        return (end == 0x5927 || end == 0x534F) && line.isWord(index, in: Self.delegates)
    }

    /// 市安委会|、市减灾委|2024年第三次全体会议: behind the other organs that hold the same meeting.
    private func joinedEnd(_ index: Int) -> Int {
        guard line.kind(index) == .comma || line.kind(index) == .joint else { return index }
        var next = index
        while next < line.words.count, next - index < 16 {
            switch line.words[next].kind {
            case .comma, .joint, .level, .field, .head, .headCharacter, .organ: next += 1
            case .plain where line.words[next].count == 1: next += 1
            case .number: return next
            default: return index
            }
        }
        return index
    }

    private static let delegates = WordTrie<Bool>(words: "代表 委员 代表团")

    /// 常委会|（扩大）|会议, 省委|十一届七次|全会: the meeting of an organ, by its number.
    private func isSession(from index: Int) -> Bool {
        // 市委|市政府|联席会议
        if line.kind(index) == .organ, line.isJoined(index + 1),
            line.begins(line.words[index].end, with: Self.sessions)
        {
            return true
        }
        var next = joinedEnd(index)
        let index = next
        while next < line.words.count, next - index < 12, line.isJoined(next) {
            if next > index, line.begins(line.words[next].start, with: Self.sessions) { return true }
            let word = line.words[next]
            switch word.kind {
            case .number, .open, .close: break
            case .title: guard line.isWord(next, in: Self.sessionWords) else { return false }
            default:
                guard
                    line.isWord(next, in: Self.sessionWords)
                        || line.text[word.start..<word.end].allSatisfy(Self.ordinals.contains)
                else { return false }
            }
            next += 1
        }
        return false
    }

    /// 联席会, which is no organ but for its office and its members.
    private var isGathering: Bool {
        guard let last = words.last else { return false }
        if line.isWord(last, in: Self.circles) { return line.begins(line.words[last].end, with: Self.studies) }
        return line.isWord(last, in: Self.gatherings)
    }

    /// （新闻中心:冯某）: who sent the text. 市纪委监委|驻…: the first half of a name.
    private func isSender(_ index: Int) -> Bool {
        if line.character(index) == 0x9A7B { return true }  // 驻
        guard words.lowerBound == 1, line.kind(0) == .open, line.words.indices.contains(index) else { return false }
        return line.text[line.words[index].start] == 0x3A || line.text[line.words[index].start] == 0xFF1A
    }

    /// 文成新闻网|讯, 云岭日报社|消息: who reports, at the head of a line.
    private func isMedium(_ index: Int) -> Bool {
        guard words.lowerBound == 0 else { return false }
        if let scalar = line.words.indices.contains(index) ? line.text[line.words[index].start] : nil,
            scalar == 0x8BAF || scalar == 0x7535
        {
            return true  // 讯电
        }
        if line.isWord(index, in: Self.dispatches) { return true }
        if datelineEnd(from: index) { return true }
        // 某新闻网--某报讯: more than one of them.
        var place = line.words[index].start
        let limit = min(place + 10, line.text.count)
        guard place < limit, line.text[place] == 0x2D || line.text[place] == 0x2014 else { return false }
        while place < limit, line.text[place] != 0x8BAF, !LineScan.StaticSet.stops.contains(line.text[place]) {
            place += 1
        }
        return place < limit && line.text[place] == 0x8BAF
    }

    /// 某新闻网|泸州12月15日讯
    private func datelineEnd(from index: Int) -> Bool {
        let start = line.words[index].start
        for place in start..<min(start + 16, line.text.count) {
            switch line.text[place] {
            case 0x8BAF, 0x7535: return place > start && line.text[place - 1] == 0x65E5  // 日讯
            case let scalar where LineScan.StaticSet.stops.contains(scalar): return false
            default: break
            }
        }
        return false
    }

    private static let managing = WordTrie<Bool>(words: "主管")
    private static let reporters = WordTrie<Bool>(words: "记者 通讯员 全媒体记者 首席记者 见习记者 实习记者 特约记者")

    private static let dispatches = WordTrie<Bool>(words: "消息 报道")
    private static let sessions = WordTrie<Bool>(
        words: "联席会议 次会议 次全会 次全体会议 常务会议 常委会议 主任会议 党组会议 办公会议 办公会 会议 全会 全体会议 全体扩大会议 扩大会议 例会 大会 全委会 党代会 理论学习中心组"
    )
    private static let sessionWords = WordTrie<Bool>(words: "暨 扩大 常委 常务 全体 第一 第二 第三 第四 第五 第六 第七 第八 第九 第十 年度 年 党组 主任 主席")
    private static let ordinals = LineScan.StaticSet("第一二三四五六七八九十届次年月扩大季度")
    private static let circles = WordTrie<Bool>(words: "中心组 理论学习中心组")
    private static let studies = WordTrie<Bool>(words: "学习 集体 专题 读书 第")
    private static let gatherings = WordTrie<Bool>(words: "联席会 联席会议")

    /// 局|长, 党组|书记, 副|主任: the organ belongs to somebody's title.
    private func isTitle(_ index: Int) -> Bool {
        var index = index
        switch line.character(index) {
        case 0x526F, 0x4EE3, 0x539F: index += 1  // 副代原
        default: break
        }
        // 驻市委宣传部|纪检监察|组长|陈某
        var head = index
        while line.kind(head) == .field, head - index < 3, line.isJoined(head) { head += 1 }
        if head > index, line.kind(head) == .title, line.kind(head + 1) == .person { return true }
        guard line.kind(index) == .title else { return false }
        // 文教卫体局|主管责任
        if line.isWord(index, in: Self.managing), line.kind(index + 1) != .person { return false }
        let place = line.words[index].start
        return line.kind(index + 1) == .person || !line.begins(place, with: Self.people)
    }

    /// The organs whose mention is mostly about what they have decided: 市委、市政府, 党中央, 国务院.
    private var isLeading: Bool {
        guard words.count <= 2, let last = words.last, line.kind(last) == .organ else { return false }
        return line.isRegional(last) || line.isWord(last, in: Self.leading)
    }

    /// 举行|市政府|民生主题记者会: the first word of the name of the meeting that is held.
    private func namesMeeting(from end: Int) -> Bool {
        guard words.lowerBound > 0, line.isWord(words.lowerBound - 1, in: Self.holding) else { return false }
        var next = end
        while next < line.words.count, next - end < 8, line.isJoined(next) {
            let word = line.words[next]
            if let head = line.lexicon.heads.longest(in: line.text, endingAt: word.end, from: word.start),
                head.value.contains(.meeting)
            {
                return true
            }
            switch word.kind {
            case .plain, .field, .number: next += 1
            default: return false
            }
        }
        return false
    }

    private static let holding = WordTrie<Bool>(words: "召开 举行 举办 主持召开 组织召开 参加 出席 列席 主持")

    /// Whether a list of organs ends in a noun that they only qualify: 市委、市政府决策部署.
    private func isQualifier(from index: Int) -> Bool {
        var next = index
        while next < line.words.count, next - index < 12 {
            switch line.words[next].kind {
            case .comma, .joint, .organ, .place, .level: next += 1
            case .etc: return true
            default:
                let place = line.words[next].start
                // 县委|有关负责人, 镇政府|工作人员: those of the organ itself.
                if line.isPeople(next) || line.kind(next) == .quantifier && line.isPeople(next + 1)
                    || line.begins(place, with: OrganWords.staff)
                {
                    return false
                }
                if line.begins(place, with: Self.deciding) { return next + 1 >= line.words.count || isNoun(next) }
                return line.begins(place, with: Self.decisions)
            }
        }
        return false
    }

    /// 县政府|决定对…: 决定 is a noun only before a mark, 的, 和 or 精神.
    private func isNoun(_ index: Int) -> Bool {
        switch line.kind(index + 1) {
        case .mark, .comma, .joint, nil: true
        default: line.character(index + 1) == 0x7684 || line.isWord(index + 1, in: OrganWords.blocking)
        }
    }

    private static let deciding = WordTrie<Bool>(words: "决定 要求")

    /// Nouns behind an organ that is not what the text speaks of.
    private static let qualified = WordTrie<Bool>(
        words:
            "会议 常务会议 常委会议 常委会会议 常委会扩大会议 全委会 全委会议 党代会 全会 全体会议 全体扩大会议 扩大会议 党组会 党组会议 例会 专题会 专题会议 办公会 办公会议 主任会议 联席会议 工作会 工作会议 理论学习中心组 工作报告 精神 决策 文件 网站 门户网站 政府门户网站 官网 官方网站 公众号 微信 通知 通告 公告 公报 令 主席团 大楼 办公楼 大院 门口 会议室 楼会议室 多功能厅 常务 年会 截图 热线 工作规则 网上 规章 名义 印章 领导下 机关大楼 食堂"
    )
    private static let people = WordTrie<Bool>(
        words: "负责人 主要负责人 成员 代表 班子成员 领导班子成员 领导 主要领导 分管领导 领导班子 专家 党组成员 干部 党员 处级干部 教师 教授 民警 律师 护士 医生 工程师 医师 会议代表 网格员"
    )
    private static let leading = WordTrie<Bool>(words: "党中央 国务院 中共中央 中央 党委 全国人大 全国政协")
    private static let decisions = WordTrie<Bool>(
        words:
            "的 提出的 制定的 决策 部署 工作部署 统一部署 要求 工作要求 安排 工作安排 领导 正确领导 坚强领导 统一领导 有关 中心 中心工作 工作 重大 各项 决定 精神 文件 重要 下达 目标 号召 高度 战略 系列 重点 指示 主要领导 主要负责"
    )
}
