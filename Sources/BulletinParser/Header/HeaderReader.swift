/// Gathers the values of label fields from lines, wherever the value stands: behind the label or on the next line.
struct HeaderReader {
    private(set) var header = Header()
    /// Lines that a label on the line before has claimed as its value.
    private(set) var claimed: Set<Int> = []

    /// Reads the fields of `lines[range]`.
    mutating func read(_ lines: [ReadLine], in range: Range<Int>, knownTitle: Scalars?) {
        var index = range.lowerBound
        while index < range.upperBound {
            let line = lines[index]
            switch line.role {
            case .fields:
                let last = line.fields.last
                for field in line.fields {
                    var value = field.value
                    var text = line.line
                    if value.isEmpty, field.start == last?.start, line.lead == nil,
                        let next = valueLine(
                            for: field,
                            alone: line.fields.count == 1,
                            lines,
                            after: index,
                            range,
                            knownTitle
                        )
                    {
                        claimed.insert(next)
                        text = lines[next].line
                        value = 0..<text.folded.count
                    }
                    take(field.label, value, of: text)
                }
                if let date = line.date { header.stamped = header.stamped ?? date }
            case .date:
                if !claimed.contains(index), let date = line.date, !isTicker(line) {
                    header.stamped = header.stamped ?? date
                }
            case .number:
                if header.documentNumber == nil, let number = DocumentNumber.whole(line.line.folded) {
                    header.documentNumber = line.line.scalars.text(number)
                }
            default: break
            }
            index += 1
        }
    }

    /// 2023年03月29日 星期三 is the day somebody looked at the page, not the day it was published.
    private func isTicker(_ line: ReadLine) -> Bool {
        guard let date = line.date else { return false }
        let rest = LineReader.strip(line.line.folded, date.range.upperBound..<line.line.folded.count)
        return !rest.isEmpty || line.line.folded[date.range].contains("年") && date.time == nil
    }

    /// The line that holds the value of a label that stands alone.
    private func valueLine(
        for field: Field,
        alone: Bool,
        _ lines: [ReadLine],
        after index: Int,
        _ range: Range<Int>,
        _ knownTitle: Scalars?
    ) -> Int? {
        let next = index + 1
        guard next < min(range.upperBound, lines.count), !claimed.contains(next) else { return nil }
        let candidate = lines[next]
        let text = candidate.line.folded
        switch field.label {
        case .published, .updated, .dispatched, .signed:
            return candidate.date != nil && candidate.fields.isEmpty || startsWithDate(text) ? next : nil
        case .documentNumber, .numberOrFont:
            return candidate.role == .number ? next : nil
        case .title:
            return candidate.role == .text && text.count >= 5 ? next : nil
        case .source, .publisher, .issuer:
            guard alone, candidate.role == .text, text.count <= 30, text.count >= 2 else { return nil }
            if let knownTitle, knownTitle.contains(text.withoutBlanks) { return nil }
            return TitleRules.isLikelyTitle(text) && !TitleRules.isOrgan(text) ? nil : next
        case .author, .byline:
            return alone && candidate.role == .text && text.withoutBlanks.count <= 4 ? next : nil
        case .other, .widget:
            guard alone, candidate.role == .text, text.count <= 30 else { return nil }
            if let knownTitle, knownTitle.contains(text.withoutBlanks) { return nil }
            return TitleRules.isLikelyTitle(text) ? nil : next
        }
    }

    private func startsWithDate(_ text: Scalars) -> Bool {
        guard let first = text.first, DateScanner.mayStart(first), text.count <= 40 else { return false }
        return DateScanner.date(text, at: 0) != nil
    }

    /// Takes one value; the first one stated wins.
    mutating func take(_ label: Label, _ value: Range<Int>, of line: PageLine) {
        guard !value.isEmpty else { return }
        switch label {
        case .source: header.source = header.source ?? SourceRules.name(line, value)
        case .publisher: header.publisher = header.publisher ?? SourceRules.name(line, value)
        case .issuer: header.issuer = header.issuer ?? SourceRules.name(line, value)
        case .published: header.published = header.published ?? date(line, value)
        case .updated: header.updated = header.updated ?? date(line, value)
        case .dispatched: header.dispatched = header.dispatched ?? date(line, value)
        case .signed: header.signed = header.signed ?? date(line, value)
        case .author: header.author = header.author ?? SourceRules.person(line, value)
        case .byline:
            for name in SourceRules.persons(line, value) where !header.byline.contains(name) {
                header.byline.append(name)
            }
        case .title:
            if header.title == nil, value.count >= 4, value.count <= 160 { header.title = line.scalars.text(value) }
        case .documentNumber, .numberOrFont:
            if header.documentNumber == nil {
                header.documentNumber = number(line, value, sure: label == .documentNumber)
            }
        case .other, .widget: break
        }
        // 来源：岳阳日报2024-07-07 10:00 and 【字体：大 中 小】 2016-12-21 carry a stamp behind the value.
        if header.stamped == nil, label.mayPrecedeStamp, let stamp = DateScanner.first(line.folded, in: value),
            stamp.year != nil
        {
            header.stamped = stamp
        } else if header.stamped == nil, label.mayPrecedeStamp, let day = day(line.folded, in: value) {
            header.stamped = day
        }
    }

    /// 12-03 behind the value of a label.
    private func day(_ text: Scalars, in value: Range<Int>) -> FoundDate? {
        value.dropFirst().first { text[$0 - 1].isBlank && SourceRules.isDay(text, $0) }
            .flatMap { compactDate(text, at: $0) }
    }

    private func date(_ line: PageLine, _ value: Range<Int>) -> FoundDate? {
        let text = line.folded
        if let found = DateScanner.first(text, in: value.lowerBound..<min(value.upperBound, value.lowerBound + 30)),
            found.month != nil
        {
            return found
        }
        return compactDate(text, at: value.lowerBound)
    }

    /// 20201017, 10-17 and 20-10-17, which are dates only behind a label.
    private func compactDate(_ text: Scalars, at index: Int) -> FoundDate? {
        var groups: [(value: Int, digits: Int)] = []
        var position = index
        while position < text.count, groups.count < 4, text[position].isDigit {
            var value = 0
            let start = position
            while position < text.count, text[position].isDigit, position - start < 9 {
                value = value * 10 + Int(text[position].value) - 0x30
                position += 1
            }
            groups.append((value, position - start))
            guard position < text.count, text[position] == "-" || text[position] == "/" || text[position] == "." else {
                break
            }
            position += 1
        }
        guard let first = groups.first else { return nil }
        if first.digits == 8 {
            let (year, month, day) = (first.value / 10_000, first.value / 100 % 100, first.value % 100)
            guard (1900...2099).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
            return FoundDate(range: index..<position, year: year, month: month, day: day)
        }
        if groups.count == 2, first.digits <= 2, groups[1].digits <= 2, (1...12).contains(first.value),
            (1...31).contains(groups[1].value)
        {
            return FoundDate(range: index..<position, month: first.value, day: groups[1].value)
        }
        if groups.count == 3, first.digits == 2, groups.allSatisfy({ $0.digits <= 2 }),
            (1...12).contains(groups[1].value),
            (1...31).contains(groups[2].value)
        {
            return FoundDate(
                range: index..<position,
                year: 2000 + first.value,
                month: groups[1].value,
                day: groups[2].value
            )
        }
        return nil
    }

    private func number(_ line: PageLine, _ value: Range<Int>, sure: Bool) -> String? {
        if let found = DocumentNumber.first(line.folded, in: value) {
            // The label's value is the number as a whole, whatever stands before 第12号.
            let whole = sure && value.count <= 40 && found.upperBound == value.upperBound
            return line.scalars.text(whole ? value : found)
        }
        guard sure, value.count <= 30, line.folded[value].contains(where: \.isDigit),
            line.folded[value].contains("号") || line.folded[value].contains("〔")
        else { return nil }
        return line.scalars.text(value)
    }
}
