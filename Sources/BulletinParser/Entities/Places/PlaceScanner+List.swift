/// Lists that are known for places by what sums them up: 临江门、二桥施工现场等地.
extension PlaceScanner {
    /// The members of the list before 等地, from its end back to the verb before it.
    func members(before etc: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var end = etc
        var index = etc
        while index > 0, etc - index < 80 {
            let word = line.words[index - 1]
            var isEnd = false
            switch word.kind {
            case .comma, .joint: break
            case .mark:
                isEnd = line.text[word.start] != 0x2C && line.text[word.start] != 0xFF0C
            case .stop where word.classes.contains(.venueSuffix) || line.isWord(index - 1, in: Self.siteWords):
                index -= 1
                continue
            case .stop, .quantifier, .etc: isEnd = true
            case .plain where word.count > 1 && line.isVerb(index - 1): isEnd = true
            default:
                index -= 1
                continue
            }
            let member = index..<end
            if !member.isEmpty, line.words[end - 1].end - line.words[index].start <= 20 { found.append(member) }
            if isEnd || member.isEmpty { break }
            index -= 1
            end = index
        }
        return found.filter { line.words[$0.upperBound - 1].end - line.words[$0.lowerBound].start >= 2 }
    }

    private static let siteWords = WordTrie<Bool>(words: "现场 施工现场 工地")

    /// 瓦岗|湖|内: a water by a name that no word covers, where what follows speaks of waters or ends the phrase.
    func water(endingWith index: Int) -> Range<Int>? {
        guard Self.waterEnds.contains(line.character(index)), line.isJoined(index) else { return nil }
        switch line.kind(index + 1) {
        case .stop, .mark, .comma, .joint, .close, nil: break
        default:
            guard line.begins(line.words[index + 1].start, with: Self.behindWaters) else { return nil }
        }
        var first = index
        while first > 0, index - first < 4, line.isJoined(first), line.kind(first - 1) == .plain,
            line.words[first - 1].count == 1
        {
            first -= 1
        }
        guard index - first == 2 || index - first == 3 else { return nil }
        guard first > 0 else { return first..<index + 1 }
        switch line.words[first - 1].kind {
        case .stop, .mark, .comma, .joint, .place, .person: return first..<index + 1
        default: return line.isVerb(first - 1) ? first..<index + 1 : nil
        }
    }

    private static let waterEnds = LineScan.StaticSet("湖河江")
    private static let behindWaters = WordTrie<Bool>(
        words: "内 段 畔 边 流域 沿线 沿岸 两岸 大堤 堤 水质 水位 水域 水环境 水生态 治理 整治 综合 河段 干流 支流 等 上游 下游 中游 入 保护 生态 清淤"
    )
}
