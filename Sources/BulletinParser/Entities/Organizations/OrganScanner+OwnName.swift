/// Names without a jurisdiction: what their words must hold to tell them from ordinary ones.
extension OrganScanner {
    /// A name that begins at a word that ends names, without a jurisdiction.
    func finish(_ start: Int, _ head: Int, _ fields: Int) -> Name? {
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
            // 彰|显|检察机关: an ordinary word before a unit.
            if word.kind == .unit, start + 1 < head, line.kind(start) == .plain,
                line.character(start) != 0,
                line.kind(start + 1) == .plain, line.character(start + 1) != 0,
                line.lexicon.vocabulary.hasPair(in: line.text, at: line.words[start].start)
            {
                start += 2
                continue
            }
            switch line.words[start].kind {
            case .joint, .comma, .close: start += 1
            case .plain where line.isVerb(start) && !fillsClause(start, head): start += 1
            case .plain where line.isWord(start, in: OrganWords.founding): start += 1  // 组成|联合督查组
            case .plain
            where line.words[start].count > 1 && word.kind == .unit
                && !line.isWord(start, in: OrganWords.sequences):
                start += 1
            case .number where !isStrong: start += 1
            case .field
            where start + 1 == head && line.isWord(start, in: Self.commands)
                && (line.isWord(head, in: OrganWords.common) || line.isGeneric(head)):
                start += 1  // 指导|学校
            case .field
            where start + 1 == head && word.kind == .unit && line.isWord(start, in: Self.commands):
                return nil
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
    func namesOffice(_ index: Int) -> Bool {
        guard index > 0, line.isJoined(index) else { return false }
        switch line.words[index - 1].kind {
        case .joint, .comma: break
        default: return false
        }
        let word = line.words[index]
        return line.lexicon.directiveWords.value(in: line.text, word.start..<word.end)?.contains(
            .office
        ) ?? false
    }

    /// 管|工学院|召开: a character that is a verb elsewhere begins a name that fills its clause up to the predicate.
    func fillsClause(_ start: Int, _ head: Int) -> Bool {
        guard line.words[start].count == 1, line.isWord(head, in: OrganWords.strong) else {
            return false
        }
        guard start == 0 || line.kind(start - 1) == .mark, head + 1 < line.words.count else {
            return false
        }
        return line.isWord(head + 1, in: OrganWords.predicates)
    }

    /// A name whose first word is no jurisdiction: what it holds must tell it from ordinary words.
    func known(_ start: Int, _ head: Int, _ fields: Int, _ isStrong: Bool) -> Name? {
        let word = line.words[head]
        if isCount(start) || start + 1 < head && line.kind(start) == .plain && isCount(start + 1) {
            return nil
        }
        // 8|个|督导工作组
        if Self.counters.contains(line.character(start)), line.kind(start - 1) == .number { return nil }
        // 两|家|污水处理厂
        if start + 1 < head, Self.amounts.contains(line.character(start)),
            Self.counters.contains(line.character(start + 1))
        {
            return nil
        }
        if isAbbreviated(start, head) { return Name(start: start, isGeneric: false) }
        if fields > 0 {
            if word.kind == .headCharacter, Self.nearHeads.contains(line.character(head)),
                line.kind(head - 1) != .field
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
            guard Self.clearHeads.contains(line.character(head)),
                line.words[head].start - line.words[start].start == 2,
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
    func isOfficeOfOwnName(_ start: Int, _ head: Int) -> Bool {
        guard line.words[head].start - line.words[start].start == 2,
            (start..<head).allSatisfy({ line.kind($0) == .plain && !line.isVerb($0) })
        else { return false }
        if line.isPeople(head + 1) { return true }
        return line.begins(line.words[head].end, with: Self.officeDuties)
    }

    /// 文|教|卫|体|局, 教|管|中心, 基财|科: fields by one character each, between words that end names.
    func isAbbreviated(_ start: Int, _ head: Int) -> Bool {
        let letters = line.words[start].start..<line.words[head].start
        let isShort =
            line.words[head].kind == .headCharacter
            && Self.abbreviatedHeads.contains(line.character(head))
        guard isShort || line.isWord(head, in: Self.abbreviatedCentres), (2...5).contains(letters.count)
        else {
            return false
        }
        return letters.allSatisfy { Self.abbreviations.contains(line.text[$0]) }
            && (start..<head).allSatisfy { line.kind($0) == .plain || line.kind($0) == .field }
            && (letters.count > 2
                || !line.lexicon.vocabulary.hasPair(in: line.text, at: letters.lowerBound))
    }

    static let abbreviatedHeads = LineScan.StaticSet("局委办厅科处股室")
    static let abbreviatedCentres = WordTrie<Bool>(words: "中心 站 办公室")
    static let abbreviations = LineScan.StaticSet(
        "后保就学草牧监文教卫体科工信商财农林水国土规建住城交环民社人司审统旅广安应市监食药发改经计医保退审执法综管基宣组纪党政群团信统资贸投招促粮物价税"
    )
    static let officeDuties = WordTrie<Bool>(words: "负责 牵头 汇报 通报 会同 主任 具体负责")

    /// 南湖|办事处, 柳林|派出所: a proper name that no word covers, before the head of a local institution.
    func isLocalName(_ words: Range<Int>, _ head: Int) -> Bool {
        let isOrdinary = line.isWord(head, in: OrganWords.local)
        guard isOrdinary || line.isWord(head, in: OrganWords.branchesOfOwnName) else { return false }
        let start = line.words[words.lowerBound].start
        let length = line.words[head].start - start
        guard
            length >= 2 && length <= 4
                && words.allSatisfy({ line.kind($0) == .plain && line.words[$0].count == 1 })
        else { return false }
        if isOrdinary { return true }
        return !line.lexicon.vocabulary.hasPair(in: line.text, at: start - 1)
            && !(length == 2 && line.lexicon.vocabulary.hasPair(in: line.text, at: start))
    }

    static let amounts = LineScan.StaticSet("一二两三四五六七八九十几数多")
    static let counters = LineScan.StaticSet("个家支所批")
    static let commands = WordTrie<Bool>(
        words: "联系 分管 建设 改造 新建 组织 成立 组建 抽调 指导 督促 引导 支持 帮助 推动 推进 执行 鼓励 协调 督导"
    )
    /// Heads of one character that need a field directly before them.
    static let nearHeads = LineScan.StaticSet("所社队室部院校厂台馆站行")
    /// Heads of one character that a word of two characters may stand before.
    static let clearHeads = LineScan.StaticSet("局厅署处科股")

    /// A little word that is part of a proper name: 播|送 in 国度播送电视总局.
    func bridges(_ index: Int, head: Int) -> Bool {
        guard line.isWord(head, in: OrganWords.strong), !Self.particles.contains(line.character(index))
        else {
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

    static let particles = LineScan.StaticSet("的了在对向由被把将给是和与及为从于到等据经受要应请让使令")
}
