import BulletinEvents

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
        (
            false,
            "时间 日期 会议时间 会议日期 开会时间 地点 会议地点 开会地点 议题 会议议题 议程 会议名称 会议内容 主题 会议主题 主讲人 讲题 讲者 演讲者 主讲 主办单位 承办单位 培训时间 培训地点 活动时间 活动地点 举办时间 举办地点 举行时间 讲座时间 上课时间 演出时间 活动日期"
        ),
    ])

    /// Whether the label that opens a line names somebody at a meeting (true) or anything of its frame (false).
    static func entry(_ text: Scalars) -> Bool? {
        var start = 0
        // 一、时间：, 1.地点：, (1)日期：
        if LineReader.isHeading(text) {
            while start < text.count, start < 6, !text[start].isHan || DateScanner.numeral(text[start]) != nil {
                start += 1
            }
            while start < text.count,
                text[start] == "、" || text[start] == "." || text[start] == ")" || text[start].isBlank
            {
                start += 1
            }
        }
        guard start < text.count, let hit = words.longestSpaced(in: text, at: start), hit.end < text.count else {
            return nil
        }
        let colon = text.skipBlanks(from: hit.end)
        return colon < text.count && LabelScanner.isColon(text[colon]) ? hit.value : nil
    }

    /// Whether paragraphs name a chair, a recorder or who attended, two of them at least.
    static func areIn(_ paragraphs: [DocumentText.Line]) -> Bool {
        paragraphs.prefix(12).count { entry($0.folded) == true } >= 2
    }

    private static let times = WordTrie(words: "时间 日期 会议时间 会议日期 开会时间 活动时间 培训时间 举办时间 活动日期 举行时间 上课时间 讲座时间 演出时间")

    /// The day that a line 时间：… of the text names; in a notice only where a place stands beside it.
    static func time(in paragraphs: [DocumentText.Line], published: BulletinDate?, isMeeting: Bool) -> EventDateFinder
        .Event?
    {
        for (index, line) in paragraphs.prefix(30).enumerated() where entry(line.folded) == false {
            let text = line.folded
            guard let label = times.first(text, in: 0..<min(text.count, 14)), label.range.lowerBound < 8 else {
                continue
            }
            let near = paragraphs[max(0, index - 3)..<min(paragraphs.count, index + 5)]
            guard isMeeting || near.contains(where: { isPlace($0.folded) }) else { continue }
            var value = text.skipBlanks(from: label.range.upperBound)
            while value < text.count, LabelScanner.isColon(text[value]) || text[value].isBlank { value += 1 }
            let end = min(text.count, value + 16)
            if let found = DateScanner.first(text, in: value..<end) ?? RepublicDate.bare(text, at: value),
                found.relative == nil
            {
                return EventDateFinder.complete(found, dateline: nil, published: published, isAhead: !isMeeting)
            }
        }
        return nil
    }

    private static let places = WordTrie(words: "地点 会议地点 开会地点 活动地点 培训地点 举办地点")

    private static func isPlace(_ text: Scalars) -> Bool {
        guard entry(text) == false, let hit = places.first(text, in: 0..<min(text.count, 14)) else { return false }
        return hit.range.lowerBound < 8
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
