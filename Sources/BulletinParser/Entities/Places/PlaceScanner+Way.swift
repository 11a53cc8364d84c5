/// Waters and streets by names that no lexicon holds.
extension PlaceScanner {
    /// 瓦岗|湖|内: a water by a name that no word covers, where what follows speaks of waters or ends the phrase.
    func water(endingWith index: Int) -> Range<Int>? {
        guard line.isJoined(index), let telling = telling(index),
            Self.ways.longest(
                in: line.text,
                at: line.words[index].start - 1,
                limit: line.words[index].end
            ) == nil
        else { return nil }
        switch line.kind(index + 1) {
        case .mark, .comma, .joint, .open, .close, .etc, nil: break
        case .number where telling === Self.behindStreets: break
        case .stop:
            let next = line.words[index + 1].start
            guard
                isUnusual(before: index) || telling === Self.behindWaters || line.text[next] == 0x81F3
                    || line.begins(next, with: telling)
            else {
                return nil  // 至
            }
        default:
            guard
                line.begins(line.words[index + 1].start, with: telling) || stretchEnd(index + 1) > index + 1
                    || isUnusual(before: index) && line.isVerb(index + 1)
            else { return nil }
        }
        var first = index
        while first > 0, index - first < 4, line.isJoined(first), line.kind(first - 1) == .plain,
            line.words[first - 1].count == 1
        {
            first -= 1
        }
        // 沿|海港|路
        if index - first == 3, line.text[line.words[first].start] == 0x6CBF { first += 1 }
        // 大连|路
        if line.isWordOfPraise(first..<index) { return nil }
        if index == first, index > 0, line.kind(index - 1) == .place, line.words[index - 1].count == 2,
            line.classes(index - 1) == .region
        {
            return index - 1..<index + 1
        }
        // 金鱼河、|彭|河
        if index - first == 1, line.kind(first - 1) == .comma, let last = places.last,
            last.upperBound == line.words[first - 1].start,
            line.text[last.upperBound - 1] == line.character(index)
        {
            return first..<index + 1
        }
        if index - first == 4, let verb = [index - 2, index - 3].first(where: isBehindVerb) {
            return verb..<index + 1
        }
        guard index - first == 2 || index - first == 3 else { return nil }
        guard first > 0 else { return first..<index + 1 }
        switch line.words[first - 1].kind {
        case .place where line.isJoined(first): return first - 1..<index + 1
        case .stop, .mark, .comma, .joint, .place, .person, .open: return first..<index + 1
        default: return line.isVerb(first - 1) ? first..<index + 1 : nil
        }
    }

    /// Two or three characters that no word covers, nor an ordinary one of two.
    func isUnusual(before index: Int) -> Bool {
        var first = index
        while first > 0, index - first < 4, line.isJoined(first), line.kind(first - 1) == .plain,
            line.words[first - 1].count == 1
        {
            first -= 1
        }
        return (2...3).contains(index - first)
            && !line.scan.isDoubtful(line.words[first].start..<line.words[index].start, line.lexicon)
    }

    /// 湘江|观音滩段, 八宝镇|段: the end of a stretch of a water or a way, by what it is named after.
    func stretchEnd(_ end: Int) -> Int {
        var next = end
        var length = 0
        while next < line.words.count, line.isJoined(next), length <= 6 {
            let word = line.words[next]
            if line.text[word.start] == 0x6BB5, word.count == 1 {  // 段
                switch line.kind(next + 1) {
                case .plain, .field, .head, .headCharacter, .unit:
                    return line.isJoined(next + 1) ? end : next + 1
                default: return next + 1
                }
            }
            switch word.kind {
            case .plain where word.count == 1, .place: break
            case .level where word.count == 1 && length > 0: break
            default: return end
            }
            length += word.count
            next += 1
        }
        return end
    }

    /// 清|理|青|岗|湖: whether a verb whose characters no word of names covers ends before a word.
    func isBehindVerb(_ index: Int) -> Bool {
        let end = line.words[index].start
        guard end >= 2,
            let hit = line.lexicon.directiveWords.longest(in: line.text, at: end - 2, limit: end)
        else {
            return false
        }
        return hit.end == end && hit.value.contains(.verb)
    }

    /// What tells the kind of name that ends with a word: waters by 流域, streets by 路段 and crossings.
    func telling(_ index: Int) -> WordTrie<Bool>? {
        if Self.waterEnds.contains(line.character(index)) { return Self.behindWaters }
        return Self.streetEnds.contains(line.character(index)) ? Self.behindStreets : nil
    }

    /// Ways that are no streets.
    static let ways = WordTrie<Bool>(
        words:
            "思路 言路 出路 道路 公路 铁路 线路 套路 门路 新路 老路 后路 活路 之路 弯路 正路 大街 小巷 上街 逛街 走路 修路 开路 筑路 水路 网路 退路 路段 地段 河段 阶段 时段 标段 手段 片段 区段 一段 一路 沿路 电路 管路"
    )
    static let streetEnds = LineScan.StaticSet("路街巷段")
    static let behindStreets = WordTrie<Bool>(
        words: "绕行 通行 行驶 部分 路面 交叉 路口 路段 段 以东 以西 以南 以北 东侧 西侧 南侧 北侧 两侧 东段 西段 南段 北段 口 沿线 延伸"
    )
    static let waterEnds = LineScan.StaticSet("湖河江")
    static let behindWaters = WordTrie<Bool>(
        words:
            "河道 河面 河水 湖面 岸线 源于 发源 流经 入河 内 段 畔 边 流域 沿线 沿岸 两岸 大堤 堤 水质 水位 水域 水环境 水生态 治理 整治 综合 河段 干流 支流 等 上游 下游 中游 入 保护 生态 清淤"
    )
}
