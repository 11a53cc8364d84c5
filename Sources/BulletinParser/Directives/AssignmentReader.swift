/// Reads who is named as responsible beside an item instead of in its sentences: (牵头单位:县发改局;责任单位:各乡镇),
/// (市财政局牵头,各区配合), or a line 责任单位:市建设局 below the item.
struct AssignmentReader {
    /// Who is named, and by when.
    struct Assignment {
        /// The parenthesis or line.
        var range: Range<Int>
        /// The phrases that name parties, not yet split.
        var phrases: [Range<Int>] = []
        /// What stands behind 完成时限.
        var deadline: Range<Int>?
    }

    let text: [Unicode.Scalar]

    /// Longest parenthesis that is looked into, in characters.
    private static let longest = 240

    /// The assignment that a whole line is; nil if the line is none.
    func wholeLine() -> Assignment? {
        var range = text.trimmed(0..<text.count)
        guard range.count <= Self.longest else { return nil }
        while let last = range.last, text[last] == "。" || text[last] == ";" { range = range.dropLast() }
        guard range.count > 4 else { return nil }
        let isEnclosed =
            opens(text[range.lowerBound])
            && closing(of: range.lowerBound, limit: range.upperBound) == range.upperBound - 1
        let inner = isEnclosed ? range.lowerBound + 1..<range.upperBound - 1 : range
        return labelled(inner, of: range) ?? (isEnclosed ? named(inner, of: range) : nil)
    }

    /// The assignments in parentheses, in order.
    func parentheses() -> [Assignment] {
        var found: [Assignment] = []
        var position = 0
        while position < text.count {
            guard opens(text[position]), let close = closing(of: position, limit: text.count) else {
                position += 1
                continue
            }
            if close - position > 4 {
                let inner = position + 1..<close
                if let hit = labelled(inner, of: position..<close + 1) ?? named(inner, of: position..<close + 1) {
                    found.append(hit)
                }
            }
            position = close + 1
        }
        return found
    }

    // MARK: - With labels

    /// 牵头单位:X,责任单位:Y;完成时限:Z.
    private func labelled(_ range: Range<Int>, of whole: Range<Int>) -> Assignment? {
        guard var label = label(at: range.lowerBound, limit: range.upperBound), label.kind != .time else { return nil }
        var assignment = Assignment(range: whole)
        while true {
            // The value ends where the next label begins.
            var end = label.end
            var next: Label?
            while end < range.upperBound {
                if isSeparator(text[end]) || text[end].isBlank,
                    let hit = self.label(at: text.skipBlanks(from: end + 1), limit: range.upperBound)
                {
                    next = hit
                    break
                }
                end += 1
            }
            if label.kind == .time {
                assignment.deadline = assignment.deadline ?? text.trimmed(label.end..<end)
            } else {
                assignment.phrases += phrases(in: label.end..<end)
            }
            guard let following = next else { break }
            label = following
        }
        return assignment.phrases.isEmpty ? nil : assignment
    }

    private enum LabelKind {
        case party, time
    }

    private struct Label {
        var end: Int
        var kind: LabelKind
    }

    private func label(at position: Int, limit: Int) -> Label? {
        guard position < limit, let hit = Self.labels.match(text, at: position) else { return nil }
        let colon = text.skipBlanks(from: hit.end)
        guard colon < limit, LabelScanner.isColon(text[colon]) else { return nil }
        return Label(end: colon + 1, kind: hit.value)
    }

    private static let labels = WordTrie<LabelKind>([
        (
            .party,
            """
            责任单位 责任部门 责任主体 责任领导 责任人 责任科室 责任机构 牵头单位 牵头部门 牵头领导 牵头责任单位 牵头责任部门 牵头机构 牵头科室
            配合单位 配合部门 主办单位 协办单位 承办单位 主责单位 主责部门 负责单位 负责部门 落实单位 落实部门 完成单位 实施单位 实施主体
            主管部门 主管单位 参与单位 参与部门 参加单位 协同单位 协同部门 协助单位 协作单位 会办单位 主要责任单位 具体责任单位 第一责任单位
            组织单位 执行单位 执行部门 督导单位 督办单位 责任分工 任务分工 职责分工 分工 牵头 配合 责任
            """
        ),
        (.time, "完成时限 完成时间 完成期限 时限 时限要求 办结时限 整改时限 时间要求 时间节点 完成时间节点 推进时限 工作时限"),
    ])

    // MARK: - Without labels

    /// 市财政局牵头,各区县按职责分工负责: every part ends in what the party does.
    private func named(_ range: Range<Int>, of whole: Range<Int>) -> Assignment? {
        guard duty(endingAt: range.upperBound, from: range.lowerBound) != nil else { return nil }
        var assignment = Assignment(range: whole)
        for part in parts(of: range) {
            var part = part
            if let start = duty(endingAt: part.upperBound, from: part.lowerBound) {
                part = text.trimmed(part.lowerBound..<start)
            }
            if let first = part.first, text[first] == "由" { part = part.dropFirst() }
            if !part.isEmpty { assignment.phrases.append(part) }
        }
        return assignment.phrases.isEmpty ? nil : assignment
    }

    /// Where the words begin that tell what a party does: 牵头, 按职责分工负责.
    private func duty(endingAt end: Int, from start: Int) -> Int? {
        guard let hit = Self.duties.longest(in: text, endingAt: end, from: start) else { return nil }
        return Self.manners.longest(in: text, endingAt: hit.start, from: start)?.start ?? hit.start
    }

    private static let duties = reversedTrie(
        "负责 牵头 牵头负责 负责牵头 配合 参与 落实 负责落实 组织实施 承办 主办 协办 分工负责 分别负责 共同负责 具体负责 协同配合 组织落实 牵头落实 抓落实 牵头组织实施 负责组织实施 负责推进 牵头推进"
    )
    private static let manners = reversedTrie(
        "按职责分工 按照职责分工 按职责 按照职责 按各自职责 依职责 根据职责分工 依职责分工 按分工 按职能分工 按照各自职责分工 按各自职责分工 等 等部门"
    )

    /// A set whose words are looked up from their ends.
    private static func reversedTrie(_ words: String) -> WordTrie<Bool> {
        WordTrie(words: words.split(separator: " ").map { String($0.reversed()) }.joined(separator: " "))
    }

    // MARK: - Parts

    /// What stands between commas and semicolons, notes about the order of the parties left out.
    private func phrases(in range: Range<Int>) -> [Range<Int>] {
        // What stands behind a full stop tells about the parties.
        let end = range.first { text[$0] == "。" } ?? range.upperBound
        return parts(of: range.lowerBound..<end).compactMap { part in
            var part = part
            if let last = part.last, text[last] == ")", let open = opening(of: last, from: part.lowerBound),
                open > part.lowerBound, Self.notes.first(text, in: open..<last) != nil
            {
                part = text.trimmed(part.lowerBound..<open)
            }
            while let last = part.last, text[last] == "。" { part = part.dropLast() }
            if let start = duty(endingAt: part.upperBound, from: part.lowerBound), start > part.lowerBound {
                part = text.trimmed(part.lowerBound..<start)
            }
            return part.isEmpty || part.count > 60 ? nil : part
        }
    }

    private static let notes = WordTrie<Bool>(words: "下同 为牵头 列第一 排第一 排名第一 第一位 排在首位")

    private func parts(of range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var depth = 0
        for position in range {
            if opens(text[position]) { depth += 1 }
            if text[position] == ")" || text[position] == "】" || text[position] == "〕" { depth -= 1 }
            if depth == 0, text[position] != "、", isSeparator(text[position]) {
                let part = text.trimmed(start..<position)
                if !part.isEmpty { parts.append(part) }
                start = position + 1
            }
        }
        let part = text.trimmed(start..<range.upperBound)
        if !part.isEmpty { parts.append(part) }
        return parts
    }

    private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar == ";" || scalar == "。" || scalar == "|"
    }

    private func opens(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "(" || scalar == "【" || scalar == "[" || scalar == "〔"
    }

    private func closing(of open: Int, limit: Int) -> Int? {
        var depth = 0
        var position = open
        while position < limit, position - open <= Self.longest {
            switch text[position] {
            case "(", "【", "[", "〔": depth += 1
            case ")", "】", "]", "〕":
                depth -= 1
                if depth == 0 { return position }
            default: break
            }
            position += 1
        }
        return nil
    }

    private func opening(of close: Int, from start: Int) -> Int? {
        var depth = 0
        var position = close
        while position >= start {
            if text[position] == ")" { depth += 1 }
            if text[position] == "(" {
                depth -= 1
                if depth == 0 { return position }
            }
            position -= 1
        }
        return nil
    }
}
