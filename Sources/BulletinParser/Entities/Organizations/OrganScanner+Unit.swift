/// Sets by their unit alone: 宣传部门, 施工单位, and the houses of organs.
extension OrganScanner {
    /// 宣传部门, 公安机关, 成员单位: unnamed sets by their unit alone.
    mutating func readUnit(_ index: Int) -> Int? {
        if line.text[line.words[index].start..<line.words[index].end].contains(0x5404) {
            // 局|机关各科室
            add(owner(before: index)..<extended(index + 1), .collective)
            return extended(index + 1)
        }
        if isHouse(index) { return readHouse(index) }
        // 县机关|幼儿园
        if line.isJoined(index + 1),
            line.kind(index + 1) == .head && line.isWord(index + 1, in: OrganWords.local)
                || line.isWord(index + 1, in: OrganWords.ofOffices)
        {
            return nil
        }
        // 柳林镇|党委政府
        if line.isWord(index, in: OrganWords.leadership), let name = name(endingWith: index),
            name.start < index,
            line.kind(name.start) == .place || line.kind(name.start) == .level
        {
            let words = name.start..<index + 1
            add(words, .single, counts: OrganTrailer(line: line, words: words).allows)
            return index + 1
        }
        // 环保、城建等|职能部门 counts what was named.
        if index > 0, line.kind(index - 1) == .etc, line.isJoined(index) { return nil }
        let isSet =
            line.isWord(index, in: OrganWords.sets) || isTold(index) || isDirect(index)
            || line.opensWithOwner(index)
        guard
            isSet || line.isWord(index, in: OrganWords.ownedSets)
                || line.isWord(index, in: OrganWords.passives)
        else {
            return nil
        }
        guard let name = name(endingWith: index) else { return nil }
        let end = extended(index + 1)
        let words = name.start..<end
        // 公安机关 alone names no set; 某局、某公司|2家单位 only counts what was named.
        guard name.start < index || line.opensWithOwner(index) || isSet && isLong(index),
            !counts(name.start..<index)
        else { return nil }
        // 作为学校的|中枢部门: what something is.
        if name.start > 1, line.character(name.start - 1) == 0x7684, isNamedAs(before: name.start - 1) {
            return nil
        }
        if isSequence(name.start) {
            add(words, .collective)
            return end
        }
        if !isSet, !(name.start..<index).contains(where: isInstitution) { return nil }
        add(words, .collective, counts: OrganTrailer(line: line, words: words).allows)
        return end
    }

    func isNamedAs(before index: Int) -> Bool {
        var before = index - 1
        while before >= 0, index - before < 6, line.kind(before) != .mark {
            if line.isWord(before, in: OrganWords.being) { return true }
            before -= 1
        }
        return false
    }

    /// 镇|直部门, 县|直单位
    func isDirect(_ index: Int) -> Bool {
        line.text[line.words[index].start] == 0x76F4 && line.kind(index - 1) == .level
            && line.isJoined(index)
            && line.text[line.words[index].start + 1] != 0x5C5E
    }

    /// 党群部门, 政府部门, 施工单位: a word that tells which, and not 部门 alone.
    func isLong(_ index: Int) -> Bool {
        line.words[index].count >= 4
            && Self.units.ends(line.text, line.words[index].start..<line.words[index].end)
    }

    func isInstitution(_ index: Int) -> Bool {
        switch line.kind(index) {
        case .organ, .head: true
        case .unit: line.text[line.words[index].end - 1] == 0x5173  // 纪检监察机关|派驻机构
        default: false
        }
    }

    /// 施工单位|要…: units of one trade that are told something.
    func isTold(_ index: Int) -> Bool {
        guard line.words[index].count >= 4, line.isJoined(index + 1),
            Self.units.ends(line.text, line.words[index].start..<line.words[index].end)
        else { return false }
        let place = line.words[index + 1].start
        return line.lexicon.directiveWords.longest(in: line.text, at: place, limit: line.text.count)?
            .value.contains(
                .modal
            )
            ?? false
    }

    static let units = WordTrie<Bool>(words: "单位 部门 机构 科室 学院 企业 部室")

    /// 市政协|机关: one organ with its staff, and no set.
    func isHouse(_ index: Int) -> Bool {
        guard line.character(index) == 0, line.words[index].count == 2,
            line.text[line.words[index].start] == 0x673A,
            index > 0, line.isJoined(index)
        else { return false }
        return line.kind(index - 1) == .organ && line.text[line.words[index].start + 1] == 0x5173
    }

    /// Reads it, unless a longer name goes on behind it: 驻市政协机关|纪检监察组.
    mutating func readHouse(_ index: Int) -> Int? {
        guard !(line.isJoined(index + 1) && line.isNamedOrgan(index + 1)),
            let name = name(endingWith: index - 1)
        else {
            return nil
        }
        if name.start > limit, line.kind(name.start - 1) == .organ, line.isJoined(name.start) {
            add(name.start - 1..<index + 1, .collective)  // 人大|政协|机关
            return index + 1
        }
        let words = name.start..<index + 1
        add(words, .single, counts: OrganTrailer(line: line, words: words).allows)
        return index + 1
    }

    /// Whether a stretch holds a count: 2家.
    func counts(_ words: Range<Int>) -> Bool {
        words.dropFirst().contains { line.kind($0) == .number || line.character($0) == 0x5BB6 }
    }

    /// 首期|电视问政单位.
    func isSequence(_ index: Int) -> Bool { line.isWord(index, in: OrganWords.sequences) }

    /// 被问政单位.
    mutating func readPassive(_ index: Int) -> Int? {
        var next = index + 1
        while next < line.words.count, next - index <= 4, line.isJoined(next) {
            switch line.words[next].kind {
            case .unit:
                guard line.isWord(next, in: OrganWords.passives) else { return nil }
                add(index..<next + 1, .collective)
                return next + 1
            case .plain, .field, .stop: next += 1
            default: return nil
            }
        }
        return nil
    }
}
