/// Reads dates in years of the Republic, as Taiwan counts them: 中華民國109年10月17日 is 17 October 2020.
enum RepublicDate {
    /// 中華民國109年10月17日, 民國一〇九年十月十七日; the first year is 1912.
    static func date(_ text: Scalars, at index: Int) -> FoundDate? {
        guard let name = republic.match(text, at: index) else { return nil }
        let start = text.skipBlanks(from: name.end)
        guard let (year, yearEnd) = Self.year(text, at: start) else { return nil }
        let mark = text.skipBlanks(from: yearEnd)
        guard mark < text.count, text[mark] == "年" else { return nil }
        let month = text.skipBlanks(from: mark + 1)
        guard month < text.count, var found = DateScanner.monthDate(text, at: month, afterYear: true) else {
            return nil
        }
        found.year = year + 1911
        found.range = index..<found.range.upperBound
        return found
    }

    private static let republic = WordTrie(words: "民国 中华民国")

    /// 109, 一〇九, 一百零九, 一零九 as a year of the Republic.
    static func year(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        var digits = 0
        var value = 0
        var position = index
        while position < text.count, position - index < 5 {
            if let digit = DateScanner.numeral(text[position]) {
                value = value * 10 + digit
                digits += 1
            } else if DateScanner.isZeroForm(text[position]) {
                value *= 10
                digits += 1
            } else if text[position] == "百" || text[position] == "十" {
                // 一百十二: what is written is a number and not a row of digits.
                return Self.spelledYear(text, at: index)
            } else {
                break
            }
            position += 1
        }
        return (2...3).contains(digits) && (1...188).contains(value) ? (value, position) : nil
    }

    private static func spelledYear(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        var position = index
        var value = 0
        if position + 1 < text.count, let hundreds = DateScanner.numeral(text[position]), text[position + 1] == "百" {
            value = hundreds * 100
            position += 2
            if position < text.count, DateScanner.isZeroForm(text[position]) { position += 1 }
        }
        if let (rest, end) = DateScanner.number(text, at: position) {
            value += rest
            position = end
        }
        return (1...188).contains(value) ? (value, position) : nil
    }

    /// 109年10月17日: no other calendar counts a hundred years and more with three figures.
    static func figures(_ text: Scalars, at index: Int) -> FoundDate? {
        guard index + 3 < text.count, text[index] == "1", text[index + 1].isDigit, text[index + 2].isDigit else {
            return nil
        }
        return bare(text, at: index)
    }

    /// 101年12月11日 without the name of the era, where something else says that this is a date.
    static func bare(_ text: Scalars, at index: Int) -> FoundDate? {
        guard index < text.count, let (year, yearEnd) = Self.year(text, at: index), (80...150).contains(year),
            yearEnd < text.count, text[yearEnd] == "年", yearEnd + 1 < text.count,
            var found = DateScanner.monthDate(text, at: text.skipBlanks(from: yearEnd + 1), afterYear: true)
        else { return nil }
        found.year = year + 1911
        found.range = index..<found.range.upperBound
        return found
    }
}
