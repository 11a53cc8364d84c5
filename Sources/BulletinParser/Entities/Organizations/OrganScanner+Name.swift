/// From the last word of a name back to its first.
extension OrganScanner {
    /// Where a name begins, and what that tells of it.
    struct Name {
        var start: Int
        /// No word of the name tells it from others of its kind.
        var isGeneric: Bool
    }

    /// The name whose head is the word at `head`; nil if that word ends no name there.
    func name(endingWith head: Int) -> Name? {
        let word = line.words[head]
        if word.kind == .organ {
            guard line.isRegional(head) else {
                // 中共中央|办公厅, 自治州|人大常委会
                if let start = jurisdiction(before: session(before: head)) ?? ownInstitution(before: head) {
                    return Name(start: start, isGeneric: false)
                }
                // 县直|机关|党工委
                if head > limit + 1, line.kind(head - 1) == .unit, line.kind(head - 2) == .owner,
                    line.isJoined(head),
                    line.isJoined(head - 1), line.isWord(head, in: OrganWords.ofOffices)
                {
                    return Name(start: head - 2, isGeneric: false)
                }
                // 安全|质量|环保部: a department of a house.
                if line.words[head].count == 3, line.text[word.end - 1] == 0x90E8, head > limit,
                    line.kind(head - 1) == .field, line.isJoined(head)
                {
                    var first = head - 1
                    while first > limit, line.isJoined(first), line.kind(first - 1) == .field { first -= 1 }
                    if opensClause(first) { return Name(start: first, isGeneric: false) }
                }
                let start = hasOwnPlace(head) ? unknownPlace(before: head) : head
                return Name(start: start, isGeneric: start == head && line.isGeneric(head))
            }
            let start = places(before: head)
            return Name(start: prefix(before: start == head ? unknownPlace(before: head) : start), isGeneric: false)
        }
        var start = head
        var index = head - 1
        var length = word.count
        var fields = 0
        while index >= limit, line.isJoined(index + 1), length < Self.longestName {
            let part = line.words[index]
            switch part.kind {
            case .level where part.count > 1 && !line.isAutonomous(index):
                fields += 1
            case .place, .level:
                // 银|州|街道办事处
                if part.kind == .level, part.count == 1, index == head - 1, line.isWord(head, in: OrganWords.local),
                    index > limit, line.isJoined(index), line.kind(index - 1) == .plain,
                    line.words[index - 1].count == 1, opensClause(index - 1)
                {
                    return Name(start: index - 1, isGeneric: false)
                }
                if part.kind == .level, part.count == 1, !opensName(index) { return finish(start, head, fields) }
                if part.kind == .level, part.count == 1, let outer = outerLevel(before: index) {
                    return accepted(prefix(before: places(before: outer)), head)
                }
                start = prefix(before: places(before: part.kind == .place ? index + 1 : index))
                return accepted(branch(of: start, head) ?? start, head)
            case .organ:
                start =
                    line.isRegional(index)
                    ? prefix(before: places(before: index)) : jurisdiction(before: index) ?? index
                return accepted(start, head)
            case .head, .headCharacter:
                fields += 1
            case .field:
                if isSort(index, of: head) { return nil }
                fields += 1
            case .unit:
                fields += 1
            case .owner:
                // 县|第四次|全国经济普查领导小组
                if line.isWord(index, in: OrganWords.national), let level = counted(before: index) {
                    return Name(start: prefix(before: places(before: level)), isGeneric: false)
                }
                if line.isWord(index, in: OrganWords.wholes) {
                    if line.isWord(index, in: OrganWords.national) { return Name(start: index, isGeneric: false) }
                    // 全市|公安机关, but 全市|教育局 only begins there.
                    return line.words[head].kind == .unit
                        ? Name(start: index, isGeneric: false) : finish(start, head, fields)
                }
                return Name(start: line.isJoined(index) ? places(before: index) : index, isGeneric: false)
            case .plain where line.isWord(index, in: OrganWords.national):
                return Name(start: index, isGeneric: false)
            case .stop where part.count == 1 && bridges(index, head: head): break
            case .stop where part.count == 1 && OrganBoundary.opensName(line.scan, word: line.scan.wordAt[part.start]):
                return Name(start: index, isGeneric: false)
            case .plain where part.count == 1 && Self.ownWords.contains(line.character(index)):
                return nil  // 本处文书科
            case .plain where isSort(index, of: head): return nil  // 民办|幼儿园
            case .number where line.isCount(index): return finish(start, head, fields)  // 65|家单位…纪检组
            case .plain, .number:
                if OrganWords.blocks(line, index) || Self.strangers.contains(line.character(index))
                    || word.kind != .unit && line.isWord(index, in: OrganWords.sequences)
                {
                    return finish(start, head, fields)
                }
            case .title where line.isWord(index, in: OrganWords.innerTitles):
                fields += 1
            case .title
            where index == head - 1 && line.isWord(index, in: OrganWords.executives) && isGeneralOffice(head):
                fields += 1  // 校长|办公室
            case .joint:
                guard joinsFields(index, head: head) else { return finish(start, head, fields) }
            case .stop
            where part.count == 2 && line.isWord(head, in: OrganWords.tasked)
                && !line.isWord(index, in: OrganWords.founding) && isTask(endingAt: index):
                fields += 1  // 县|城市品质提升|工程指挥部
            case .mark where line.isWord(head, in: OrganWords.tasked) || line.text[word.end - 1] == 0x529E:
                // 区“…活动”工作领导小组
                guard let open = quotation(before: index) else { return finish(start, head, fields) }
                fields += 1
                length += line.words[index].end - line.words[open].start
                index = open
                start = open
                index -= 1
                continue
            case .close:
                guard let open = opening(before: index) else { return finish(start, head, fields) }
                length += line.words[index].end - line.words[open].start
                index = open
                start = open
                index -= 1
                continue
            default:
                return finish(start, head, fields)
            }
            length += part.count
            start = index
            index -= 1
        }
        if index == limit - 1, word.kind == .unit, line.isJoined(index + 1), let last = mentions.last {
            // 市安委会|成员单位
            return Name(start: last.words.lowerBound, isGeneric: false)
        }
        return finish(start, head, fields)
    }

    /// Whether a verb belongs to the task of an office of an area, whose level stands before it: 县|城市品质|提升|….
    func isTask(endingAt verb: Int) -> Bool {
        var before = verb
        while before > limit, verb - before < 8, line.isJoined(before) {
            before -= 1
            switch line.words[before].kind {
            case .plain, .field, .unit: continue
            case .owner where line.isWord(before, in: OrganWords.national): continue
            case .stop
            where line.words[before].count == 2 && !line.isWord(before, in: OrganWords.founding): continue
            case .level, .place: return opensClause(before)
            default: return false
            }
        }
        return false
    }

    /// 镇|农村环境整治整|镇|推进工作领导小组: the level that the whole name begins with, where the nearer one only ends a word.
    func outerLevel(before index: Int) -> Int? {
        guard index > limit, line.isJoined(index), line.kind(index - 1) == .plain, line.words[index - 1].count == 1
        else { return nil }
        var outer = index - 1
        while outer > limit, index - outer < 10, line.isJoined(outer) {
            outer -= 1
            switch line.words[outer].kind {
            case .plain where !line.isVerb(outer), .field: continue
            case .level where line.words[outer].count == 1: return opensClause(outer) ? outer : nil
            default: return nil
            }
        }
        return nil
    }

    /// 公安|长洲|分局: the trade before the area of a branch.
    func branch(of start: Int, _ head: Int) -> Int? {
        guard line.isWord(head, in: OrganWords.branches), start > limit, line.isJoined(start),
            line.kind(start - 1) == .field || line.kind(start - 1) == .organ, opensClause(start - 1)
        else { return nil }
        return start - 1
    }

    func opensClause(_ index: Int) -> Bool {
        switch line.kind(index - 1) {
        case .stop, .mark, .comma, .joint, nil: true
        default: false
        }
    }

    /// Whether two characters that no word covers are a verb before a word.
    func isSpelledVerb(endingAt index: Int) -> Bool {
        let end = line.words[index].start
        guard line.kind(index - 1) == .plain, line.words[index - 1].count == 1, line.kind(index - 2) == .plain,
            line.words[index - 2].count == 1, line.isJoined(index), line.isVerb(index),
            let hit = line.lexicon.directiveWords.longest(in: line.text, at: end - 2, limit: end)
        else { return false }
        return hit.end == end && hit.value.contains(.verb)
    }

    /// Behind two characters that no word covers and that are a verb.
    func spelledVerb(from index: Int) -> Int? {
        guard line.kind(index) == .plain, line.words[index].count == 1, line.kind(index + 1) == .plain,
            line.words[index + 1].count == 1, line.isJoined(index + 1),
            line.lexicon.directiveWords.value(in: line.text, line.words[index].start..<line.words[index + 1].end)?
                .contains(.verb) ?? false
        else { return nil }
        return index + 2
    }

    static let making = WordTrie<Bool>(words: "建设 打造 创建 筹建 新建 共建 组建 设立 建立")
    func isSort(_ index: Int, of head: Int) -> Bool {
        line.isWord(index, in: Self.sorts) && line.isWord(head, in: OrganWords.common)
    }

    /// What sort of schools and the like are meant.
    static let sorts = WordTrie<Bool>(words: "法治 服务型 廉洁 数字 阳光 诚信 效能 节约型 民办 公办 私立 城区 城镇 农村 乡村 校内 校外 校车 全日制")
    static let ownWords = LineScan.StaticSet("本贵我该此")
    /// Characters of verbs and counts that stand in no name.
    static let strangers = LineScan.StaticSet("好次这那某您型")

    func isGeneralOffice(_ head: Int) -> Bool {
        line.text[line.words[head].start] == 0x529E && line.words[head].count == 3  // 办公室, 办公厅
    }

    /// 校|党委, 局|党组: the organ of an institution that speaks of itself.
    func ownInstitution(before head: Int) -> Int? {
        guard head > limit, line.isJoined(head), Self.institutions.contains(line.character(head - 1)) else {
            return nil
        }
        guard head - 1 > limit, line.isJoined(head - 1) else { return head - 1 }
        switch line.words[head - 2].kind {
        case .stop, .mark, .comma, .joint, .person: return head - 1
        default: return nil
        }
    }

    static let institutions = LineScan.StaticSet("校院局厅部厂所司矿行社团系")

    /// A name that begins with a jurisdiction.
    func accepted(_ start: Int, _ head: Int) -> Name? {
        if line.words[head].kind == .headCharacter, head - start < 2, line.kind(head - 1) != .place { return nil }
        return Name(start: start, isGeneric: false)
    }

    /// 教育|和|体育|局: a conjunction between two fields of one name.
    func joinsFields(_ index: Int, head: Int) -> Bool {
        guard index > limit, line.isJoined(index), line.words[index].count == 1 else { return false }
        guard line.kind(index - 1) == .field, !line.isWord(head, in: OrganWords.common) else { return false }
        guard line.kind(index + 1) == .field || line.kind(index + 1) == .plain || index + 1 == head else {
            return false
        }
        if index + 1 == head, line.isWord(head, in: OrganWords.strong) { return false }  // 学校的发展|和|学院
        if line.words[head].kind == .unit { return false }
        // 、 before it: a list of fields, whose last member alone has the head.
        var before = index - 1
        while before > limit, line.kind(before) == .field || line.kind(before) == .plain { before -= 1 }
        // 县政协办、|农业|和|农村专委会: behind a whole name begins another.
        return line.kind(before) != .comma
            || before > 0 && (line.isNamedOrgan(before - 1) || line.kind(before - 1) == .person)
    }

    /// The opening mark of a quotation that ends at a word, in front of which the name goes on.
    func quotation(before close: Int) -> Int? {
        guard line.text[line.words[close].start] == 0x201D else { return nil }
        var index = close - 1
        while index > limit, close - index <= 12 {
            if line.kind(index) == .mark {
                guard line.text[line.words[index].start] == 0x201C else { return nil }
                return line.kind(index - 1) == .level || line.kind(index - 1) == .place ? index : nil
            }
            index -= 1
        }
        return nil
    }

    /// The opening bracket of a short insertion: 学校（幼儿园）…
    func opening(before close: Int) -> Int? {
        var index = close - 1
        while index > limit, close - index <= 8 {
            switch line.words[index].kind {
            case .open: return line.isJoined(index) ? index : nil
            case .mark, .stop, .close: return nil
            default: index -= 1
            }
        }
        return nil
    }
}
