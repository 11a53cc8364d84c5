/// Finds the names of organisations in a paragraph, from their last word back to their first.
///
/// A name ends with a word that names organs (委员会, 教育局, 公司) and begins at the nearest of: a jurisdiction (区, 市,
/// 大洼区, 国家), a word that ends names (verbs, prepositions), punctuation. Unnamed sets are recognised by their
/// quantifier (各, 有关) or by the unit that they consist of (宣传部门).
struct OrganScanner {
    let line: PhraseLine
    private(set) var mentions: [OrganMention] = []
    /// Members of lists, which are found behind what they stand before.
    private var listed: [OrganMention] = []

    /// Names are not longer than this, in characters.
    static let longestName = 36

    init(line: PhraseLine) { self.line = line }

    mutating func run() {
        var index = 0
        while index < line.words.count {
            let next: Int?
            switch line.words[index].kind {
            case .quantifier: next = readQuantified(index)
            case .organ, .head, .headCharacter: next = readNamed(index)
            case .unit: next = readUnit(index)
            case .etc: next = readList(before: index)
            case .owner: next = readOwned(index)
            case .place: next = readTerritory(index)
            case .level where line.words[index].count >= 3: next = readTerritory(index)
            case .plain: next = readCounted(index)
            case .stop where line.character(index) == 0x88AB: next = readPassive(index)
            default: next = nil
            }
            index = max(next ?? 0, index + 1)
        }
        guard !listed.isEmpty else { return }
        mentions += listed
        mentions.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    // MARK: - Recording

    mutating func add(_ words: Range<Int>, _ form: OrganMention.Form, counts: Bool = true) {
        guard let first = words.first, let last = words.last else { return }
        while let previous = mentions.last, previous.words.upperBound > first { mentions.removeLast() }
        let range = line.words[first].start..<line.words[last].end
        guard !line.isHidden(range.lowerBound), !isNumber(range), !isTerm(range, form) else { return }
        mentions.append(OrganMention(range: range, words: words, form: form, counts: counts))
    }

    /// 国办|发〔2019〕39号, 工信厅|运行函〔2017〕300号: the first letters of a document's number.
    private func isNumber(_ range: Range<Int>) -> Bool {
        for place in range.upperBound..<min(range.upperBound + 5, line.text.count) {
            switch line.text[place] {
            case 0x3014, 0x3010: return true  // 〔【
            case 0x5B: return true
            case 0x53D1, 0x51FD, 0x5B57, 0x89C4, 0x7535, 0x660E, 0x901A, 0x6CD5: continue  // 发函字规电明通法
            case let scalar where range.count <= 3 && LineScan.isHan(scalar): continue
            default: return false
            }
        }
        return false
    }

    /// “四馆一剧院”: what a quotation counts, and no name.
    private func isTerm(_ range: Range<Int>, _ form: OrganMention.Form) -> Bool {
        range.count <= 8 && line.text[safe: range.lowerBound - 1] == 0x201C
            && line.text[safe: range.upperBound] == 0x201D
            && Self.counting.contains(line.text[range.lowerBound])
    }

    private static let counting = LineScan.StaticSet("一二两三四五六七八九十")

    /// Adds a member of a list that is found behind later mentions.
    mutating func addMember(_ words: Range<Int>, _ form: OrganMention.Form, counts: Bool = true) {
        let range = line.words[words.lowerBound].start..<line.words[words.upperBound - 1].end
        guard !line.isHidden(range.lowerBound) else { return }
        listed.append(OrganMention(range: range, words: words, form: form, counts: counts))
    }

    /// The word behind the last mention: no name goes back over it.
    var limit: Int { mentions.last?.words.upperBound ?? 0 }

    // MARK: - Named organs

    private mutating func readNamed(_ index: Int) -> Int? {
        // 学校|中心|工作
        if line.isWord(index, in: OrganWords.centres), line.begins(line.words[index].end, with: OrganWords.centred),
            !line.begins(line.words[index].end, with: OrganWords.staff)
        {
            return nil
        }
        // 总|部署: the end of a verb.
        if line.words[index].kind == .headCharacter, index > 0, line.isJoined(index),
            let hit = line.lexicon.directiveWords.longest(
                in: line.text,
                at: line.words[index].start - 1,
                limit: line.words[index].end
            ), hit.end == line.words[index].end, hit.value.contains(.verb)
        {
            return nil
        }
        // 强化组织部|署: the beginning of a verb.
        if line.text[safe: line.words[index].end] == 0x7F72, line.text[line.words[index].end - 1] == 0x90E8 {
            return nil
        }
        // 为保障…安全|所|做出的贡献
        if line.character(index) == 0x6240, line.begins(line.words[index].end, with: OrganWords.doings),
            !isStation(index)
        {
            return nil
        }
        let found = name(endingWith: index)
        var end = index + 1
        var head = index
        if found != nil {
            end = extended(end)
            // 指挥部|办公室, 秘书处|文书|科: the name goes on to its last head.
            while let longer = nextHead(end) {
                end = extended(longer + 1)
                head = longer
            }
        }
        var name = found ?? Name(start: index, isGeneric: true)
        // 汉鑫|矿业|发展|有限公司: what the first head leaves open the last one tells.
        if name.isGeneric, head > index, let whole = self.name(endingWith: head), !whole.isGeneric { name = whole }
        if let segment = segment(endingWith: head, from: name.start) {
            name = Name(start: segment, isGeneric: false)
        } else if found == nil {
            return nil
        }
        end = max(end, extended(head + 1))
        if end > index + 1 {
            name.isGeneric =
                name.start == index && line.isGeneric(end - 1) && name.isGeneric
                && !isHouseOrgan(index, end)
        }
        var words = name.start..<end
        if name.isGeneric, !standsAlone(words) { return end }
        if let parent = parent(of: words) { words = parent.words.lowerBound..<end }
        // 乡镇|学校 are of a kind, 市县|自考办 are those of the areas.
        if words.lowerBound + 1 == head, line.kind(words.lowerBound) == .unit,
            line.isWord(head, in: OrganWords.common)
        {
            return end
        }
        let form: OrganMention.Form =
            line.kind(words.lowerBound) == .unit && line.isWord(words.lowerBound, in: OrganWords.territories)
            ? .collective : .single
        add(words, form, counts: OrganTrailer(line: line, words: words).allows)
        if line.isMembership(end), let last = mentions.indices.last {
            // 市政府|党组成员
            mentions[last].range = mentions[last].range.lowerBound..<line.words[end].start + 2
        }
        return end
    }

    /// What a head before `index` goes on to: the last word of a longer name.
    private func nextHead(_ index: Int) -> Int? {
        var next = index
        var modifiers = 0
        let last = index > 0 ? line.text[line.words[index - 1].end - 1] : 0
        // 府, and 高新区管委会|住建局
        let isGovernment =
            last == 0x5E9C
            || index > 0
                && OrganWords.governing.ends(line.text, line.words[index - 1].start..<line.words[index - 1].end)
        let isCommittee = last == 0x59D4 && line.kind(index - 1) == .organ  // 委
        let isStanding = index > 0 && line.isWord(index - 1, in: OrganWords.standing)
        // 县人大|办, 政协|办
        let hasOffice =
            isGovernment || isCommittee || last == 0x6307  // 区防指|办
            || (last == 0x5927 || last == 0x534F) && line.kind(index - 1) == .organ
            || isStanding
        while next < line.words.count, line.isJoined(next), modifiers <= 3 {
            let word = line.words[next]
            switch word.kind {
            case .head:
                // 市委|教育|工委
                if isCommittee, modifiers == 1, line.isWord(next, in: OrganWords.workCommittees) { return next }
                // 市委|巡察办, 县委|老干部局
                if isCommittee, isOfficeOfCommittee(index..<next, next) { return next }
                // 县委|中心工作
                if line.isWord(next, in: OrganWords.centres), line.begins(word.end, with: OrganWords.centred),
                    !line.begins(word.end, with: OrganWords.staff)
                {
                    return nil
                }
                // 教育局|安稳办, 指挥部|综合协调组
                // 省公安厅|森林公安局
                if Self.ministries.contains(last), Self.bureaus.contains(line.text[word.end - 1]),
                    modifiers <= 1
                {
                    return next
                }
                if Self.houses.contains(last), Self.rooms.contains(line.text[word.end - 1]), modifiers <= 1 {
                    return next
                }
                // A new organ of its own begins a new name: 公安局|教育局 stays two.
                // 人大|法|工委
                let isInner = hasOffice && !isCommittee && line.text[word.end - 1] == 0x59D4
                guard isGovernment || isInner || line.isSubUnit(next) || modifiers == 0 && line.isGeneric(next) else {
                    return nil
                }
                return next
            case .headCharacter:
                // 县政府|办, 市委|办
                guard modifiers > 0 || hasOffice && line.character(next) == 0x529E else { return nil }
                return line.follows(next, isFreeAfterCharacter: true) ? next : nil
            case .organ:
                // 区委|政法委
                if isCommittee, modifiers == 0, line.isWord(next, in: OrganWords.partyOrgans) { return next }
                // 市委|教育|工委
                if isCommittee, modifiers == 1, line.isWord(next, in: OrganWords.workCommittees) { return next }
                // 内政部|警政署
                if line.kind(index - 1) == .organ, last == 0x90E8, modifiers == 0,
                    Self.agencies.contains(line.text[word.end - 1])
                {
                    return next
                }
                return isGovernment && !line.isRegional(next) || line.begins(word.start, with: OrganWords.inner)
                    ? next : nil
            case .title:
                guard line.isHeadNext(next) else { return nil }
                modifiers += 1
            case .joint:
                // 市政府|新闻|及|国际关系|处, 省政协|农业|和|农村|委员会
                guard isGovernment || last == 0x534F || last == 0x4F1A || last == 0x5927, line.kind(next - 1) == .field,
                    line.kind(next + 1) == .field
                else { return nil }
                modifiers += 1
            case .field, .plain:
                // 市人大常委会|组织|常委会组成人员
                if isStanding, line.isWord(next, in: OrganWords.founding) { return nil }
                if modifiers == 0, line.isVerb(next), !line.isHeadNext(next), !isGovernment { return nil }
                if word.kind == .plain, OrganWords.blocks(line, next) { return nil }
                modifiers += 1
            case .number where modifiers > 0: modifiers += 1
            case .stop where modifiers > 0 && line.isWord(next, in: OrganWords.inspections) && line.isHeadNext(next):
                modifiers += 1
            case .unit:
                // 指挥部|交通|防控|组
                if modifiers > 0, Self.houses.contains(last), line.character(next) == 0x7EC4,
                    line.kind(next - 1) == .field,
                    line.follows(next, isFreeAfterCharacter: true)
                {
                    return next
                }
                modifiers += 1
            default: return nil
            }
            next += 1
        }
        return nil
    }

    private static let ministries = LineScan.StaticSet("厅")
    private static let bureaus = LineScan.StaticSet("局院")
    private static let houses = LineScan.StaticSet("局部组")
    private static let rooms = LineScan.StaticSet("办组")

    /// A name that has no words of its own counts where a line holds nothing else, as a signature does, and between
    /// other organs in a list.
    private func standsAlone(_ words: Range<Int>) -> Bool {
        if words.lowerBound == 0, words.upperBound == line.words.count { return line.words[0].kind == .head }
        // 近日,集团公司|召开…: the house that speaks of itself.
        if words.count == 1, line.isWord(words.lowerBound, in: OrganWords.houses),
            words.lowerBound == 0 || line.kind(words.lowerBound - 1) == .mark,
            line.isWord(words.upperBound, in: OrganWords.predicates) || line.isTold(words.upperBound)
        {
            return true
        }
        // 院办、计财处、|团委
        if words.count == 1, line.words[words.lowerBound].kind == .organ,
            line.kind(words.lowerBound - 1) == .comma,
            limit == words.lowerBound - 1, mentions.last?.form == .single
        {
            return true
        }
        guard line.words[words.lowerBound].kind == .head, !line.isUnit(words.lowerBound) else { return false }
        // 办公室、综合科、…: a member of a list whose other members are departments.
        if line.kind(words.lowerBound - 1) == .comma, limit == words.lowerBound - 1 { return true }
        guard line.kind(words.upperBound) == .comma else { return false }
        var next = words.upperBound + 1
        while next < line.words.count, next - words.upperBound < 6 {
            switch line.words[next].kind {
            case .headCharacter: return true
            case .quantifier: return !line.isWord(words.lowerBound, in: OrganWords.common)  // 监事会、各部门
            case .head: return !line.isGeneric(next) || next > words.upperBound + 1
            case .field, .plain: next += 1
            default: return false
            }
        }
        return false
    }

    /// Whether a parenthesis holds another name of the office before it, and nothing else.
    private func namesOffice(in open: Int) -> Bool {
        guard open > 0, line.isNamedOrgan(open - 1) else { return false }
        var next = open + 1
        while next < line.words.count, next - open <= 8 {
            switch line.words[next].kind {
            case .close:
                return line.kind(next - 1) == .head && !line.isUnit(next - 1)
                    || line.kind(next - 1) == .headCharacter
            case .field, .plain, .head, .headCharacter: next += 1
            default: return false
            }
        }
        return false
    }

    /// The end of a name with the parenthesis that belongs to it: 学校（幼儿园）.
    func extended(_ end: Int) -> Int {
        guard line.kind(end) == .open, line.isJoined(end) else { return end }
        var next = end + 1
        while next < line.words.count, next - end <= 8 {
            switch line.words[next].kind {
            case .close:
                let last = next - 1
                if line.kind(last) == .plain, !OrganWords.insertions.contains(line.character(last)) { return end }
                return last > end && line.kind(last) != .field ? next + 1 : end
            case .head, .unit, .level, .headCharacter, .organ, .comma: break
            // 保卫工作部(校园安全管理处)
            case .field,
                .plain where namesOffice(in: end):
                break
            case .field where next == end + 1: break
            case .plain where line.words[next].count == 1 && next == end + 1: break
            default: return end
            }
            next += 1
        }
        return end
    }
}
