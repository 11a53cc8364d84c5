/// Reads dates in folded text in all the forms that bulletins use.
///
/// Forms: 2020-10-17, 2020/10/17, 2020.10.17, 17.06.2016, 2020年10月17日, 二〇二〇年十月十七日 (with ○, 0, O or 零 for
/// zero), 民國109年10月17日, 10月16日, 3月27至28日, 今(21)日, 今日, 昨天, 17 October 2020, October 17, 2020; a time of day
/// may follow each. A bare 16日 is no date here: it must be looked at with what stands around it.
enum DateScanner {
    /// The date that starts at `index`, if one does.
    static func date(_ text: Scalars, at index: Int) -> FoundDate? {
        let head = text[index]
        if head.isDigit {
            if index > 0, text[index - 1].isDigit { return nil }
            return numericDate(text, at: index) ?? yearDate(text, at: index) ?? monthDate(text, at: index)
                ?? ForeignDate.dayFirst(text, at: index) ?? RepublicDate.figures(text, at: index)
        }
        if numeral(head) != nil || isZeroForm(head) || head == "十" || head == "廿" || head == "元" {
            return yearDate(text, at: index) ?? monthDate(text, at: index)
        }
        if head == "民" || head == "中" { return RepublicDate.date(text, at: index) }
        if head.isLowercaseLetter { return ForeignDate.monthFirst(text, at: index) }
        return relativeDate(text, at: index)
    }

    /// The first date with month and day (or a relative one) in `range`.
    static func first(_ text: Scalars, in range: Range<Int>) -> FoundDate? {
        var index = range.lowerBound
        while index < range.upperBound {
            if mayStart(text[index]), let found = date(text, at: index), found.range.upperBound <= range.upperBound {
                return found
            }
            index += 1
        }
        return nil
    }

    /// Whether a date can start with this scalar; a cheap test before ``date(_:at:)``.
    @inline(__always)
    static func mayStart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isDigit { return true }
        switch scalar {
        case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "廿", "元", "今", "昨", "前", "当", "民", "中": return true
        case "j", "f", "m", "a", "s", "o", "n", "d": return true
        default: return false
        }
    }

    // MARK: - Numbers

    /// The value of a Chinese or ASCII digit, zero forms aside.
    @inline(__always)
    static func numeral(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9": Int(scalar.value) - 0x30
        case "一", "壹": 1
        case "二", "贰", "两": 2
        case "三", "叁": 3
        case "四", "肆": 4
        case "五", "伍": 5
        case "六", "陆": 6
        case "七", "柒": 7
        case "八", "捌": 8
        case "九", "玖": 9
        default: nil
        }
    }

    /// The many characters that stand for zero in a year written out: 〇 ○ O 零 and look-alikes.
    @inline(__always)
    static func isZeroForm(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3007, 0x25CB, 0x25EF, 0x6F, 0x4F, 0x96F6, 0x39F, 0x3BF, 0x41E, 0x43E, 0x2B55, 0x25CE, 0x2B58: true
        default: false
        }
    }

    /// A number of one or two digits, or in Chinese up to 99, with the index after it.
    static func number(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        guard index < text.count else { return nil }
        if text[index].isDigit {
            var end = index
            var value = 0
            while end < text.count, text[end].isDigit, end - index < 2 {
                value = value * 10 + Int(text[end].value) - 0x30
                end += 1
            }
            if end < text.count, text[end].isDigit { return nil }
            return (value, end)
        }
        var position = index
        var tens = 0
        if text[position] == "元" {
            return (1, position + 1)
        }
        if text[position] == "廿" {
            tens = 2
            position += 1
        } else if text[position] == "十" {
            tens = 1
            position += 1
        } else if let digit = numeral(text[position]) {
            guard position + 1 < text.count, text[position + 1] == "十" else {
                // 三〇 for 30, as some write it.
                if position + 1 < text.count, isZeroForm(text[position + 1]) { return (digit * 10, position + 2) }
                return (digit, position + 1)
            }
            tens = digit
            position += 2
        } else {
            return nil
        }
        if position < text.count, !text[position].isDigit, let ones = numeral(text[position]) {
            return (tens * 10 + ones, position + 1)
        }
        return (tens * 10, position)
    }

    /// A year of four digits in any mixture of forms, with the index after it.
    static func year(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        var value = 0
        var position = index
        for _ in 0..<4 {
            guard position < text.count else { return nil }
            if let digit = numeral(text[position]) {
                value = value * 10 + digit
            } else if isZeroForm(text[position]) {
                value *= 10
            } else {
                return nil
            }
            position += 1
            // 二 〇 一 二 年, as some templates space it.
            if !text[index].isDigit { position = text.skipBlanks(from: position) }
        }
        return (1900...2099).contains(value) ? (value, position) : nil
    }

    // MARK: - Forms

    /// 2020-10-17, 2020/10/17, 2020.10.17, with the same separator twice; also 109/10/17 in years of the Republic.
    private static func numericDate(_ text: Scalars, at index: Int) -> FoundDate? {
        guard let (year, yearEnd) = figures(text, at: index), yearEnd < text.count else { return nil }
        let separator = text[yearEnd]
        guard separator == "-" || separator == "/" || separator == "." || separator == "—" || separator == "–" else {
            return nil
        }
        guard let (month, monthEnd) = number(text, at: yearEnd + 1), text[yearEnd + 1].isDigit, monthEnd < text.count,
            text[monthEnd] == separator,
            let (day, dayEnd) = shortNumber(text, at: monthEnd + 1),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var found = FoundDate(range: index..<dayEnd, year: year, month: month, day: day)
        addTime(text, to: &found)
        return found
    }

    /// A year in ASCII figures: four of them, or three that make a year of the Republic from 2011 on.
    private static func figures(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        var end = index
        var value = 0
        while end < text.count, text[end].isDigit, end - index < 5 {
            value = value * 10 + Int(text[end].value) - 0x30
            end += 1
        }
        switch end - index {
        case 4: return (1900...2099).contains(value) ? (value, end) : nil
        case 3: return (100...150).contains(value) ? (value + 1911, end) : nil
        default: return nil
        }
    }

    /// One or two digits, whatever follows: in 2013-08-0910:05 the time is glued to the day.
    private static func shortNumber(_ text: Scalars, at index: Int) -> (value: Int, end: Int)? {
        var end = index
        var value = 0
        while end < text.count, text[end].isDigit, end - index < 2 {
            value = value * 10 + Int(text[end].value) - 0x30
            end += 1
        }
        return end > index ? (value, end) : nil
    }

    /// 2020年10月17日 and the same in Chinese numerals.
    private static func yearDate(_ text: Scalars, at index: Int) -> FoundDate? {
        guard let (year, yearEnd) = year(text, at: index) else { return nil }
        let mark = text.skipBlanks(from: yearEnd)
        guard mark < text.count, text[mark] == "年" else { return nil }
        let start = text.skipBlanks(from: mark + 1)
        guard start < text.count, var found = monthDate(text, at: start, afterYear: true) else { return nil }
        found.year = year
        found.range = index..<found.range.upperBound
        return found
    }

    /// 10月16日, 3月27至28日, 3月27日至4月2日; a month alone is no date.
    static func monthDate(_ text: Scalars, at index: Int, afterYear: Bool = false) -> FoundDate? {
        guard let (month, monthEnd) = number(text, at: index), (1...12).contains(month) else { return nil }
        var position = text.skipBlanks(from: monthEnd)
        guard position < text.count, text[position] == "月" else { return nil }
        position = text.skipBlanks(from: position + 1)
        if position < text.count, text[position] == "份" { return nil }
        guard let (day, dayEnd) = number(text, at: position), (1...31).contains(day) else { return nil }
        var found = FoundDate(range: index..<dayEnd, month: month, day: day)
        position = text.skipBlanks(from: dayEnd)
        let closed = position < text.count && (text[position] == "日" || text[position] == "号")
        if !closed, afterYear, position == text.count || position > dayEnd || LabelScanner.isSeparator(text[position]) {
            // 2018年03月27 with the mark left out, as some templates do.
            addTime(text, to: &found)
            return found
        }
        if closed {
            found.range = index..<position + 1
        } else if let end = rangeEnd(text, at: position, needsDay: true) {
            found.end = end.value
            found.range = index..<end.end
            addTime(text, to: &found)
            return found
        } else {
            return nil
        }
        if let end = rangeEnd(text, at: position + 1, needsDay: true) {
            found.end = end.value
            found.range = index..<end.end
        }
        addTime(text, to: &found)
        return found
    }

    /// 至28日, —4月2日, -28日 after the first day of a range.
    private static func rangeEnd(
        _ text: Scalars,
        at index: Int,
        needsDay: Bool
    ) -> (value: FoundDate.End, end: Int)? {
        var position = text.skipBlanks(from: index)
        guard position < text.count else { return nil }
        switch text[position] {
        case "至", "到", "-", "—", "–", "~", "～", "―", "一", "、", "－":
            let mark = text[position]
            position += 1
            while position < text.count, text[position] == mark, mark == "-" || mark == "—" || mark == "一" {
                position += 1
            }
        default: return nil
        }
        position = text.skipBlanks(from: position)
        var end = FoundDate.End(day: 0)
        if let (written, yearEnd) = year(text, at: position), yearEnd < text.count, text[yearEnd] == "年" {
            end.year = written
            position = text.skipBlanks(from: yearEnd + 1)
        }
        guard let (first, firstEnd) = number(text, at: position) else { return nil }
        position = text.skipBlanks(from: firstEnd)
        guard position < text.count else { return nil }
        if text[position] == "月" {
            guard (1...12).contains(first) else { return nil }
            end.month = first
            guard let (day, dayEnd) = number(text, at: text.skipBlanks(from: position + 1)) else { return nil }
            position = text.skipBlanks(from: dayEnd)
            end.day = day
        } else {
            end.day = first
        }
        guard position < text.count, text[position] == "日" || text[position] == "号", (1...31).contains(end.day) else {
            return nil
        }
        return (end, position + 1)
    }

    /// 今(21)日, 今天(21日), 今日, 昨天, 前日; 当日 means the date named before.
    private static func relativeDate(_ text: Scalars, at index: Int) -> FoundDate? {
        let offset: Int
        switch text[index] {
        case "今": offset = 0
        case "昨": offset = -1
        case "前": offset = -2
        default: return nil
        }
        var position = index + 1
        guard position < text.count else { return nil }
        var named = false
        if text[position] == "日" || text[position] == "天" {
            named = true
            position += 1
        }
        let afterName = position
        // The day in parentheses settles what 今 means, whatever day the page was put up.
        if position < text.count, text[position] == "(" {
            let start = text.skipBlanks(from: position + 1)
            if let (day, dayEnd) = number(text, at: start), (1...31).contains(day) {
                var end = text.skipBlanks(from: dayEnd)
                var closed = false
                if end < text.count, text[end] == "日" || text[end] == "号" {
                    closed = true
                    end += 1
                }
                if end < text.count, text[end] == ")" {
                    end += 1
                    if !named, end < text.count, text[end] == "日" || text[end] == "天" {
                        named = true
                        end += 1
                    }
                    if named || closed {
                        return FoundDate(range: index..<end, day: day, relative: offset)
                    }
                }
                if end < text.count, text[end] == "月", let full = date(text, at: start),
                    full.range.upperBound < text.count, text[full.range.upperBound] == ")"
                {
                    var found = full
                    found.range = index..<full.range.upperBound + 1
                    return found
                }
            }
        }
        // 今天 can also mean 'nowadays', 前日 is rare, 前天 is not.
        guard named, offset != -2 || text[afterName - 1] == "天" else { return nil }
        // 当前|天气
        if afterName < text.count, text[afterName] == "气" { return nil }
        if offset == -2, index > 0, "当目之以年日午".unicodeScalars.contains(text[index - 1]) { return nil }
        return FoundDate(range: index..<afterName, relative: offset)
    }

    // MARK: - Time of day

    /// Reads `10:05`, `10:05:30`, `T10:05`, `上午10时5分` behind a date.
    static func addTime(_ text: Scalars, to found: inout FoundDate) {
        var position = found.range.upperBound
        let limit = min(text.count, position + 24)
        var gap = 0
        while position < limit, text[position].isBlank || text[position] == "t" && gap == 0 {
            position += 1
            gap += 1
        }
        guard position < limit, text[position].isDigit, let (hour, hourEnd) = shortNumber(text, at: position), hour < 24
        else { return }
        guard hourEnd < text.count, text[hourEnd] == ":" || text[hourEnd] == "∶" || text[hourEnd] == "时" else { return }
        guard let (minute, minuteEnd) = shortNumber(text, at: hourEnd + 1), minute < 60 else { return }
        var time = FoundDate.Time(hour: hour, minute: minute, second: 0)
        var end = minuteEnd
        if end < text.count, text[end] == ":" || text[end] == "∶",
            let (second, secondEnd) = shortNumber(text, at: end + 1), second < 60
        {
            time.second = second
            end = secondEnd
        } else if end < text.count, text[end] == "分" {
            end += 1
        }
        found.time = time
        found.range = found.range.lowerBound..<end
    }
}
