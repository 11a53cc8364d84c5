/// Names that stand directly behind another, whose part they are.
extension OrganScanner {
    /// The organ that a name goes on from: 县纪委|驻县委宣传部纪检组, 税务总局|云岭县税务局, 民盟|云岭市委.
    func parent(of words: Range<Int>) -> OrganMention? {
        guard let last = mentions.last, last.form == .single, last.words.upperBound == words.lowerBound,
            line.isJoined(words.lowerBound), let end = last.words.last
        else { return nil }
        if line.character(words.lowerBound) == 0x9A7B { return last }  // 驻
        switch line.kind(words.lowerBound) {
        case .place, .level, .plain, .organ, .head: break
        case .owner where line.text[line.words[words.lowerBound].start] == 0x76F4: break  // 直属一大队
        default: return nil
        }
        // 省安委会|第五考核巡查组
        if line.text[line.words[words.lowerBound].start] == 0x7B2C,
            line.text[line.words[words.upperBound - 1].end - 1] == 0x7EC4
        {
            return last
        }
        // 水利部|淮河水利委员会
        if line.kind(end) == .organ, line.text[last.range.upperBound - 1] == 0x90E8,
            line.kind(words.lowerBound) == .place,
            line.text[line.words[words.upperBound - 1].end - 1] == 0x59D4
                || line.text[line.words[words.upperBound - 1].end - 1] == 0x4F1A
        {
            return last
        }
        if last.words.count == 1, line.isWord(end, in: OrganWords.prefixes) { return last }
        // 市委|云岭县税务局 are two.
        guard !line.isRegional(end), line.kind(words.lowerBound) != .organ,
            OrganWords.branchHeads.ends(
                line.text,
                last.range.upperBound..<line.words[words.upperBound - 1].end
            )
        else { return nil }
        return last
    }

    /// 市委|巡察办, 县委|全面依法治县|委员会办公室: an office of a committee, with what tells which.
    func isOfficeOfCommittee(_ between: Range<Int>, _ head: Int) -> Bool {
        Self.committeeOffices.contains(line.text[line.words[head].end - 1])
            && !line.isWord(head, in: OrganWords.centres)
            && between.allSatisfy {
                line.kind($0) == .field || line.kind($0) == .plain && !line.isVerb($0)
            }
    }

    /// 学校|党委: an organ of the house that the text speaks of.
    func isHouseOrgan(_ house: Int, _ end: Int) -> Bool {
        end == house + 2 && line.isWord(house, in: OrganWords.houseKinds)
            && line.isWord(end - 1, in: OrganWords.houseOrgans)
    }

    /// 镇|自然资源|所|要…, 县|房管|所|有关负责人: a station of an area, where 所 could begin 所要 or 所有.
    func isStation(_ index: Int) -> Bool {
        let next = line.words[index].end
        guard line.has(Self.doubtful, at: next) else { return false }
        var first = index
        while first > limit, index - first < 4, line.isJoined(first) {
            first -= 1
            switch line.kind(first) {
            case .field, .plain, .headCharacter, .unit: continue
            case .level, .place:
                guard first + 1 < index, first > 0 else { return first + 1 < index }
                switch line.kind(first - 1) {
                case .mark, .comma, .stop, .joint, .place: return true
                default: return false
                }
            default: return false
            }
        }
        return false
    }

    private static let doubtful = LineScan.StaticSet("要有")
    private static let committeeOffices = LineScan.StaticSet("办部局组团校室委台社")
    static let agencies = LineScan.StaticSet("署局司厅")
}

extension PhraseLine {
    /// Whether the character at a place is one of a set.
    func has(_ characters: LineScan.StaticSet, at place: Int) -> Bool {
        scan.has(characters, at: place)
    }
}
