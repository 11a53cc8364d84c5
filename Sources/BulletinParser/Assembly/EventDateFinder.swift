import BulletinEvents

/// Finds the day of the meeting or event, and completes it from the publication date.
enum EventDateFinder {
    struct Event {
        var first: BulletinDate
        var last: BulletinDate?
    }

    static func event(in document: DocumentText, kind: Bulletin.Kind, published: BulletinDate?) -> Event? {
        guard kind == .meeting || kind == .other else { return nil }
        // The day stands in the lead.
        for line in document.paragraphs.prefix(6).filter({ $0.folded.count >= 24 }).prefix(2) {
            if let event = event(in: line.folded, published: published) { return event }
        }
        return nil
    }

    private static func event(in text: Scalars, published: BulletinDate?) -> Event? {
        let bound = min(text.count, 120)
        var index = 0
        var dateline: FoundDate?
        while index < bound {
            let scalar = text[index]
            if scalar == "《" || scalar == "“", let close = text[index...].firstIndex(of: scalar == "《" ? "》" : "”") {
                index = close + 1
                continue
            }
            if DocumentNumber.isOpening(scalar),
                let number = DocumentNumber.first(text, in: index..<min(text.count, index + 14)),
                number.upperBound > index
            {
                index = number.upperBound
                continue
            }
            if DateScanner.mayStart(scalar), let found = DateScanner.date(text, at: index) {
                if isDateline(text, found) {
                    dateline = found
                } else if isEvent(text, found), let event = complete(found, dateline: dateline, published: published) {
                    return event
                }
                index = max(found.range.upperBound, index + 1)
                continue
            }
            if scalar.isDigit, let event = bareDay(text, at: index, published: published) { return event }
            index += 1
        }
        return nil
    }

    /// 四川新闻网泸州4月26日讯, 新华社北京10月10日电, 苍南新闻网10月10日消息.
    private static func isDateline(_ text: Scalars, _ found: FoundDate) -> Bool {
        let end = text.skipBlanks(from: found.range.upperBound)
        guard end < text.count else { return false }
        if text[end] == "讯" || text[end] == "电" { return true }
        return text.matches(["消", "息"], at: end) || text.matches(["报", "道"], at: end)
    }

    private static let deadlines = WordTrie(words: "前 起 以来 以后 之前 之后 印发 发布 出台 至今 为止 开始实施 施行 实施 生效 成立于")

    /// Whether a date says when something happened: no deadline, no begin of a validity.
    private static func isEvent(_ text: Scalars, _ found: FoundDate) -> Bool {
        let end = text.skipBlanks(from: found.range.upperBound)
        guard end < text.count else { return true }
        return deadlines.match(text, at: end) == nil
    }

    /// 15日下午, 区委… at the begin of a text, without month.
    private static func bareDay(_ text: Scalars, at index: Int, published: BulletinDate?) -> Event? {
        guard let published, index == 0 || !text[index - 1].isDigit && text[index - 1] != "." else { return nil }
        guard index < 40, let (day, end) = DateScanner.number(text, at: index), (1...31).contains(day),
            end < text.count,
            text[end] == "日", end + 1 < text.count
        else { return nil }
        if index > 0, text[index - 1] == "月" || text[index - 1].isHan { return nil }
        let next = text[end + 1]
        guard next == "," || next == "上" || next == "下" || next == "晚" || next == "至" || next == "早" || next.isHan
        else { return nil }
        guard let date = nearest(day: day, month: nil, to: published) else { return nil }
        return Event(first: date)
    }

    // MARK: - Completion

    private static func complete(_ found: FoundDate, dateline: FoundDate?, published: BulletinDate?) -> Event? {
        if let offset = found.relative {
            guard let base = published ?? dateline.flatMap(\.asWritten) else { return nil }
            if let day = found.day {
                return nearest(day: day, month: nil, to: base).map { Event(first: $0) }
            }
            return base.adding(days: offset).map { Event(first: $0) }
        }
        guard let month = found.month, let day = found.day else { return nil }
        let first: BulletinDate?
        if found.year != nil {
            first = found.asWritten
        } else if let published {
            first = nearest(day: day, month: month, to: published)
        } else {
            first = BulletinDate(year: nil, month: month, day: day)
        }
        guard let first else { return nil }
        guard let end = found.end else { return Event(first: first) }
        var last = BulletinDate(year: end.year ?? first.year, month: end.month ?? month, day: end.day)
        if let candidate = last, candidate.month < first.month, let year = candidate.year, end.year == nil {
            last = BulletinDate(year: year + 1, month: candidate.month, day: candidate.day)
        }
        return Event(first: first, last: last)
    }

    /// The last such day up to `base`; a day or a month later is still taken as this year's when it is near, since
    /// pages are dated back and events announced.
    private static func nearest(day: Int, month: Int?, to base: BulletinDate) -> BulletinDate? {
        guard let year = base.year else {
            return BulletinDate(year: nil, month: month ?? base.month, day: day)
        }
        guard let month else {
            if day <= base.day { return BulletinDate(year: year, month: base.month, day: day) }
            return base.month == 1
                ? BulletinDate(year: year - 1, month: 12, day: day)
                : BulletinDate(year: year, month: base.month - 1, day: day)
        }
        guard let same = BulletinDate(year: year, month: month, day: day) else {
            return BulletinDate(year: year - 1, month: month, day: day)
        }
        guard let here = same.dayNumber, let there = base.dayNumber else { return same }
        return here > there + 7 ? BulletinDate(year: year - 1, month: month, day: day) ?? same : same
    }
}
