/// A line in which header and text run into each other: `发布时间:2019-03-25 12:26来源: 未知3月22日,全市…召开。…`
enum GluedLine {
    /// Where the text begins behind the last field; nil if the line holds no text.
    static func textStart(_ line: ReadLine) -> Int? {
        let text = line.line.folded
        if let last = line.fields.last {
            switch last.label {
            case .title, .documentNumber: return nil
            default: break
            }
            let value = last.value
            guard value.count > 24, LineReader.isProse(Array(text[value])) else { return nil }
            return cut(text, value, label: last.label)
        }
        return nil
    }

    /// The parts of a document that stands in one line: `国务院关于…的批复 国函〔1999〕134号（1999年10月31日）北京市人民政府：你们…`
    /// Nil if the line is none.
    static func document(_ line: PageLine) -> [Range<Int>]? {
        let text = line.folded
        if let parts = titled(text) { return parts }
        guard text.count > 60, let found = DocumentNumber.first(text, in: 0..<min(text.count, 140)),
            text[found].contains(where: DocumentNumber.isOpening)
        else { return nil }
        var titleEnd = found.lowerBound
        var numberEnd = found.upperBound
        if titleEnd > 0, numberEnd < text.count, text[titleEnd - 1] == "(", text[numberEnd] == ")" {
            titleEnd -= 1
            numberEnd += 1
        }
        let title = text.trimmed(0..<titleEnd)
        // Running text that cites a document has its title in 《》, or a sentence before it.
        guard title.count >= 8, !text[title].contains(where: { ",。;:".unicodeScalars.contains($0) }),
            TitleRules.endsInKind(Array(text[title])), !TitleRules.isOpen(Array(text[title]))
        else { return nil }
        var parts = [title, found]
        var start = text.skipBlanks(from: numberEnd)
        if start + 1 < text.count, text[start] == "(", let date = DateScanner.date(text, at: start + 1),
            date.year != nil, date.range.upperBound < text.count, text[date.range.upperBound] == ")"
        {
            parts.append(date.range)
            start = text.skipBlanks(from: date.range.upperBound + 1)
        }
        guard start < text.count else { return nil }
        parts.append(start..<text.count)
        return parts
    }

    private static let beginnings = WordTrie(words: "根据 为 各 按照 依据 鉴于 近期 当前 经 因 现将 兹")

    /// …关于…的通告 根据《…》,… — a headline and its text with only a blank between, and perhaps the source behind it.
    private static func titled(_ text: Scalars) -> [Range<Int>]? {
        guard text.count > 80, let blank = text.prefix(70).firstIndex(where: \.isBlank), blank >= 10 else { return nil }
        let title = Array(text[0..<blank])
        let start = text.skipBlanks(from: blank)
        guard start < text.count, beginnings.match(text, at: start) != nil, title.contains(["关", "于"]),
            TitleRules.endsInKind(title), !TitleRules.isOpen(title),
            !title.contains(where: { ",。;:".unicodeScalars.contains($0) })
        else { return nil }
        var end = text.count
        var parts = [0..<blank]
        if let field = LabelScanner.fields(in: Array(text.suffix(60))).last, field.label == .source {
            let begin = text.count - min(60, text.count) + field.start
            if begin > start + 40, text[begin - 1].isBlank { end = begin }
        }
        parts.append(text.trimmed(start..<end))
        if end < text.count { parts.append(text.trimmed(end..<text.count)) }
        return parts
    }

    private static func cut(_ text: Scalars, _ value: Range<Int>, label: Label) -> Int? {
        var start = value.lowerBound
        switch label {
        case .published, .updated, .signed, .dispatched:
            guard let date = DateScanner.first(text, in: value), date.range.lowerBound - value.lowerBound < 4 else {
                return nil
            }
            start = date.range.upperBound
        case .source, .publisher, .issuer, .author, .byline:
            // The name ends at a date or a blank.
            var index = value.lowerBound + 1
            while index < value.upperBound, index - value.lowerBound < 30 {
                if text[index].isBlank { break }
                if text[index].isDigit, let date = DateScanner.date(text, at: index), date.month != nil { break }
                index += 1
            }
            guard index - value.lowerBound < 30 else { return nil }
            start = index
        default:
            // 浏览次数：123 次 【字体：大 中 小】 text: the text is the first long run without blanks.
            var index = value.lowerBound
            while index < value.upperBound {
                let from = text.skipBlanks(from: index)
                var end = from
                while end < value.upperBound, !text[end].isBlank { end += 1 }
                if end - from >= 20 || text[from..<end].contains("。") && end - from >= 10 { return from }
                index = end
            }
            return nil
        }
        start = text.skipBlanks(from: start)
        guard start < value.upperBound, LineReader.isProse(Array(text[start..<value.upperBound])) else { return nil }
        return start
    }
}
