/// Unnamed sets: 各级各部门, 市直有关部门, 各市（州）、县（市、区）, 局属各单位.
extension OrganScanner {
    /// Reads the set that a quantifier opens.
    mutating func readQuantified(_ index: Int) -> Int? {
        var first = index
        // 各级|各|有关|部门
        while first < index + 6, let next = quantifies(first) { first = next }
        guard let end = setEnd(from: first, quantifier: first - 1) ?? everywhere(index) ?? allLevels(index) else {
            return nil
        }
        if line.kind(index - 1) == .etc { return end }  // …等有关部门 counts what was named
        var words = owner(before: index)..<end
        // 各乡镇|党委|书记 are the secretaries of the towns.
        if words.count > 2, line.kind(end) == .title, isLed(end - 1) { words = words.dropLast() }
        // 部分|机关|人员: the people count.
        let isStaff = words.count == 2 && line.isWord(end - 1, in: Self.houses) && line.isPeople(end)
        let counts =
            !isStaff && !qualifies(index, end) && (isEach(index) || OrganTrailer(line: line, words: words).allows)
        add(words, .collective, counts: counts)
        return end
    }

    /// 各地|校园: only where something is.
    private func qualifies(_ index: Int, _ end: Int) -> Bool {
        guard end - index == 1, line.words[index].count == 2, line.isJoined(end) else { return false }
        switch line.kind(end) {
        case .plain: return !line.isVerb(end)
        case .field: return !line.isVerb(end)
        default: return false
        }
    }

    /// 各乡镇|党委, 各镇乡（办事处）|安委会: an organ of each of a set.
    private func isLed(_ index: Int) -> Bool {
        switch line.kind(index) {
        case .organ: line.isGeneric(index)
        case .head: line.kind(index - 1) == .close || line.kind(index - 1) == .unit
        default: false
        }
    }

    /// 各 before the organs of a title makes a set of them; who holds the title are many.
    private func isEach(_ index: Int) -> Bool { line.text[line.words[index].start] == 0x5404 }

    /// 局属单位, 市直部门, 全市政法单位: a set by whom it belongs to.
    mutating func readOwned(_ index: Int) -> Int? {
        guard line.isJoined(index + 1) else { return nil }
        switch line.kind(index + 1) {
        case .quantifier: return nil  // read from there
        case .head where mentions.last?.words.upperBound == index && line.isJoined(index): return nil  // 支队|直属一大队
        case .unit, .field, .plain, .head: break
        case .stop where line.isWord(index + 1, in: Self.weights): break  // 辖区|重点|企业
        default: return nil
        }
        guard let end = setEnd(from: index + 1, quantifier: index),
            line.kind(end - 1) == .unit || line.kind(end - 1) == .close
                || line.kind(end - 1) == .head && end == index + 2 && line.isWord(index, in: Self.subordinate)
        else { return nil }
        // 县直机关|党工委
        if line.isJoined(end),
            line.isWord(end, in: OrganWords.ofOffices) || line.isWord(end - 1, in: OrganWords.ofOffices)
        {
            return nil
        }
        if line.isWord(index, in: OrganWords.wholes), !line.isWord(end - 1, in: Self.wholeSets) { return nil }
        let words = owner(before: index)..<end
        add(words, .collective, counts: OrganTrailer(line: line, words: words).allows)
        return end
    }

    /// 一镇|两街道, 两镇|一街: all of an area by their counts, where they do something.
    mutating func readCounted(_ index: Int) -> Int? {
        guard isCountOfUnits(index), isCountOfUnits(index + 2), line.isJoined(index + 2) else { return nil }
        add(index..<index + 4, .collective)
        return index + 4
    }

    private func isCountOfUnits(_ index: Int) -> Bool {
        guard Self.counts.contains(line.character(index)), line.isJoined(index + 1) else { return false }
        switch line.kind(index + 1) {
        case .level, .unit: return Self.territorial.contains(line.text[line.words[index + 1].start])
        default: return false
        }
    }

    private static let counts = LineScan.StaticSet("一二两三四五六七八九十")
    private static let territorial = LineScan.StaticSet("镇乡街场村")

    /// 各地, alone or as 各地区.
    private func everywhere(_ index: Int) -> Int? {
        guard line.words[index].count == 2, line.text[line.words[index].end - 1] == 0x5730 else { return nil }
        return line.character(index + 1) == 0x533A ? index + 2 : index + 1
    }

    /// 各级|要认真学习…: those of all levels, where they are told something.
    private func allLevels(_ index: Int) -> Int? {
        guard line.words[index].count == 2, line.text[line.words[index].end - 1] == 0x7EA7, line.isJoined(index + 1),
            let tags = line.lexicon.directiveWords.longest(
                in: line.text,
                at: line.words[index].end,
                limit: line.text.count
            )?.value,
            tags.contains(.modal) || tags.contains(.adverb) || line.begins(line.words[index].end, with: Self.about)
        else { return nil }
        return index + 1
    }

    /// The word behind a quantifier and what goes with it (各级, 各类); nil if no quantifier stands there.
    private func quantifies(_ index: Int) -> Int? {
        guard line.kind(index) == .quantifier else { return nil }
        guard line.character(index) == 0x5404 else { return index + 1 }
        if line.isJoined(index + 1) {
            switch line.character(index + 1) {
            case 0x7EA7, 0x7C7B: return index + 2  // 级类
            case 0x4E2A where line.kind(index + 2) == .unit: return index + 2  // 个
            default: break
            }
        }
        return index + 1
    }

    /// Where the set ends that begins at `first`: behind its last unit, over the lists that share the quantifier.
    private func setEnd(from first: Int, quantifier: Int) -> Int? {
        guard first < line.words.count, first == quantifier + 1 || line.isJoined(first) else { return nil }
        var found: Int?
        var index = first
        var sinceUnit = 0
        while index < line.words.count, index == first || line.isJoined(index), index - first < 24 {
            let word = line.words[index]
            switch word.kind {
            case .unit, .head, .organ, .level, .headCharacter:
                if word.kind == .headCharacter, index > first, found == index, !isShared(index) {
                    // 各县市区|委、人民政府
                    guard line.character(index) == 0x59D4, isCommitteeOfUnits(index) else { return found }
                }
                // 各区（市）|县政府 goes on.
                if word.kind == .organ, index > first, line.isRegional(index), line.kind(index - 1) != .close {
                    return found
                }
                index = extended(index + 1)
                found = index
                sinceUnit = 0
            case .plain, .field, .number:
                if index == first, line.isWord(index, in: Self.never), !leadsToUnit(index) { return nil }
                if index == first, isShort(index) {
                    index = extended(index + 1)
                    found = index
                    sinceUnit = 0
                    continue
                }
                if found != nil, line.isVerb(index) || OrganWords.blocks(line, index) || line.isPeople(index) {
                    return found
                }
                if found == nil, OrganWords.blocks(line, index), !leadsToUnit(index) { return nil }
                sinceUnit += 1
                if sinceUnit > (found == nil ? 5 : 3) { return found }
                index += 1
            case .stop
            where index == first && line.character(index) == 0x6709 && line.character(index + 1) != 0
                && line.kind(index + 2) == .unit:
                index += 2  // 各|有林|乡镇
            case .stop where found == nil && word.count > 1 && line.kind(index + 1) == .unit:
                index += 1  // 有关|承办|单位
            case .stop where found == nil && line.isWord(index, in: Self.weights) && index == first:
                index += 1  // 各|重点|任务牵头单位
            case .stop where found == index && word.count == 2 && isOffice(index + 1):
                index += 2  // 各县区|普查|办|要…
                found = index
                sinceUnit = 0
            case .open where index == first:
                // 各（区）县
                guard let close = closing(after: index) else { return found }
                index = close + 1
            case .comma, .joint:
                guard found == nil || found == index else { return found }
                guard let next = addressee(behind: index) ?? sharing(behind: index, hasUnit: found != nil) else {
                    return found
                }
                if found != nil {
                    index = next
                    found = index
                } else {
                    index += 1
                }
                sinceUnit = 0
            default:
                return found
            }
        }
        return found
    }

    /// 办 as the end of a name, in front of what it is told.
    private func isOffice(_ index: Int) -> Bool {
        guard line.character(index) == 0x529E, line.isJoined(index), index + 1 < line.words.count,
            let tags = line.lexicon.directiveWords.longest(
                in: line.text,
                at: line.words[index + 1].start,
                limit: line.text.count
            )?.value
        else { return false }
        return tags.contains(.modal)
    }

    /// 各|工作|小组: an ordinary noun directly before the unit.
    private func leadsToUnit(_ index: Int) -> Bool {
        guard line.isJoined(index + 1) else { return false }
        switch line.kind(index + 1) {
        case .unit, .head: return true
        default: return false
        }
    }

    /// Where the next member of a salutation ends that shares one 各: 各处室、系部、馆、中心:
    private func addressee(behind separator: Int) -> Int? {
        guard line.kind(separator) == .comma, line.words[0].kind == .quantifier, let last = line.words.last,
            last.kind == .mark, last.end == line.text.count,
            line.text[last.start] == 0x3A || line.text[last.start] == 0xFF1A
        else { return nil }
        var index = separator + 1
        while index < line.words.count, index - separator <= 4 {
            switch line.words[index].kind {
            case .comma, .joint, .mark: return index > separator + 1 ? index : nil
            case .plain, .field, .unit, .head, .headCharacter, .open, .close: index += 1
            default: return nil
            }
            if line.opensWithOwner(separator + 1) { return nil }
        }
        return nil
    }

    /// A unit of one character directly behind a 各: 各村, 各矿.
    private func isShort(_ index: Int) -> Bool {
        guard line.words[index].count == 1 else { return false }
        guard Self.shortUnits.contains(line.character(index)) else { return line.isWord(index, in: Self.unitWords) }
        return true
    }

    /// Whether a 委 behind 县市区 is theirs: 各县市区委,.
    private func isCommitteeOfUnits(_ index: Int) -> Bool {
        guard line.kind(index - 1) == .unit, !line.isJoined(index + 1) || line.kind(index + 1) == .comma else {
            return false
        }
        return line.text[line.words[index].start - 1] == 0x533A  // 区
    }

    private func isShared(_ index: Int) -> Bool {
        line.kind(index - 1) == .close && line.kind(index + 1) != .open  // 各学校（幼儿园）|校（园）长
    }

    /// Where the bare unit behind a separator ends, that shares the quantifier before it: 各部门|和|单位, 各市、县|自考办.
    private func sharing(behind separator: Int, hasUnit: Bool) -> Int? {
        let first = separator + 1
        guard let kind = line.kind(first), line.isJoined(first) else { return nil }
        // 相关部门和|镇、村两级
        if kind == .level, line.kind(first + 1) == .comma, first + 2 < line.words.count,
            line.words[first + 2].count == 1,
            Self.pairs.starts(in: line.text, at: line.words[first + 2].end)
        {
            return nil
        }
        if line.opensWithOwner(first) { return nil }  // 各镇办、|区直部门
        if kind == .level, line.kind(first + 1) == .unit, line.text[line.words[first + 1].start] == 0x76F4 {
            return nil  // 各村委会,|镇|直部门
        }
        // 各县区住建局和|市|安监站: behind a head, a level begins an organ of its own.
        if kind == .level, line.words[first].count == 1, separator > 0, line.isJoined(first + 1),
            line.kind(separator - 1) == .head || line.kind(separator - 1) == .headCharacter
                || line.kind(separator - 1) == .unit && !line.isWord(separator - 1, in: OrganWords.territories)
                    && Self.rank[line.text[line.words[separator - 1].end - 1]] == nil
        {
            switch line.kind(first + 1) {
            case .field, .head, .headCharacter: return nil
            default: break
            }
        }
        // 各乡镇、|城区教育辅导区
        if kind == .level, line.words[first].count > 1, line.isJoined(first + 1) {
            switch line.kind(first + 1) {
            case .field, .plain: return nil
            default: break
            }
        }
        // 沿湖各区、市水利局: what belongs to a higher level is an organ of its own.
        if kind == .level, separator > 0, let higher = Self.rank[line.character(first)],
            let lower = Self.rank[line.text[line.words[separator - 1].end - 1]], higher < lower,
            line.kind(first + 1) == .field || line.kind(first + 1) == .head
        {
            return nil
        }
        guard hasUnit else {
            // 各建设、施工、监理单位
            switch kind {
            case .field, .plain, .unit: return first + 1
            default: return nil
            }
        }
        // 相关部门和|施工单位: units of a trade are a set of their own; 各部门和单位 are one.
        if kind == .unit, line.words[first].count >= 4, line.kind(separator) == .joint,
            line.words[line.words.indices.contains(separator - 2) ? separator - 2 : 0].kind == .quantifier,
            line.character(separator - 2) != 0x5404
        {
            return nil
        }
        switch kind {
        case .unit, .level: break
        // 部分学校和|领导小组成员单位: a set of its own.
        case .head where line.isJoined(first + 1) && line.isWord(first + 1, in: OrganWords.ownedSets): return nil
        case .head where line.isGeneric(first): break
        case .organ where line.isGeneric(first): break
        default: return nil
        }
        // Before a field comes a name of its own: 各部门、街道办事处.
        var index = extended(first + 1)
        while index < line.words.count, line.isJoined(index) {
            switch line.words[index].kind {
            case .unit, .head, .level, .headCharacter: index = extended(index + 1)
            case .organ where !line.isRegional(index): index = extended(index + 1)
            case .field, .plain:
                guard kind == .level, let head = headBehind(index) else { return index }
                index = extended(head + 1)
            default: return index
            }
        }
        return index
    }

    /// The head that a field leads to: 县|自考|办.
    func headBehind(_ index: Int) -> Int? {
        var next = index
        while next < line.words.count, next - index < 4, line.isJoined(next) {
            switch line.words[next].kind {
            case .head, .headCharacter: return next
            case .field: next += 1
            case .plain where !line.isVerb(next): next += 1
            default: return nil
            }
        }
        return nil
    }

    private func closing(after open: Int) -> Int? {
        var index = open + 1
        while index < line.words.count, index - open < 8 {
            if line.words[index].kind == .close { return index }
            index += 1
        }
        return nil
    }

    /// Whose the set is: 区委|各部委, 局机关|各科室, 中央驻京|各单位.
    func owner(before index: Int) -> Int {
        var start = openOwner(before: index)
        // 省、|市|有关部门
        while start > 1, line.kind(start) == .level, line.words[start].count == 1,
            line.kind(start - 1) == .comma,
            line.kind(start - 2) == .level, line.words[start - 2].count == 1
        {
            start -= 2
        }
        // 社区联防组|各成员单位: one character is the end of a name, which begins before it.
        guard start < index, line.kind(start) == .unit, line.words[start].count == 1, line.isJoined(start) else {
            return start
        }
        switch line.kind(start - 1) {
        case .plain, .field: return name(endingWith: start)?.start ?? start + 1
        default: return start
        }
    }

    private func openOwner(before index: Int) -> Int {
        var start = index
        var length = 0
        while start > 0, line.isJoined(start), length < 24 {
            let word = line.words[start - 1]
            switch word.kind {
            case .owner, .place, .unit: break
            case .organ:
                start -= 1
                length += word.count
                let isLed = line.isRegional(start) ? line.kind(start - 1) == .place : line.kind(start - 1) == .level
                if isLed, line.isJoined(start) { start -= 1 }
                return start
            case .head, .headCharacter:
                // The name that has just been read.
                if let last = mentions.last, last.words.upperBound == start { return last.words.lowerBound }
                if word.kind == .headCharacter, !Self.ownerCharacters.contains(line.character(start - 1)) {
                    return start
                }
            case .level:
                // 各街道|各部门 is one, 各县（区）|各部门 and 各县|各部门 two.
                if line.kind(start - 2) == .quantifier, word.count == 1 { return start }
            case .plain
            where line.character(start - 1) == 0x5185 && line.kind(start - 2) == .level
                && line.isJoined(start - 1):
                return start - 2  // 县|内|各施工企业
            case .plain
            where word.count == 1 && line.character(start - 2) == 0x6CBF && line.isJoined(start - 1):
                return start - 2  // 沿|湖|各区
            case .plain where line.isWord(start - 1, in: Self.systems) && line.kind(start - 2) == .field:
                start -= 1  // 教育|系统|所有学校
            case .plain, .field:
                guard
                    line.text[word.start] == 0x9A7B || line.isWord(start - 1, in: Self.owners)
                        || word.count == 1 && line.character(start - 2) == 0x9A7B
                else {
                    return start
                }
            case .stop:
                guard line.character(start - 1) == 0x9A7B || isWithin(start - 1) else { return start }
            case .quantifier:
                break
            default:
                return start
            }
            start -= 1
            length += word.count
        }
        return start
    }

    /// How high levels stand: 省 above 市 above 县.
    private static let rank: [UInt32: Int] = [
        0x7701: 0, 0x5E02: 1, 0x5DDE: 1, 0x76DF: 1, 0x53BF: 2, 0x533A: 2, 0x65D7: 2, 0x9547: 3, 0x4E61: 3,
    ]

    private static let owners = WordTrie<Bool>(
        words:
            "公检法 公检法司 中央 国家 机关 局机关 委机关 厅机关 校机关 区直 市直 县直 省直 区级 市级 县级 省级 下属 所属 直属 驻 政府系统 两级 总部 本部 基层 集团 公司 学校 学院 党群 行政 全体 辖区 村级 镇级 系统 政法系统 卫生系统 教育系统"
    )
    /// 县内|各施工企业, but not 滑坡|区内.
    private func isWithin(_ index: Int) -> Bool {
        guard line.isWord(index, in: Self.within) else { return false }
        switch line.kind(index - 1) {
        case .mark, .comma, .joint, .stop, nil: return true
        default: return false
        }
    }

    private static let within = WordTrie<Bool>(
        words: "县内 市内 区内 省内 州内 镇内 域内"
    )
    private static let subordinate = WordTrie<Bool>(words: "所属 下属 直属")
    private static let pairs = WordTrie<Bool>(words: "两级 三级 四级")
    private static let about = WordTrie<Bool>(words: "关于")
    private static let systems = WordTrie<Bool>(words: "系统")
    private static let ownerCharacters = LineScan.StaticSet("局厅委院校处所部署")
    /// Words behind 各 that are no organisations.
    private static let never = WordTrie<Bool>(words: "条 项 种 个 自 位 族 界 方 类 式 方面 行业 领域 国 行 地区性 环节 类别 阶段 时期 大 处")
    private static let houses = WordTrie<Bool>(words: "机关")
    private static let weights = WordTrie<Bool>(words: "重点 重大 主要 具体 相关 专项")
    private static let shortUnits = LineScan.StaticSet("省市县区州旗盟镇乡村校院系所局处科室站队厂矿司部委办组社街地园店库场班")
    private static let unitWords = WordTrie<Bool>(words: "地方 地区 单位 部门")
    private static let wholeSets = WordTrie<Bool>(
        words: "部门 机关 公安机关 检察机关 司法机关 纪检监察机关 税务机关 行政机关 政法机关 政法单位 单位 党组织 基层党组织 乡镇 镇街 机构"
    )
}

extension PhraseLine {
    /// Whether a word denotes people: 负责人, 干部, 代表.
    func isPeople(_ index: Int) -> Bool {
        guard words.indices.contains(index) else { return false }
        let word = words[index]
        // 校（园）|长
        let isSplit = word.count == 1 && word.start > 4 && text[word.start] == 0x957F && kind(index - 1) == .close
        let from = isSplit ? word.start - 4 : word.start
        guard let head = lexicon.heads.longest(in: text, endingAt: word.end, from: from) else { return false }
        return head.value.contains(.group)
    }
}
