/// Names that their place in a list tells, though their words would not.
extension OrganScanner {
    /// Where a name begins that fills the whole member of a list of organs: 艺术|与|传媒学院 between 、 and 、.
    ///
    /// `start` is where its words alone let it begin.
    func segment(endingWith head: Int, from start: Int) -> Int? {
        guard !line.isUnit(head), isBounded(head + 1) else { return nil }
        var first = start
        while first > limit, line.isJoined(first), isPart(first - 1) {
            // 云岭师专|和|县社科联: what has its own area is another member.
            if line.kind(first - 1) == .joint, line.kind(first) == .level || line.kind(first) == .place {
                break
            }
            first -= 1
        }
        while line.kind(first) == .joint { first += 1 }
        let length = line.words[head].end - line.words[first].start
        guard first < start, first < head, length >= 3, length <= 20, !isCount(first), standsInList(first, head) else {
            return nil
        }
        return first
    }

    func isCount(_ index: Int) -> Bool { line.isCount(index) }

    /// What a member may hold before its head.
    private func isPart(_ index: Int) -> Bool {
        switch line.words[index].kind {
        case .plain: !OrganWords.blocks(line, index)
        case .field, .joint, .number, .unit, .head, .headCharacter, .level: true
        default: false
        }
    }

    /// Whether what follows a name is the end of a member: 、, 等, a mark, a count, people.
    private func isBounded(_ index: Int) -> Bool {
        let end = extended(index)
        switch line.kind(end) {
        case .comma, .etc, .joint, .mark, .stop, nil: return true
        default: return line.character(end) == 0x5171  // 共
        }
    }

    /// Whether an organ ends directly before the member, or the next member is one.
    private func standsInList(_ first: Int, _ head: Int) -> Bool {
        if first > 0, line.kind(first - 1) == .comma {
            if limit == first - 1, let last = mentions.last {
                return last.form == .listed || line.isNamedOrgan(last.words.upperBound - 1)
            }
            // …推广基地、|体育与运动学院、教育科学学院: by the member behind it.
        }
        guard first == 0 || line.kind(first - 1) == .mark || line.kind(first - 1) == .comma else { return false }
        let comma = extended(head + 1)
        guard line.kind(comma) == .comma else { return false }
        var next = comma + 1
        while next < line.words.count, next - comma < 8 {
            switch line.words[next].kind {
            case .comma, .mark, .etc: return line.isNamedOrgan(next - 1)
            case .stop, .person, .quantifier: return false
            default: next += 1
            }
        }
        return false
    }

    // MARK: - Territories among organs

    /// 市水务局、|双丰镇、工农乡|有关负责人, 县公安局、|东张乡|作了发言: in a list of organs a territory stands for its
    /// government, and so it does where it sends people.
    mutating func readTerritory(_ index: Int) -> Int? {
        guard isTerritory(index) else { return nil }
        // 县|汽摩工业园区
        let start = line.kind(index - 1) == .level && line.isJoined(index) ? index - 1 : index
        let isListed =
            isSalutation
            || start > 0 && limit == start - 1 && !mentions.isEmpty && isSeparator(start - 1)
                && (mentions.last.map { $0.form == .single || $0.form == .listed } ?? false)
        var members = [index]
        var next = index + 1
        while isSeparator(next), isTerritory(next + 1) {
            members.append(next + 1)
            next += 2
        }
        // 城关镇及凤鸣社区|网格单位: the last one begins another name.
        if isListed, members.count > 1, !endsMember(next) {
            members.removeLast()
            next -= 2
        }
        let isFirst = isFirstOfList(index, next)
        guard isFirst || (isListed ? endsMember(next) : sendsPeople(next)) else { return nil }
        for member in members { add((member == index ? start : member)..<member + 1, .listed) }
        return next
    }

    /// …、某某园区、某某开发区: — a line that addresses those it lists.
    private var isSalutation: Bool {
        guard let last = line.words.last, last.kind == .mark, line.words.count > 2, line.text.count <= 160,
            line.text[last.start] == 0x3A || line.text[last.start] == 0xFF1A
        else { return false }
        return line.words.allSatisfy {
            switch $0.kind {
            case .person, .title, .number: false
            case .stop: $0.count == 1
            case .mark: $0.start == last.start || line.text[$0.start] == 0x2C || line.text[$0.start] == 0xFF0C
            default: true
            }
        }
    }

    /// 由|阳湖镇、|区科技局…组成, 石桥镇、|施工单位相关同志: first in a list of organs that act together.
    private func isFirstOfList(_ index: Int, _ next: Int) -> Bool {
        guard isSeparator(next) else { return false }
        if line.character(index - 1) == 0x7531 {  // 由
            return line.kind(next + 1) == .level && (line.kind(next + 2) == .field || line.kind(next + 2) == .head)
                || line.kind(next + 1) == .organ
        }
        return line.kind(next + 1) == .unit && sendsPeople(next + 2)
    }

    private func isSeparator(_ index: Int) -> Bool { line.kind(index) == .comma || line.kind(index) == .joint }

    private func isTerritory(_ index: Int) -> Bool {
        // 区委办公室、|开发区、各镇办
        if line.kind(index) == .level, line.words[index].count >= 3, line.kind(index - 1) == .comma { return true }
        guard line.kind(index) == .place, line.words[index].count >= 3 else { return false }
        let word = line.words[index]
        return Self.territoryEnds.ends(line.text, word.start..<word.end)
    }

    /// Whether a territory is not the beginning of another name.
    private func endsMember(_ index: Int) -> Bool {
        switch line.kind(index) {
        case .head, .headCharacter, .organ, .level, .unit, .place: !line.isJoined(index)
        case .field, .plain: !line.isJoined(index) || headBehind(index) == nil  // 塘口镇|综合执法|队
        default: true
        }
    }

    private func sendsPeople(_ index: Int) -> Bool {
        var next = index
        while next < line.words.count, next - index < 4, line.isJoined(next) {
            if line.kind(next) == .title, line.kind(next + 1) == .person { return false }  // 镇|党委书记|张三
            if line.isPeople(next) || line.kind(next) == .title { return line.isPeople(next) }
            switch line.words[next].kind {
            case .quantifier, .etc, .plain: next += 1
            default: return false
            }
        }
        return false
    }

    private static let territoryEnds = WordTrie<Bool>(words: "镇 乡 街道 社区 村 开发区 高新区 经开区 新区 园区 工业园 产业园 示范区 林场 农场")
}

extension PhraseLine {
    /// 9|个|学院
    func isCount(_ index: Int) -> Bool {
        kind(index) == .number && (Self.measures.contains(character(index + 1)) || kind(index + 1) == .number)
    }

    private static let measures = LineScan.StaticSet("个家所名余多")

    /// Whether a name of an organ ends with a word, or with a parenthesis behind it.
    func isNamedOrgan(_ index: Int) -> Bool {
        switch kind(index) {
        case .head, .headCharacter, .organ, .close: true
        default: false
        }
    }
}
