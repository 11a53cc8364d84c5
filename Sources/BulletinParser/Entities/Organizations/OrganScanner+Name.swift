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
                return Name(start: head, isGeneric: line.isGeneric(head))
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
            case .title where index == head - 1 && line.isWord(index, in: OrganWords.executives) && isOffice(head):
                fields += 1  // 校长|办公室
            case .joint:
                guard joinsFields(index, head: head) else { return finish(start, head, fields) }
            case .mark where line.isWord(head, in: OrganWords.tasked):
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

    /// 镇|农村环境整治整|镇|推进工作领导小组: the level that the whole name begins with, where the nearer one only ends a word.
    private func outerLevel(before index: Int) -> Int? {
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
    private func branch(of start: Int, _ head: Int) -> Int? {
        guard line.isWord(head, in: OrganWords.branches), start > limit, line.isJoined(start),
            line.kind(start - 1) == .field || line.kind(start - 1) == .organ, opensClause(start - 1)
        else { return nil }
        return start - 1
    }

    private func opensClause(_ index: Int) -> Bool {
        switch line.kind(index - 1) {
        case .stop, .mark, .comma, .joint, nil: true
        default: false
        }
    }

    /// Whether two characters that no word covers are a verb before a word.
    private func isSpelledVerb(endingAt index: Int) -> Bool {
        let end = line.words[index].start
        guard line.kind(index - 1) == .plain, line.words[index - 1].count == 1, line.kind(index - 2) == .plain,
            line.words[index - 2].count == 1, line.isJoined(index), line.isVerb(index),
            let hit = line.lexicon.directiveWords.longest(in: line.text, at: end - 2, limit: end)
        else { return false }
        return hit.end == end && hit.value.contains(.verb)
    }

    /// Behind two characters that no word covers and that are a verb.
    private func spelledVerb(from index: Int) -> Int? {
        guard line.kind(index) == .plain, line.words[index].count == 1, line.kind(index + 1) == .plain,
            line.words[index + 1].count == 1, line.isJoined(index + 1),
            line.lexicon.directiveWords.value(in: line.text, line.words[index].start..<line.words[index + 1].end)?
                .contains(.verb) ?? false
        else { return nil }
        return index + 2
    }

    private static let making = WordTrie<Bool>(words: "建设 打造 创建 筹建 新建 共建 组建 设立 建立")
    private func isSort(_ index: Int, of head: Int) -> Bool {
        line.isWord(index, in: Self.sorts) && line.isWord(head, in: OrganWords.common)
    }

    /// What sort of schools and the like are meant.
    private static let sorts = WordTrie<Bool>(words: "法治 服务型 廉洁 数字 阳光 诚信 效能 节约型 民办 公办 私立 城区 城镇 农村 乡村 校内 校外 校车 全日制")
    private static let ownWords = LineScan.StaticSet("本贵我该此")
    /// Characters of verbs and counts that stand in no name.
    private static let strangers = LineScan.StaticSet("好次这那某您型")

    private func isOffice(_ head: Int) -> Bool {
        line.text[line.words[head].start] == 0x529E && line.words[head].count == 3  // 办公室, 办公厅
    }

    /// 校|党委, 局|党组: the organ of an institution that speaks of itself.
    private func ownInstitution(before head: Int) -> Int? {
        guard head > limit, line.isJoined(head), Self.institutions.contains(line.character(head - 1)) else {
            return nil
        }
        guard head - 1 > limit, line.isJoined(head - 1) else { return head - 1 }
        switch line.words[head - 2].kind {
        case .stop, .mark, .comma, .joint, .person: return head - 1
        default: return nil
        }
    }

    private static let institutions = LineScan.StaticSet("校院局厅部厂所司矿行社团")

    /// A name that begins with a jurisdiction.
    private func accepted(_ start: Int, _ head: Int) -> Name? {
        if line.words[head].kind == .headCharacter, head - start < 2, line.kind(head - 1) != .place { return nil }
        return Name(start: start, isGeneric: false)
    }

    /// A name that begins at a word that ends names, without a jurisdiction.
    private func finish(_ start: Int, _ head: Int, _ fields: Int) -> Name? {
        var start = start
        let word = line.words[head]
        let isStrong = line.isWord(head, in: OrganWords.strong)
        while start < head {
            if let object = spelledVerb(from: start), object <= head {
                // 探|索|建设|中心: what is still to be made is nobody.
                if line.isWord(object, in: Self.making) { return nil }
                start = object
                continue
            }
            switch line.words[start].kind {
            case .joint, .comma, .close: start += 1
            case .plain where line.isVerb(start) && !fillsClause(start, head): start += 1
            case .plain
            where line.words[start].count > 1 && word.kind == .unit
                && !line.isWord(start, in: OrganWords.sequences):
                start += 1
            case .number where !isStrong: start += 1
            case .field
            where start + 1 == head && line.isWord(start, in: Self.commands)
                && (line.isWord(head, in: OrganWords.common) || line.isGeneric(head)):
                start += 1  // 指导|学校
            case .field where start > limit + 1 && isSpelledVerb(endingAt: start): start += 1  // 探|索|建设|中心
            case .field
            where line.isVerb(start) && start + 1 < head && line.kind(start + 1) != .joint
                && !(word.kind == .unit && namesOffice(start)):
                start += 1
            default:
                return known(start, head, fields, isStrong)
            }
        }
        if word.kind == .headCharacter { return nil }
        return Name(start: start, isGeneric: line.isGeneric(start))
    }

    /// 管理|服务部门 behind 和 or 、: what the units do, and no verb before them.
    private func namesOffice(_ index: Int) -> Bool {
        guard index > 0, line.isJoined(index) else { return false }
        switch line.words[index - 1].kind {
        case .joint, .comma: break
        default: return false
        }
        let word = line.words[index]
        return line.lexicon.directiveWords.value(in: line.text, word.start..<word.end)?.contains(.office) ?? false
    }

    /// 管|工学院|召开: a character that is a verb elsewhere begins a name that fills its clause up to the predicate.
    private func fillsClause(_ start: Int, _ head: Int) -> Bool {
        guard line.words[start].count == 1, line.isWord(head, in: OrganWords.strong) else { return false }
        guard start == 0 || line.kind(start - 1) == .mark, head + 1 < line.words.count else { return false }
        return line.isWord(head + 1, in: OrganWords.predicates)
    }

    /// A name whose first word is no jurisdiction: what it holds must tell it from ordinary words.
    private func known(_ start: Int, _ head: Int, _ fields: Int, _ isStrong: Bool) -> Name? {
        let word = line.words[head]
        if isCount(start) || start + 1 < head && line.kind(start) == .plain && isCount(start + 1) { return nil }
        // 8|个|督导工作组
        if Self.counters.contains(line.character(start)), line.kind(start - 1) == .number { return nil }
        if isAbbreviated(start, head) { return Name(start: start, isGeneric: false) }
        if fields > 0 {
            if word.kind == .headCharacter, Self.nearHeads.contains(line.character(head)), line.kind(head - 1) != .field
            {
                return nil
            }
            return Name(start: start, isGeneric: false)
        }
        switch word.kind {
        case .headCharacter:
            if line.character(head) == 0x529E, isOfficeOfOwnName(start, head) {
                return Name(start: start, isGeneric: false)
            }
            // 保卫|处 between words that end names.
            guard Self.clearHeads.contains(line.character(head)), line.words[head].start - line.words[start].start == 2,
                line.words[start].count == 2, line.isFree(head)
            else { return nil }
            return Name(start: start, isGeneric: false)
        case .unit:
            return Name(start: start, isGeneric: false)
        default:
            if isStrong || !line.isGeneric(head) || isLocalName(start..<head, head) {
                return Name(start: start, isGeneric: false)
            }
            // 党政|办公室: a word, and not characters that no word covers.
            return line.words[head - 1].count > 1 && !line.isWord(head, in: OrganWords.common)
                ? Name(start: head - 1, isGeneric: false) : Name(start: head, isGeneric: true)
        }
    }

    /// 评建|办|负责人, 由|评建|办|负责: two characters before 办 that no word covers, where an office acts.
    private func isOfficeOfOwnName(_ start: Int, _ head: Int) -> Bool {
        guard line.words[head].start - line.words[start].start == 2,
            (start..<head).allSatisfy({ line.kind($0) == .plain && !line.isVerb($0) })
        else { return false }
        if line.isPeople(head + 1) { return true }
        return line.begins(line.words[head].end, with: Self.officeDuties)
    }

    /// 文|教|卫|体|局, 教|管|中心, 基财|科: fields by one character each, between words that end names.
    private func isAbbreviated(_ start: Int, _ head: Int) -> Bool {
        let letters = line.words[start].start..<line.words[head].start
        let isShort = line.words[head].kind == .headCharacter && Self.abbreviatedHeads.contains(line.character(head))
        guard isShort || line.isWord(head, in: Self.abbreviatedCentres), (2...5).contains(letters.count) else {
            return false
        }
        return letters.allSatisfy { Self.abbreviations.contains(line.text[$0]) }
            && (start..<head).allSatisfy { line.kind($0) == .plain || line.kind($0) == .field }
            && (letters.count > 2 || !line.lexicon.vocabulary.hasPair(in: line.text, at: letters.lowerBound))
    }

    private static let abbreviatedHeads = LineScan.StaticSet("局委办厅科处股室")
    private static let abbreviatedCentres = WordTrie<Bool>(words: "中心 站 办公室")
    private static let abbreviations = LineScan.StaticSet(
        "文教卫体科工信商财农林水国土规建住城交环民社人司审统旅广安应市监食药发改经计医保退审执法综管基宣组纪党政群团信统资贸投招促粮物价税"
    )
    private static let officeDuties = WordTrie<Bool>(words: "负责 牵头 汇报 通报 会同 主任 具体负责")

    /// 南湖|办事处, 柳林|派出所: a proper name that no word covers, before the head of a local institution.
    private func isLocalName(_ words: Range<Int>, _ head: Int) -> Bool {
        guard line.isWord(head, in: OrganWords.local) else { return false }
        let length = line.words[head].start - line.words[words.lowerBound].start
        return length >= 2 && length <= 4 && words.allSatisfy { line.kind($0) == .plain && line.words[$0].count == 1 }
    }

    private static let counters = LineScan.StaticSet("个家支所批")
    private static let commands = WordTrie<Bool>(words: "组织 成立 组建 抽调 指导 督促 引导 支持 帮助 推动 推进 执行 鼓励 协调 督导")
    /// Heads of one character that need a field directly before them.
    private static let nearHeads = LineScan.StaticSet("所社队室部院校厂台馆站行")
    /// Heads of one character that a word of two characters may stand before.
    private static let clearHeads = LineScan.StaticSet("局厅署处科股")

    /// A little word that is part of a proper name: 播|送 in 国度播送电视总局.
    private func bridges(_ index: Int, head: Int) -> Bool {
        guard line.isWord(head, in: OrganWords.strong), !Self.particles.contains(line.character(index)) else {
            return false
        }
        var before = index - 1
        while before >= limit, line.isJoined(before + 1), index - before < 12 {
            switch line.words[before].kind {
            case .plain where line.words[before].count == 1: before -= 1
            case .place: return true
            case .mark, .comma: return index - before > 2
            default: return false
            }
        }
        return before < 0 && index - before > 2
    }

    private static let particles = LineScan.StaticSet("的了在对向由被把将给是和与及为从于到等据经受要应请让使令")

    /// Goes back over 十五届 in 自治州十五届人大常委会.
    private func session(before index: Int) -> Int {
        guard index > limit, line.character(index - 1) == 0x5C4A else { return index }
        var start = index - 1
        while start > limit, index - start < 6, line.words[start - 1].count == 1,
            line.kind(start - 1) == .number || Self.numerals.contains(line.character(start - 1))
        {
            start -= 1
        }
        return start
    }

    private static let numerals = LineScan.StaticSet("第一二三四五六七八九十")

    /// Whether 市, 区 at a place is the jurisdiction of what follows, and no unit in a list.
    private func opensName(_ index: Int) -> Bool {
        guard index > 0, line.isJoined(index) else { return true }
        switch line.words[index - 1].kind {
        case .quantifier, .number: return false
        default: return true
        }
    }

    /// 灌涨|镇政府: two or three characters that no word covers, between a mark and a regional organ.
    private func unknownPlace(before head: Int) -> Int {
        var start = head
        while start > limit, line.isJoined(start), head - start < 4, line.kind(start - 1) == .plain,
            line.words[start - 1].count == 1
        {
            start -= 1
        }
        guard head - start == 2 || head - start == 3, !Self.deictics.contains(line.character(start)) else {
            return head
        }
        guard start > 0 else { return start }
        switch line.kind(start - 1) {
        case .mark, .comma: return start
        default: return head
        }
    }

    private static let deictics = LineScan.StaticSet("我本该全各原驻")

    /// Goes back over the places that stand directly before the word at `index`: 四川省|成都市|…
    private func places(before index: Int) -> Int {
        var start = index
        while start > limit, start == index || line.isJoined(start), line.kind(start - 1) == .place,
            line.isJoined(start)
        {
            start -= 1
        }
        return start
    }

    /// 自治州 before an organ, or a place.
    private func jurisdiction(before index: Int) -> Int? {
        guard index > limit, line.isJoined(index) else { return nil }
        switch line.words[index - 1].kind {
        case .place: return prefix(before: places(before: index))
        case .level: return prefix(before: places(before: index - 1))
        default: return nil
        }
    }

    /// 中共, 武警, 国网 before the jurisdiction.
    private func prefix(before start: Int) -> Int {
        guard start > limit, line.isJoined(start), line.isWord(start - 1, in: OrganWords.prefixes) else { return start }
        return start - 1
    }

    /// 教育|和|体育|局: a conjunction between two fields of one name.
    private func joinsFields(_ index: Int, head: Int) -> Bool {
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
        return line.kind(before) != .comma || before > 0 && line.isNamedOrgan(before - 1)
    }

    /// The opening mark of a quotation that ends at a word, in front of which the name goes on.
    private func quotation(before close: Int) -> Int? {
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
