/// Finds document numbers (文号): 盘政办发〔2020〕12号 with all kinds of brackets, 2019年第48号, 令第588号.
///
/// The year inside must never be taken for a date, so numbers are claimed first.
enum DocumentNumber {
    /// The first number in `range` of folded text, if there is one.
    static func first(_ text: Scalars, in range: Range<Int>) -> Range<Int>? {
        var index = range.lowerBound
        while index < range.upperBound {
            if isOpening(text[index]), let found = bracketed(text, at: index, in: range) { return found }
            if text[index] == "第", let found = ordinal(text, at: index, in: range) { return found }
            index += 1
        }
        return nil
    }

    /// The number that a whole line is, in parentheses or not; nil where the line says anything else.
    static func whole(_ line: Scalars) -> Range<Int>? {
        guard line.count <= 48, line.count >= 4 else { return nil }
        var bounds = line.trimmed(0..<line.count)
        while let first = bounds.first, let last = bounds.last, first < last,
            (line[first] == "(" && line[last] == ")" && closing(line, of: first) == last)
                || (line[first] == "[" && line[last] == "]" && closing(line, of: first) == last)
                || (line[first] == "【" && line[last] == "】" && closing(line, of: first) == last)
        {
            bounds = line.trimmed(first + 1..<last)
        }
        guard let found = first(line, in: bounds), found.upperBound == bounds.upperBound else { return nil }
        if found.lowerBound == bounds.lowerBound { return found }
        // 国务院令 第588号, 商务部公告 2019年第48号: what stands before is the organ and the kind.
        let before = line.trimmed(bounds.lowerBound..<found.lowerBound)
        guard let last = before.last else { return found }
        let isOrder = line[last] == "令"
        let isAnnouncement = line[last] == "告" || line[last] == "报"
        guard before.allSatisfy({ line[$0].isHan || line[$0].isBlank }) else { return nil }
        if isOrder { return before.lowerBound..<found.upperBound }
        return isAnnouncement ? found : nil
    }

    private static func closing(_ line: Scalars, of index: Int) -> Int? {
        var position = index + 1
        let close: Unicode.Scalar = line[index] == "(" ? ")" : line[index] == "[" ? "]" : "】"
        var depth = 1
        while position < line.count {
            if line[position] == line[index] { depth += 1 }
            if line[position] == close {
                depth -= 1
                if depth == 0 { return position }
            }
            position += 1
        }
        return nil
    }

    /// 国办发〔2018〕15号 around the bracket at `index`.
    private static func bracketed(_ text: Scalars, at index: Int, in range: Range<Int>) -> Range<Int>? {
        var position = text.skipBlanks(from: index + 1)
        guard position < text.count, text[position].isDigit, let (_, yearEnd) = DateScanner.year(text, at: position)
        else { return nil }
        position = text.skipBlanks(from: yearEnd)
        if position < text.count, text[position] == "年" { position = text.skipBlanks(from: position + 1) }
        guard position < text.count, isClosing(text[position]) else { return nil }
        position = text.skipBlanks(from: position + 1)
        guard let end = numberEnd(text, at: position), end <= range.upperBound else { return nil }
        // The organ's code stands before: Han characters, sometimes letters or a nested (换届).
        var start = index
        while start > range.lowerBound {
            let before = text[start - 1]
            if before.isHan || before.isLowercaseLetter {
                start -= 1
            } else if before.isBlank, start - 2 >= range.lowerBound, text[start - 2].isHan, start == index {
                start -= 1
            } else if before == ")", let open = openingBracket(text, closing: start - 1, in: range) {
                start = open
            } else {
                break
            }
            if index - start > 24 { break }
        }
        let codeStart = afterTitleWord(text, from: start, to: index)
        // Without an organ's code only 会议纪要【2020】第6号, right behind the word for the paper.
        guard index - codeStart >= 1 || index > start && text[position] == "第" else { return nil }
        return codeStart..<end
    }

    private static func openingBracket(_ text: Scalars, closing: Int, in range: Range<Int>) -> Int? {
        var position = closing - 1
        while position > range.lowerBound, closing - position < 8 {
            if text[position] == "(" { return text[position - 1].isHan ? position : nil }
            position -= 1
        }
        return nil
    }

    private static let titleWords = WordTrie(words: "通知 通告 公告 通报 意见 办法 方案 规定 决定 批复 规划 细则 预案 纪要 字号: 文号: 号:")

    /// In 关于…的紧急通知鄂州政办发〔2010〕16号 the number starts behind 通知.
    private static func afterTitleWord(_ text: Scalars, from start: Int, to end: Int) -> Int {
        var result = start
        var index = start
        while index < end {
            if let hit = titleWords.match(text, at: index), hit.end <= end {
                result = hit.end
                index = hit.end
            } else {
                index += 1
            }
        }
        return result
    }

    /// 第48号, with the year (2019年第48号) or 令 before it.
    private static func ordinal(_ text: Scalars, at index: Int, in range: Range<Int>) -> Range<Int>? {
        guard let end = numberEnd(text, at: index), end <= range.upperBound else { return nil }
        var position = index
        while position > range.lowerBound, text[position - 1].isBlank { position -= 1 }
        if position > range.lowerBound, text[position - 1] == "年" {
            var start = position - 1
            while start > range.lowerBound, text[start - 1].isBlank { start -= 1 }
            guard start - 4 >= range.lowerBound, let (_, yearEnd) = DateScanner.year(text, at: start - 4),
                yearEnd == start
            else { return nil }
            return start - 4..<end
        }
        return index..<end
    }

    /// 第12号, 12号, 12-1号; the index after 号.
    private static func numberEnd(_ text: Scalars, at index: Int) -> Int? {
        var position = index
        guard position < text.count else { return nil }
        if text[position] == "第" { position = text.skipBlanks(from: position + 1) }
        let start = position
        while position < text.count, position - start < 8,
            text[position].isDigit || text[position] == "-" || text[position] == "—"
                || DateScanner.numeral(text[position]) != nil || text[position] == "十" || text[position] == "百"
                || DateScanner.isZeroForm(text[position])
        {
            position += 1
        }
        guard position > start else { return nil }
        position = text.skipBlanks(from: position)
        guard position < text.count, text[position] == "号" else { return nil }
        return position + 1
    }

    @inline(__always)
    static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "〔", "[", "(", "【", "﹝", "〖", "{", "⟨", "<", "〈", "「", "［", "（", "❲": true
        default: false
        }
    }

    @inline(__always)
    static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "〕", "]", ")", "】", "﹞", "〗", "}", "⟩", ">", "〉", "」", "］", "）", "❳": true
        default: false
        }
    }
}
