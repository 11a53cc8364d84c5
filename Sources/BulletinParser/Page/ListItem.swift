/// Entries of lists of other pages: `·关于…的通知 [2020-07-02]`, `2020-07-02 关于…的通知`.
enum ListItem {
    /// The title of the page that the line leads to, if the line is such an entry by itself: a bullet before it, or its
    /// date in brackets behind it.
    static func read(_ text: Scalars) -> Range<Int>? {
        guard text.count <= 120, text.count >= 12, text.contains(where: \.isDigit), !text.contains("。") else {
            return nil
        }
        var start = 0
        while start < text.count, isBullet(text[start]) || text[start].isBlank { start += 1 }
        guard start < text.count, text[start].isHan || text[start] == "《" || text[start] == "“" || text[start] == "["
        else { return nil }
        let bulleted = start > 0 && text[..<start].contains(where: isBullet)
        guard let (lead, closed) = stampAtEnd(text, from: start), lead.count >= 8 else { return nil }
        guard bulleted || closed else { return nil }
        // 来源：县政府办 [2020-07-02] is a header.
        return LabelScanner.fields(in: Array(text[lead]), limit: 60).isEmpty ? lead : nil
    }

    /// The part before a date that ends the line, and whether brackets close the date in.
    static func stampAtEnd(_ text: Scalars, from start: Int) -> (lead: Range<Int>, closed: Bool)? {
        var end = text.count
        while end > start, text[end - 1].isBlank { end -= 1 }
        guard end > start + 4 else { return nil }
        let last = text[end - 1]
        let closed = last == "]" || last == ")" || last == "】"
        let inner = closed ? end - 1 : end
        // The date starts within the last characters; the first one that reaches the end counts.
        for index in max(start, inner - 17)..<inner where text[index].isDigit && !text[max(0, index - 1)].isDigit {
            guard let upper = stamp(text, at: index, end: inner) else { continue }
            guard upper == inner else { continue }
            var lower = index
            if closed {
                let open: Unicode.Scalar = last == "]" ? "[" : last == ")" ? "(" : "【"
                while lower > start, text[lower - 1].isBlank { lower -= 1 }
                guard lower > start, text[lower - 1] == open else { continue }
                lower -= 1
            }
            return (text.trimmed(start..<lower), closed)
        }
        return nil
    }

    /// 2020-07-02, 07-02, 2020-07-02 10:15, 20/07/02.
    private static func stamp(_ text: Scalars, at index: Int, end: Int) -> Int? {
        if let date = DateScanner.date(text, at: index), date.year != nil || date.month != nil {
            return text.skipBlanks(from: date.range.upperBound) >= end ? end : date.range.upperBound
        }
        guard let (month, monthEnd) = DateScanner.number(text, at: index), (1...12).contains(month), monthEnd < end,
            text[monthEnd] == "-" || text[monthEnd] == "/",
            let (day, dayEnd) = DateScanner.number(text, at: monthEnd + 1),
            (1...31).contains(day)
        else { return nil }
        return text.skipBlanks(from: dayEnd) >= end ? end : nil
    }

    private static func isBullet(_ scalar: Unicode.Scalar) -> Bool {
        "·•●■◆▪○◇□→>»※☆★*-".unicodeScalars.contains(scalar)
    }
}
