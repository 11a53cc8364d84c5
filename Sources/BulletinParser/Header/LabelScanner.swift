/// A label found in a line, with the place of its value.
struct Field: Sendable {
    var label: Label
    /// Where the label begins; the value of the field before ends here.
    var start: Int
    /// From behind the colon up to the next label, white space trimmed; may be empty.
    var value: Range<Int>
    /// Number of characters of the label.
    var length: Int
}

/// Finds label fields in a line, on their own or glued together: `发布时间：2017年05月24日来源：“中国杭州”政府门户网站`.
enum LabelScanner {
    /// The fields of a line in order. `limit` bounds how far into the line labels are looked for.
    static func fields(in line: Scalars, limit: Int = 400) -> [Field] {
        var fields: [Field] = []
        var index = 0
        let bound = min(line.count, limit)
        while index < bound {
            index = Label.table.nextBeginning(in: line, index..<bound)
            guard index < bound else { break }
            if let hit = labelled(line, at: index, after: fields.last) {
                close(&fields, at: index, in: line)
                fields.append(hit)
                index = hit.value.lowerBound
                continue
            }
            index += 1
        }
        close(&fields, at: line.count, in: line)
        return fields
    }

    private static func isBar(_ scalar: Unicode.Scalar) -> Bool { scalar == "|" || scalar == "│" }

    /// The fields of a row of a table that was flattened: 主题分类 农业 体裁分类 通知 服务对象; none unless it opens with a
    /// label and holds another, each between white space.
    static func row(of line: Scalars) -> [Field] {
        guard line.count <= 200, !line.contains("。"), line.contains(where: \.isBlank) else { return [] }
        var fields: [Field] = []
        var start = 0
        while start < line.count {
            var end = start
            while end < line.count, !line[end].isBlank { end += 1 }
            if end - start >= 2, end - start <= 8, let hit = Label.table.match(line, at: start), hit.end == end {
                close(&fields, at: start, in: line)
                let value = line.skipBlanks(from: end)
                fields.append(Field(label: hit.value, start: start, value: value..<value, length: end - start))
            } else if fields.isEmpty {
                return []
            }
            start = line.skipBlanks(from: end)
        }
        close(&fields, at: line.count, in: line)
        return fields.count >= 2 && fields.contains { $0.length >= 3 } ? fields : []
    }

    private static func close(_ fields: inout [Field], at end: Int, in line: Scalars) {
        guard let last = fields.indices.last else { return }
        let lower = fields[last].value.lowerBound
        fields[last].value = line.trimmed(lower..<max(lower, end))
    }

    private static func labelled(_ line: Scalars, at index: Int, after previous: Field?) -> Field? {
        guard let hit = label(line, at: index) else { return nil }
        let position = line.skipBlanks(from: hit.end)
        if position < line.count, closes(line, label: index, length: hit.length, at: position) {
            guard stands(line, at: index, length: hit.length, after: previous) else { return nil }
            var start = position + 1
            // 【日期】= 1994.06.08, as databases print it.
            // 发文机关: | 某局 |, where the value has a cell of its own.
            while start < line.count,
                isColon(line[start]) || line[start].isBlank || line[start] == "=" || isBar(line[start])
            {
                start += 1
            }
            // 12:30 has a colon too, but no label before it; 图/张三 has none.
            return Field(label: hit.value, start: index, value: start..<start, length: hit.length)
        }
        guard let bare = Label.bare.match(line, at: index),
            previous != nil || index == 0 || hasDate(line, before: index)
        else { return nil }
        let before = index == 0 || line[index - 1].isBlank || isSeparator(line[index - 1])
        guard before, bare.end <= line.count else { return nil }
        let length = bare.end - index
        let after = bare.end == line.count || line[bare.end].isBlank
        switch bare.value {
        case .published, .updated:
            // Without a colon a time label needs its date right behind it.
            let start = line.skipBlanks(from: bare.end)
            guard start < line.count, DateScanner.mayStart(line[start]), DateScanner.date(line, at: start) != nil
            else { return nil }
            return Field(label: bare.value, start: index, value: start..<start, length: length)
        case .source where index == 0 && !line.contains(where: \.isDigit):
            return nil
        default:
            guard after else { return nil }
            let start = line.skipBlanks(from: bare.end)
            return Field(label: bare.value, start: index, value: start..<start, length: length)
        }
    }

    /// The longest label at `index`. One that is padded (`索 引 号`) begins behind no other character: in
    /// `来源:临浦发布 日期:` 日期 is the label and 发布 the end of a name.
    private static func label(_ line: Scalars, at index: Int) -> (end: Int, length: Int, value: Label)? {
        guard let hit = Label.table.longestSpaced(in: line, at: index) else { return nil }
        guard hit.end - index > hit.length, index > 0, line[index - 1].isHan else { return hit }
        // …办公室关 键 词:: padded through and through.
        if hit.length > 2, hit.end - index >= 2 * hit.length - 1, line[index + 1].isBlank { return hit }
        return Label.table.match(line, at: index).map { ($0.end, $0.end - index, $0.value) }
    }

    /// Whether what stands at `position` makes the word before it a label: a colon, the end of its bracket, or the
    /// border of a cell that holds nothing else.
    private static func closes(_ line: Scalars, label index: Int, length: Int, at position: Int) -> Bool {
        if isColon(line[position]) || closesBracket(line, label: index, at: position) { return true }
        guard line[position] == "|" || line[position] == "│", length >= 2 else { return false }
        var before = index - 1
        while before >= 0, line[before].isBlank { before -= 1 }
        return before < 0 || line[before] == "|" || line[before] == "│"
    }

    /// Whether a label may begin here: not inside a word (资料来源, 会议时间), unless the line is a header already.
    private static func stands(_ line: Scalars, at index: Int, length: Int, after previous: Field?) -> Bool {
        guard index > 0 else { return true }
        let before = line[index - 1]
        if !before.isHan, !before.isLowercaseLetter { return length > 1 || before.isBlank || isSeparator(before) }
        guard length > 1 else { return false }
        if length >= 4 { return true }
        guard let previous else { return false }
        // Behind a date or another value of a header line; a compound of two characters (截止日期) is another label.
        return index - previous.value.lowerBound >= 4
    }

    private static func hasDate(_ line: Scalars, before index: Int) -> Bool {
        index >= 8 && index <= 60 && line[0..<index].contains(where: \.isDigit)
    }

    @inline(__always)
    static func isColon(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3A, 0xFF1A, 0x2236, 0xFE55, 0xFE13, 0xA789: true
        default: false
        }
    }

    /// 【来源】X and [来源]X.
    private static func closesBracket(_ line: Scalars, label: Int, at position: Int) -> Bool {
        guard label > 0 else { return false }
        return (line[label - 1] == "【" && line[position] == "】") || (line[label - 1] == "[" && line[position] == "]")
            || (line[label - 1] == "〔" && line[position] == "〕")
    }

    @inline(__always)
    static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "|", "│", "/", "·", "•", "(", ")", "[", "]", "【", "】", ",", ";", "。", "-", "、", ">", "*", "■", "◆", "▪",
            "丨", "︱":
            true
        default: false
        }
    }
}
