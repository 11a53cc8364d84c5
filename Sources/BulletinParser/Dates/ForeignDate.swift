/// Reads dates as pages for foreigners and for Hong Kong write them: 17.06.2016, 17 October 2020, October 17, 2020.
enum ForeignDate {
    private static let months = WordTrie<Int>([
        (1, "january jan"), (2, "february feb"), (3, "march mar"), (4, "april apr"), (5, "may"), (6, "june jun"),
        (7, "july jul"), (8, "august aug"), (9, "september sep sept"), (10, "october oct"), (11, "november nov"),
        (12, "december dec"),
    ])

    /// 17.06.2016 and 17 October 2020.
    static func dayFirst(_ text: Scalars, at index: Int) -> FoundDate? {
        guard let (day, dayEnd) = DateScanner.number(text, at: index), text[index].isDigit, (1...31).contains(day),
            dayEnd < text.count
        else { return nil }
        if text[dayEnd] == "." {
            guard let (month, monthEnd) = DateScanner.number(text, at: dayEnd + 1), monthEnd - dayEnd == 3,
                dayEnd - index == 2, (1...12).contains(month), monthEnd < text.count, text[monthEnd] == ".",
                let (year, yearEnd) = year(text, at: monthEnd + 1)
            else { return nil }
            return found(text, index..<yearEnd, year, month, day)
        }
        let start = text.skipBlanks(from: dayEnd)
        guard start > dayEnd, start < text.count, let (month, end) = month(text, at: start),
            let (year, yearEnd) = year(text, at: text.skipBlanks(from: end))
        else { return nil }
        return found(text, index..<yearEnd, year, month, day)
    }

    /// October 17, 2020.
    static func monthFirst(_ text: Scalars, at index: Int) -> FoundDate? {
        if index > 0, text[index - 1].isLowercaseLetter { return nil }
        guard let (month, end) = month(text, at: index) else { return nil }
        let start = text.skipBlanks(from: end)
        guard start > end, start < text.count, text[start].isDigit,
            let (day, dayEnd) = DateScanner.number(text, at: start), (1...31).contains(day), dayEnd < text.count
        else { return nil }
        let comma = text[dayEnd] == "," ? dayEnd + 1 : dayEnd
        guard let (year, yearEnd) = year(text, at: text.skipBlanks(from: comma)) else { return nil }
        return found(text, index..<yearEnd, year, month, day)
    }

    private static func month(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        guard let hit = months.match(text, at: index) else { return nil }
        let end = hit.end < text.count && text[hit.end] == "." ? hit.end + 1 : hit.end
        return end < text.count && text[end].isLowercaseLetter ? nil : (hit.value, end)
    }

    private static func year(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        guard index + 4 <= text.count, text[index].isDigit, let year = DateScanner.year(text, at: index),
            year.end == text.count || !text[year.end].isDigit
        else { return nil }
        return year
    }

    private static func found(_ text: Scalars, _ range: Range<Int>, _ year: Int, _ month: Int, _ day: Int) -> FoundDate
    {
        var found = FoundDate(range: range, year: year, month: month, day: day)
        DateScanner.addTime(text, to: &found)
        return found
    }
}
