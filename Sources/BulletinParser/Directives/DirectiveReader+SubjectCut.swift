// Where a subject begins behind a time or a topic.
extension DirectiveReader {
    /// Where a subject begins behind a time or topic, as far as that is known: the same for all stretches that begin alike,
    /// so that looking at one after the other costs no more than looking at the longest.
    struct SubjectCut {
        var start = -1
        /// The positions before it were looked at.
        var scanned = 0
        var cut: Int?
    }

    func trimmedSubject(_ range: Range<Int>) -> Range<Int> {
        var cut = SubjectCut()
        return trimmedSubject(range, &cut)
    }

    /// Without connectives and a time before 各, 有关 and the like: 节日期间|各部门.
    func trimmedSubject(_ range: Range<Int>, _ known: inout SubjectCut) -> Range<Int> {
        var range = skipMarks(from: range.lowerBound, to: range.upperBound)..<range.upperBound
        while let first = range.first, "“「『\"".unicodeScalars.contains(folded[first]) { range = range.dropFirst() }
        while let last = range.last, folded[last].isWhitespace { range = range.dropLast() }
        if let word = lexicon.directiveWords.longest(in: folded, at: range.lowerBound, limit: range.upperBound),
            word.value.contains(.connective)
        {
            range = skipMarks(from: word.end, to: range.upperBound)..<range.upperBound
        }
        // 春节期间|市交通局: near the beginning, so that a long sentence costs no more than a short one.
        for position in range.dropFirst(3).prefix(40) where folded[position - 1] == "间" && folded[position - 2] == "期" {
            if isParty(position..<range.upperBound) { return position..<range.upperBound }
        }
        if known.start != range.lowerBound {
            known = SubjectCut(start: range.lowerBound, scanned: range.lowerBound + 1)
        }
        while known.cut == nil, known.scanned < range.upperBound {
            if cutsSubject(at: known.scanned, from: known.start) { known.cut = known.scanned }
            known.scanned += 1
        }
        if let cut = known.cut, cut < range.upperBound { return cut..<range.upperBound }
        return range
    }

    /// Whether a subject begins at a position behind a time or a topic that begins at `start`.
    private func cutsSubject(at position: Int, from start: Int) -> Bool {
        if folded[position] == "各", position - start >= 4,
            Self.topics.contains([folded[position - 2], folded[position - 1]])
        {
            return true
        }
        switch folded[position - 1] {
        case "间", "前", "后", "时", "中", "来", "下", "段", "季", "年", "月", "日", "期":
            return folded[position] == "各" || folded[position] == "全"
                || folded[position] == "有" && isNext("关", position)
                || folded[position] == "相" && isNext("关", position)
                || folded[position] == "广" && isNext("大", position)
        default: return false
        }
    }

    /// Ends of topics that stand before the subject: 防汛物资|各村居.
    private static let topics: Set<[Unicode.Scalar]> = Set(
        ["物资", "工作", "情况", "材料", "信息", "报表", "任务", "问题", "资金", "名单", "数据", "方案"].map { Array($0.unicodeScalars) }
    )
}
