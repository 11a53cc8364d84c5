/// The head of minutes and invitations: 时间：… / 地点：… / 主持人：… / 出席：… is part of the text, though it looks like a
/// header.
enum Minutes {
    /// Who and where of a meeting; no page states these of itself.
    private static let words = WordTrie<Bool>([
        (
            true,
            """
            主席 主持 主持人 会议主持 会议主持人 主持人员 出席 出席人员 出席人 出席者 列席 列席人员 列席人 参加 参加人员 参会人员 参加人 参会 与会人员 参会领导 出席领导 缺席 请假
            请假人员 缺席人员 记录 纪录 记录人 纪录人 会议记录 会议纪录
            """
        ),
        (false, "时间 日期 会议时间 会议日期 开会时间 地点 会议地点 开会地点 议题 会议议题 议程 会议名称 会议内容 主题 会议主题 主讲人 讲题 讲者 演讲者 主讲 主办单位 承办单位 培训时间 培训地点 活动时间 活动地点"),
    ])

    /// Whether the label that opens a line names somebody at a meeting (true) or anything of its frame (false).
    static func entry(_ text: Scalars) -> Bool? {
        var start = 0
        // 一、时间：, 1.地点：, (1)日期：
        if LineReader.isHeading(text) {
            while start < text.count, start < 6, !text[start].isHan || DateScanner.numeral(text[start]) != nil { start += 1 }
            while start < text.count, text[start] == "、" || text[start] == "." || text[start] == ")" || text[start].isBlank {
                start += 1
            }
        }
        guard start < text.count, let hit = words.longestSpaced(in: text, at: start), hit.end < text.count else { return nil }
        let colon = text.skipBlanks(from: hit.end)
        return colon < text.count && LabelScanner.isColon(text[colon]) ? hit.value : nil
    }

    /// Whether paragraphs name a chair, a recorder or who attended, two of them at least.
    static func areIn(_ paragraphs: [DocumentText.Line]) -> Bool {
        paragraphs.prefix(12).count { entry($0.folded) == true } >= 2
    }

    /// Turns the lines of such a head into lines of text; two of its lines must stand together, and one of them must name
    /// somebody.
    static func settle(_ lines: inout [ReadLine]) {
        var index = 0
        while index < lines.count {
            guard lines[index].line.folded.count <= 400, entry(lines[index].line.folded) != nil else {
                index += 1
                continue
            }
            var end = index
            var entries = 0
            var named = false
            var last = index
            while end < lines.count, end - last <= 2 {
                if let isPerson = entry(lines[end].line.folded) {
                    entries += 1
                    named = named || isPerson
                    last = end
                }
                end += 1
            }
            if entries >= 2, named {
                for line in index...last where entry(lines[line].line.folded) != nil {
                    lines[line].role = .salutation
                    lines[line].fields = []
                    lines[line].date = nil
                    lines[line].lead = nil
                }
            }
            index = last + 1
        }
    }
}
