/// Finds the jurisdiction that a bulletin speaks of: 大洼区 in 大洼区召开…会议.
enum Jurisdiction {
    private static let ends = WordTrie(
        words: "特别行政区 自治区 自治州 自治县 自治旗 开发区 高新区 新区 林区 地区 街道 省 市 区 县 旗 盟 州 镇 乡"
    )
    private static let never = WordTrie(
        words:
            "全市 全区 全县 全省 我市 我区 我县 我省 各市 各区 各县 本市 本区 本县 城市 社区 园区 景区 城区 市区 小区 辖区 山区 地区 灾区 校区 库区 牧区 郊区 片区 战区 门市 超市 股市 上市 县区 市县 区县 省市"
    )

    /// The name that begins `text`, with all its levels (重庆市永川区); nil if none does.
    static func leading(_ text: Scalars, from start: Int = 0) -> Range<Int>? {
        var end: Int?
        var level = start
        var index = start
        while index < text.count, index - level <= 8 {
            guard text[index].isHan else { break }
            if index - level >= 1, let hit = ends.match(text, at: index), isName(text, level, hit.end) {
                // 市 inside 市场, 区 inside 区域 ends nothing.
                if hit.end < text.count, follows(text, hit.end) { break }
                end = hit.end
                level = hit.end
                index = hit.end
                continue
            }
            index += 1
        }
        guard let end, end - start >= 2 else { return nil }
        return start..<end
    }

    private static func isName(_ text: Scalars, _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 2, !noStart.contains(text[start]) else { return false }
        // 9个部门在县应急局: a clause, and no name.
        if text[start + 1..<end].contains(where: noPart.contains) { return false }
        if never.match(text, at: max(start, end - 2)) != nil, end - start <= 3 { return false }
        if let hit = never.match(text, at: start), hit.end <= end { return false }
        return true
    }

    private static let noStart: Set<Unicode.Scalar> = Set("在到对由把被将各该这那个了的等及并".unicodeScalars)
    private static let noPart: Set<Unicode.Scalar> = Set("在到对为是由把被将及等的了个各该这那并就也还又".unicodeScalars)

    private static func follows(_ text: Scalars, _ index: Int) -> Bool {
        switch text[index] {
        case "场", "域", "级", "长": true
        default: false
        }
    }

    /// The first jurisdiction that one of the texts begins with, or that stands behind the first comma or date of the body.
    static func find(title: DocumentText.Line?, names: [String], body: DocumentText.Line?) -> String? {
        if let title, let range = leading(title.folded) { return title.text(range) }
        for name in names {
            let line = DocumentText.Line(name)
            if let range = leading(line.folded) { return line.text(range) }
        }
        if let body {
            var index = 0
            let bound = min(body.folded.count, 60)
            while index < bound {
                let boundary =
                    index == 0 || !body.folded[index - 1].isHan || body.folded[index - 1] == "日"
                    || body.folded[index - 1] == "午"
                if boundary, let range = leading(body.folded, from: index) { return body.text(range) }
                index += 1
            }
        }
        return nil
    }
}
