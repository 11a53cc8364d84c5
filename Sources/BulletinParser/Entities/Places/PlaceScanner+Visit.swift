/// Where somebody was sent, and what was done there.
extension PlaceScanner {
    /// Whether a word sends somebody to what follows: 来到, 走进, 赴.
    func visits(_ index: Int) -> Bool {
        guard line.words[index].kind == .stop, line.isWord(index, in: Self.visiting) else { return false }
        // 统一|到党中央…: 到 and 赴 send somebody only behind one, or at the head of a clause.
        guard line.words[index].count == 1, index > 0 else { return true }
        switch line.kind(index - 1) {
        case .person, .mark, .title, .number: return true
        case .head where Self.groups.contains(line.text[line.words[index - 1].end - 1]): return true  // 考核组|到
        default: return line.isWord(index - 1, in: Self.going)
        }
    }

    private static let groups = LineScan.StaticSet("组团队")

    /// 到|曹岗|调研: two or three characters that no word covers, where somebody went to do something.
    func visitedAt(_ index: Int) -> Range<Int>? {
        guard line.isWord(index, in: Self.coming) else { return nil }
        var end = index + 1
        while end < line.words.count, end - index <= 3, line.isJoined(end), line.kind(end) == .plain,
            line.words[end].count == 1
        {
            end += 1
        }
        guard (3...4).contains(end - index), line.isWord(end, in: Self.errands),
            !line.scan.isDoubtful(line.words[index + 1].start..<line.words[end].start, line.lexicon)
        else { return nil }
        return index + 1..<end
    }

    private static let coming = WordTrie<Bool>(words: "到 赴 来到 深入 走进 前往 先后到")
    private static let errands = WordTrie<Bool>(words: "调研 检查 督导 督查 督办 视察 考察 巡查 暗访 走访 指导 现场 实地 开展")

    /// 方洞镇|现场|检查, 石桥镇|督导|石桥镇敬老院: what is done there.
    func isInspected(_ index: Int) -> Bool {
        guard line.kind(index - 1) == .place else { return false }
        if line.isWord(index, in: Self.spot) {
            return line.isVerb(index + 1) || line.isWord(index + 1, in: Self.visiting)
        }
        return line.kind(index) != .stop && line.isVerb(index) && line.kind(index + 1) == .place
    }

    private static let spot = WordTrie<Bool>(words: "现场 实地")
    static let visiting = WordTrie<Bool>(
        words:
            "深入到 深入到了 走进了 来到了 视察了 来到 走进 深入 前往 赴 到 先后到 参观了 观摩了 实地查看 实地察看 察看 查看 走访 视察 考察 参观 抵达 进驻 奔赴 走访了 察看了 查看了 考察了 参观了 观摩 观摩了 检查 检查了 赶赴 赶到 走到"
    )
    private static let going = WordTrie<Bool>(words: "深入 走进 先后 一行 分别 专程 再次 实地 亲自 队 带队 率队 日 上午 下午 等 领导 随后 随即 又 还 人员")
}
