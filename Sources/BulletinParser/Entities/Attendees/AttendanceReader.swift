/// Reads who presided over a meeting, attended, sat in or watched: the subjects of 主持, 出席, 参加, 列席, 收听收看, and the
/// lists under 参加人员.
struct AttendanceReader {
    enum Attendee {
        /// Index into the bulletin's people.
        case person(Int)
        /// A group, as a range of the scan.
        case group(Range<Int>)
    }

    private(set) var found: [Attendee] = []
    /// Whether the paragraph before was a heading for a list of attendees.
    private var isListNext = false

    mutating func read(_ line: PhraseLine, organs: [OrganMention]) {
        found = []
        guard !line.words.isEmpty else { return }
        if let start = listStart(line) {
            readList(start, line, organs)
            return
        }
        var clauseStart = 0
        for index in line.words.indices {
            let word = line.words[index]
            if word.kind == .mark, Self.sentenceEnds.contains(line.text[word.start]), !joinsGroups(index, line) {
                clauseStart = index + 1
            }
            guard word.kind == .stop || word.kind == .plain || word.kind == .field else { continue }
            if let verb = verb(at: index, in: line), verb.holds(line, index) {
                if let list = listBehind(index, line) {
                    readList(list.lowerBound, line, organs, until: list.upperBound)
                    continue
                }
                var list = AttendeeList(line: line, organs: organs)
                let end = subjectEnd(before: index, from: clauseStart, in: line)
                list.read(subjectStart(before: end, from: clauseStart, in: line)..<end)
                if list.found.isEmpty, case .presiding = verb,
                    let person = leader(before: index, from: clauseStart, in: line)
                {
                    found.append(.person(person))
                }
                found += list.found
            } else if line.isWord(index, in: Self.companions),
                let company = company(before: index, in: line)
            {
                var list = AttendeeList(line: line, organs: organs)
                list.read(company)
                found += list.found
            } else if line.isWord(index, in: Self.leading) {
                readLed(index, line, organs)
            }
        }
    }

    /// 机关干部;各单位负责人;代表等|参加: a semicolon between groups.
    private func joinsGroups(_ index: Int, _ line: PhraseLine) -> Bool {
        guard index > 0, line.text[line.words[index].start] == 0x3B || line.text[line.words[index].start] == 0xFF1B
        else { return false }
        return line.isPeople(index - 1)
    }

    /// 在|县农业农村局局长X的|陪同下: who went with them.
    private func company(before index: Int, in line: PhraseLine) -> Range<Int>? {
        guard
            line.text[safe: line.words[index].end] == 0x4E0B
                || line.text[line.words[index].end - 1] == 0x4E0B  // 下
        else { return nil }
        let end = line.character(index - 1) == 0x7684 ? index - 1 : index  // 的
        var start = end
        while start > 0, end - start < 40 {
            if line.character(start - 1) == 0x5728 { return start..<end }  // 在
            if line.kind(start - 1) == .mark { return nil }
            start -= 1
        }
        return nil
    }

    private static let companions = WordTrie<Bool>(words: "陪同 陪同下")

    // MARK: - Verbs

    fileprivate enum Verb {
        /// 主持
        case presiding
        /// 参加, 观看
        case joining
        /// 出席, 列席
        case attending
        /// 参会, 与会
        case closing
        /// 陪同
        case accompanying

        /// Whether the words behind the verb are what one attends.
        func holds(_ line: PhraseLine, _ index: Int) -> Bool {
            let end = line.words[index].end
            switch self {
            case .attending:
                return !line.begins(end, with: AttendanceReader.afterNoun) && !isToldOf(line, index)
            case .closing:
                // 到会指导, 到会并致辞
                var next = index
                let verbEnd = AttendanceReader.verbs.longest(
                    in: line.text,
                    at: line.words[index].start,
                    limit: line.text.count
                )?.end
                while next < line.words.count, line.words[next].start < verbEnd ?? end { next += 1 }
                while next < line.words.count, next - index < 6, line.kind(next) != .mark {
                    guard line.isWord(next, in: AttendanceReader.afterArrival) else { return false }
                    next += 1
                }
                return true
            case .accompanying:
                if line.character(index - 1) == 0x4E0E { return false }
                return !line.begins(end, with: AttendanceReader.company)
                    && !(index > 0 && line.character(index - 1) == 0x7684)
                    && objectHolds(line, index, AttendanceReader.joined)
            case .presiding:
                return objectHolds(line, index, AttendanceReader.presided)
            case .joining:
                if line.begins(end, with: AttendanceReader.afterNoun) { return false }
                if index > 0, line.isWord(index - 1, in: AttendanceReader.unreal) || isOccasion(line, index) {
                    return false
                }
                return objectHolds(line, index, AttendanceReader.joined)
            }
        }

        /// 已有|30个部委负责人|出席过, 是广大委员|齐聚一堂的大会: what was, or what a meeting is like.
        private func isToldOf(_ line: PhraseLine, _ index: Int) -> Bool {
            let isGathering = line.text[line.words[index].start + 1] == 0x805A  // 聚
            var before = index - 1
            while before >= 0, index - before < 16, line.kind(before) != .mark {
                if line.isWord(before, in: AttendanceReader.past) { return true }
                if isGathering, line.character(before) == 0x662F { return true }  // 是
                before -= 1
            }
            return false
        }

        /// 在|参加…时: when something was said, 派|记者|参加: what is to come.
        private func isOccasion(_ line: PhraseLine, _ index: Int) -> Bool {
            var before = index - 1
            while before >= 0, index - before < 8, line.kind(before) != .mark {
                if AttendanceReader.sending.contains(line.character(before)) { return true }
                before -= 1
            }
            guard line.character(index - 1) == 0x5728 else { return false }  // 在
            return line.text[line.words[index].end...].prefix(24).contains { $0 == 0x65F6 }  // 时
        }

        private static let quotes = LineScan.StaticSet("“”")

        private func objectHolds(_ line: PhraseLine, _ index: Int, _ objects: WordTrie<Bool>) -> Bool {
            var next = index
            var place = line.words[index].start
            while next < line.words.count, next - index <= 24 {
                let word = line.words[next]
                // 主持召开…“百日攻坚”行动推进会
                if word.kind == .mark, next > index + 1, Self.quotes.contains(line.text[word.start]) {
                    next += 1
                    continue
                }
                if word.kind == .mark {
                    return next == index + 1 && !AttendanceReader.opening.contains(line.text[word.start])
                }
                place = word.start
                while place < word.end {
                    if line.begins(place, with: objects) { return true }
                    place += 1
                }
                next += 1
            }
            return next == index + 1
        }
    }

    private func verb(at index: Int, in line: PhraseLine) -> Verb? {
        var place = line.words[index].start
        if line.text[place] == 0x7B49, line.words[index].count > 1 { place += 1 }  // 等|参加
        return Self.verbs.longest(in: line.text, at: place, limit: line.text.count)?.value
    }

    // MARK: - Subjects

    /// Where the subject of a verb ends: before adverbs and a phrase with 在, 以, 通过.
    private func subjectEnd(before verb: Int, from start: Int, in line: PhraseLine) -> Int {
        var end = verb
        while end > start, line.isWord(end - 1, in: Self.adverbs) { end -= 1 }
        if let occasion = occasion(before: end, from: start, in: line) { return occasion }
        var index = end - 1
        while index > start, end - index <= 12 {
            switch line.words[index].kind {
            case .mark, .comma, .person: return end
            case .stop where line.classes(index).contains(.venueSuffix): index -= 1  // 在分会场
            case .stop where line.character(index) == 0x5728 && Self.posts.contains(line.text[line.words[index].end]):
                index -= 1  // 全体|在|校领导
            case .stop:
                guard line.isWord(index, in: Self.prepositions) else {
                    // 通过视频|直播|参加
                    guard line.isWord(index, in: Self.media) else { return end }
                    index -= 1
                    continue
                }
                var before = index
                while before > start, line.isWord(before - 1, in: Self.adverbs) { before -= 1 }
                return before
            default: index -= 1
            }
        }
        return end
    }

    /// 区长X深入某处调研,并|主持召开座谈会: the only person that the sentence has named so far.
    private func leader(before verb: Int, from start: Int, in line: PhraseLine) -> Int? {
        guard verb > start, line.isWord(verb - 1, in: Self.furthering) else { return nil }
        var person: Int?
        for index in start..<verb where line.kind(index) == .person {
            guard person == nil else { return nil }
            person = line.personAt[line.words[index].start]
        }
        return person
    }

    private static let furthering = WordTrie<Bool>(words: "并 还 并现场 随后 会后")

    /// 有关部门负责人|在研究相关议题时|列席: where the phrase begins that tells when.
    private func occasion(before end: Int, from start: Int, in line: PhraseLine) -> Int? {
        guard end > start, line.character(end - 1) == 0x65F6 else { return nil }  // 时
        var index = end - 2
        while index > start, end - index <= 14, line.kind(index) != .mark {
            if line.character(index) == 0x5728 { return index }  // 在
            index -= 1
        }
        return nil
    }

    /// Where the subject begins: behind the last word that no list of persons and groups holds.
    private func subjectStart(before end: Int, from bound: Int, in line: PhraseLine) -> Int {
        var start = end
        var safe: Int?
        while start > bound {
            let word = line.words[start - 1]
            // 区“…活动”工作领导小组: what stands in quotation marks is part of a name.
            if word.kind == .mark, line.text[word.start] == 0x201D,
                let open = (max(bound, start - 16)..<start - 1).last(where: {
                    line.text[line.words[$0].start] == 0x201C
                })
            {
                start = open
                continue
            }
            switch word.kind {
            case .mark:
                switch line.text[word.start] {
                // …干部;各单位负责人;代表等|参加: a list of groups.
                case 0x3B where start > bound + 1 && line.isPeople(start - 2),
                    0xFF1B where start > bound + 1 && line.isPeople(start - 2):
                    safe = start
                case 0x2C, 0xFF0C:
                    if safe == nil || start < end { safe = start }
                case 0x201C, 0x201D, 0x22: break
                default: return start
                }
            case .stop:
                if line.isWord(start - 1, in: Self.pointing), start - 1 == bound || line.kind(start - 2) == .mark {
                    return start
                }
                let isEtc =
                    line.text[word.start] == 0x7B49  // 等县领导
                    || line.character(start - 1) == 0x6D3E && line.kind(start - 2) == .level  // 县|派|第一书记
                guard isEtc || line.isWord(start - 1, in: Self.innerStops) || line.isPeople(start - 1) else {
                    return safe ?? start
                }
            default: break
            }
            start -= 1
        }
        return start
    }

    /// 率市住建局等部门负责人: who is led.
    private mutating func readLed(_ index: Int, _ line: PhraseLine, _ organs: [OrganMention]) {
        var end = index + 1
        while end < line.words.count, end - index < 60 {
            switch line.words[end].kind {
            case .mark: break
            case .stop where !line.isWord(end, in: Self.innerStops) && !line.isPeople(end): break
            default:
                end += 1
                continue
            }
            break
        }
        // 带领|全体与会人员|学习
        if line.words[index + 1..<end].indices.contains(where: { line.isWord($0, in: Self.present) }) { return }
        var list = AttendeeList(line: line, organs: organs)
        list.read(index + 1..<end)
        found += list.found
    }

    private static let present = WordTrie<Bool>(words: "与会 与会人员 参会人员 大家 群众 干部群众")

    // MARK: - Lists

    /// 参加会议的|有|院长、…: the list behind a verb and its object, up to the end of the sentence.
    private func listBehind(_ verb: Int, _ line: PhraseLine) -> Range<Int>? {
        var index = verb + 1
        while index < line.words.count, index - verb < 10, line.kind(index) != .mark {
            if line.character(index) == 0x6709 || line.isWord(index, in: Self.having) {  // 有
                var end = index + 1
                while end < line.words.count, !Self.sentenceEnds.contains(line.text[line.words[end].start]) { end += 1 }
                return end > index + 1 ? index + 1..<end : nil
            }
            index += 1
        }
        return nil
    }

    private static let having = WordTrie<Bool>(words: "还有 有")
    private static let pointing = WordTrie<Bool>(words: "该镇 该县 该市 该区 该乡 该局 该校 该院 该街道 我县 我市 我区 我镇 我乡 我局 我校 我院 我省")

    /// Where the list of a line begins that is nothing but one: behind 参加人员：, or anywhere under such a heading.
    private mutating func listStart(_ line: PhraseLine) -> Int? {
        let isUnderHeading = isListNext
        isListNext = false
        if let colon = openingColon(line) {
            isListNext = colon + 1 >= line.words.count
            return isListNext ? nil : colon + 1
        }
        var index = 0
        while index < line.words.count, index < 6 {
            let word = line.words[index]
            if line.begins(word.start, with: Self.listHeads) {
                var next = index
                while next < line.words.count, next - index < 6 {
                    let kind = line.words[next].kind
                    if kind == .mark { break }
                    if kind == .stop, next > index, !line.isPeople(next) { return nil }
                    next += 1
                }
                if next >= line.words.count {
                    isListNext = true
                    return nil
                }
                guard line.words[next].kind == .mark, Self.listMarks.contains(line.text[line.words[next].start]) else {
                    return nil
                }
                if next + 1 >= line.words.count {
                    isListNext = true
                    return nil
                }
                return next + 1
            }
            switch word.kind {
            case .number, .open, .close, .comma: index += 1
            case .mark where line.text[word.start] == 0x2E: index += 1
            case .plain where word.count == 1 && Self.numerals.contains(line.text[word.start]): index += 1
            default: return isUnderHeading ? 0 : nil
            }
        }
        return isUnderHeading ? 0 : nil
    }

    /// 参加发布会的人员包括:, 出席会议的领导有:: the colon of a line that begins so.
    private func openingColon(_ line: PhraseLine) -> Int? {
        guard let first = line.words.first, line.begins(first.start, with: Self.taking) else { return nil }
        var isOfPeople = false
        for index in line.words.indices.prefix(12) {
            let word = line.words[index]
            if word.kind == .mark {
                let isColon = line.text[word.start] == 0x3A || line.text[word.start] == 0xFF1A
                return isColon && isOfPeople ? index : nil
            }
            isOfPeople = isOfPeople || line.isPeople(index) || line.character(index) == 0x7684  // 的
        }
        return nil
    }

    private static let taking = WordTrie<Bool>(words: "参加 出席 列席 参会 与会 出席会议 参加会议")

    private mutating func readList(
        _ start: Int,
        _ line: PhraseLine,
        _ organs: [OrganMention],
        until limit: Int? = nil
    ) {
        let limit = limit ?? line.words.count
        var index = start
        while index < limit {
            var end = index
            while end < limit {
                let word = line.words[end]
                if word.kind == .mark, Self.separators.contains(line.text[word.start]) { break }
                end += 1
            }
            var list = AttendeeList(line: line, organs: organs)
            list.read(index..<end)
            found += list.found
            if end < line.words.count, line.text[line.words[end].start] == 0x3002 { return }
            index = end + 1
        }
    }

    // MARK: - Words

    fileprivate static let verbs = WordTrie<Verb>([
        (.presiding, "主持"),
        (.attending, "出席 列席 收听收看 收看 会聚一堂 齐聚一堂"),
        (.joining, "参加 观看"),
        (.accompanying, "陪同 一同参加 一同检查 一同调研 一起检查 一起调研 一并参加 随同检查 随同调研"),
        (.closing, "参会 与会 到会 到会指导 莅会指导 到会讲话 亲临指导 亲临会议 亲临现场 莅临指导 莅临会议 莅会"),
    ])
    fileprivate static let afterNoun = WordTrie<Bool>(words: "人员 人 对象 范围 者 代表 名单 单位")
    fileprivate static let afterArrival = WordTrie<Bool>(
        words: "并 指导 讲话 致辞 致词 发言 发表 会议 本次 此次 工作 作 重要 作重要讲话 作讲话 指导工作 祝贺 了 并讲话 观摩"
    )
    fileprivate static let past = WordTrie<Bool>(words: "已有 曾 曾经")
    fileprivate static let company = WordTrie<Bool>(words: "下 人员 领导 人 的")
    fileprivate static let presided = WordTrie<Bool>(words: "会 仪式 活动 论坛 学习 座谈 调度 并")
    fileprivate static let joined = WordTrie<Bool>(
        words: "会 仪式 活动 巡河 巡林 巡湖 现场办公 调研 检查 督查 巡查 暗访 走访 参观 座谈 培训 研究 讨论 学习 观摩 演练 考察 视察 研讨 慰问 督导"
    )
    fileprivate static let unreal = WordTrie<Bool>(
        words: "积极 踊跃 要 应 应当 须 必须 请 组织 可 将 不 未 不得 需 自愿 准时 按时 想 报名 主动 广泛 动员 鼓励"
    )
    fileprivate static let opening = LineScan.StaticSet("“\"《「：:")
    private static let adverbs = WordTrie<Bool>(
        words: "分别 共同 一同 也 还 均 都 应邀 受邀 亲自 现场 先后 一起 一并 并 同时 会上 会议 全程 同步 集中 共 则 一道 特邀 作为 陪同"
    )
    private static let prepositions = WordTrie<Bool>(words: "在 于 以 通过 到 随 赴")
    private static let posts = LineScan.StaticSet("校岗家编职任位院")
    private static let media = WordTrie<Bool>(words: "直播 连线 转播 接入")
    private static let innerStops = WordTrie<Bool>(
        words:
            "帮扶 包联 结对 辖区内 辖区 挂职 次会议 日 大家 全日制 在编 在岗 全体 该 编 岗 重点 共 共计 合计 的 来自 全体 全部 部分 以上 以下 其他 受邀 特邀 主管 分管 负责 联系 驻 在 现任 任 与会 参会 其 及其 和 以及 主要 参与 相应 涉及 被 首席 会议 工作 第一 第二 第三 每 村 组 部 副 各 一名 多名 所有 一行"
    )
    private static let leading = WordTrie<Bool>(words: "率 率领 带领 率队")
    private static let listHeads = WordTrie<Bool>(
        words:
            "对象 会议对象 与会对象 出席对象 参加人 参会人 参加人员 参会人员 出席人员 列席人员 与会人员 参加对象 参会对象 参会范围 参加范围 参会单位 参加单位 参会领导 出席领导 参会代表 主持人 出席 列席 参会 参加会议的有 参加会议人员 出席会议人员"
    )
    fileprivate static let sending = LineScan.StaticSet("派")
    private static let listMarks = LineScan.StaticSet(":：。")
    private static let numerals = LineScan.StaticSet("一二三四五六七八九十")
    private static let separators = LineScan.StaticSet(",，;；。")
    private static let sentenceEnds = LineScan.StaticSet("。；;！？!?")
}
