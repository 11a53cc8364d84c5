import BulletinEvents

/// Finds the day of the meeting or event, and completes it from the publication date.
enum EventDateFinder {
    struct Event {
        var first: BulletinDate
        var last: BulletinDate?
    }

    static func event(in document: DocumentText, kind: Bulletin.Kind, published: BulletinDate?) -> Event? {
        if let event = Minutes.time(in: document.paragraphs, published: published, isMeeting: kind == .meeting) {
            return event
        }
        switch kind {
        case .meeting, .other: return report(document, published)
        case .notice, .announcement: return invitation(document, published)
        }
    }

    // MARK: - Reports

    /// The day stands in the lead: in the first paragraph, else in the second.
    private static func report(_ document: DocumentText, _ published: BulletinDate?) -> Event? {
        // 同志们： — what a speech calls today is the day it was held, which its page need not be dated by.
        if let first = document.paragraphs.first?.folded, first.count <= 40,
            first.last.map(LabelScanner.isColon) ?? false
        {
            return nil
        }
        // 原标题:…: the headline once more.
        let lead = document.paragraphs.prefix(6).filter { line in
            line.folded.count >= 24 && !line.folded.starts(with: ["原", "标", "题"])
        }.prefix(2)
        for (number, line) in lead.enumerated() {
            switch scan(line.folded, published: published, isFirst: number == 0) {
            case .found(let event): return event
            case .unsaid: return nil
            case .nothing: break
            }
        }
        return nil
    }

    private enum Answer {
        case found(Event)
        /// The text says 近日: there is no day.
        case unsaid
        case nothing
    }

    private static let vague = WordTrie(words: "近日 日前 近期 最近 连日来 前不久 不久前 近来 近段时间")

    private static func scan(_ text: Scalars, published: BulletinDate?, isFirst: Bool) -> Answer {
        // A long introduction may stand before the day, but then the meeting stands right behind it.
        let bound = min(text.count, 400)
        var index = 0
        var dateline: FoundDate?
        while index < bound {
            let scalar = text[index]
            if let close = closing(scalar), let end = text[index...].prefix(200).firstIndex(of: close) {
                index = end + 1
                continue
            }
            if DocumentNumber.isOpening(scalar),
                let number = DocumentNumber.first(text, in: index..<min(text.count, index + 14)),
                number.upperBound > index
            {
                index = number.upperBound
                continue
            }
            if isFirst, index < 60, index == 0 || !text[index - 1].isHan, vague.match(text, at: index) != nil {
                return .unsaid
            }
            if DateScanner.mayStart(scalar), let found = DateScanner.date(text, at: index) {
                if isDateline(text, found) {
                    dateline = found
                } else if found.relative == nil || isFirst, isEvent(text, found),
                    index < 120 || opensMeeting(text, found),
                    let event = complete(found, dateline: dateline, published: published)
                {
                    return .found(event)
                }
                index = max(found.range.upperBound, index + 1)
                continue
            }
            if index < 120, let base = published ?? dateline?.asWritten,
                let event = bareDay(text, at: index, published: base)
            {
                return .found(event)
            }
            index += 1
        }
        return .nothing
    }

    private static func closing(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "《": "》"
        case "“": "”"
        case "「": "」"
        default: nil
        }
    }

    /// 四川新闻网泸州4月26日讯, 新华社北京10月10日电, 苍南新闻网10月10日消息.
    private static func isDateline(_ text: Scalars, _ found: FoundDate) -> Bool {
        let end = text.skipBlanks(from: found.range.upperBound)
        guard end < text.count else { return false }
        if text[end] == "讯" || text[end] == "电" { return true }
        if text.matches(["消", "息"], at: end) || text.matches(["报", "道"], at: end) { return true }
        // 中国某网5月21日平原消息
        let near = text[end...].prefix(8)
        return near.count == 8 && near.prefix { $0.isHan }.count >= 4
            && (2...4).contains {
                text.matches(["消", "息"], at: end + $0) && end + $0 + 2 < text.count && text[end + $0 + 2].isBlank
            }
    }

    private static let deadlines = WordTrie(
        words: "前 起 以来 以后 之前 之后 印发 发布 出台 至今 为止 开始实施 施行 实施 生效 成立于 颁布 公布 通过 上午8时 止"
    )
    /// What is handed on from another meeting: 传达学习10月10日全省…会议精神.
    private static let handedOn = WordTrie(
        words: "传达 学习 贯彻 落实 根据 按照 依据 依照 截至 截止 自 从 经 要在 须在 应在 请在 务必在 要于 应于 须于 请于 将在 在于 关于 于是 定于 将于 拟于"
    )

    /// Whether a date says when something happened: no deadline, no begin of a validity, nothing that is only passed on.
    private static func isEvent(_ text: Scalars, _ found: FoundDate) -> Bool {
        let end = text.skipBlanks(from: found.range.upperBound)
        if end < text.count, deadlines.match(text, at: end) != nil { return false }
        let start = found.range.lowerBound
        for length in 1...4 where start >= length {
            if let hit = handedOn.match(text, at: start - length), hit.end == start { return false }
        }
        return true
    }

    private static let held = WordTrie(words: "召开 举行 主持 举办 组织 开展 来到 前往 深入 赴 在 组织召开 参加 出席 上午 下午 晚 一早 带队")

    /// Whether a clause behind a date holds a meeting or a visit.
    private static func opensMeeting(_ text: Scalars, _ found: FoundDate) -> Bool {
        let start = found.range.upperBound
        let end = text[start...].prefix(60).firstIndex { $0 == "。" || $0 == ";" } ?? min(text.count, start + 60)
        return held.first(text, in: start..<end) != nil
    }

    private static let dayContexts = WordTrie(words: "上午 下午 晚 早 凌晨 中午 傍晚 主持 召开 举行 出席 在 来到 前往 率 带队 赴 表示 组织 深入 到")
    private static let notBeforeDay = "期共近前后约第每满足月.-/、和及至".unicodeScalars

    /// 15日下午, 区委… at the begin of a text, X5日主持召开…, 於二十二日召開 — without month.
    private static func bareDay(_ text: Scalars, at index: Int, published: BulletinDate) -> Event? {
        let isFigure = text[index].isDigit
        guard isFigure || DateScanner.numeral(text[index]) != nil || text[index] == "十" else { return nil }
        if index > 0, text[index - 1].isDigit || notBeforeDay.contains(text[index - 1]) { return nil }
        guard let (day, end) = DateScanner.number(text, at: index), (1...31).contains(day), end + 1 < text.count,
            text[end] == "日"
        else { return nil }
        // A numeral written out must be said to be a day: 于二十二日.
        let announced = index > 0 && (text[index - 1] == "于" || text[index - 1] == "," && !isFigure)
        if !isFigure, !announced, index > 0 || dayContexts.match(text, at: end + 1) == nil { return nil }
        let next = text[end + 1]
        let free = index == 0 || !text[index - 1].isHan || text[index - 1] == "于" || text[index - 1] == "讯"
        guard free ? next == "," || next == "至" || next.isHan : dayContexts.match(text, at: end + 1) != nil else {
            return nil
        }
        // 16日晚开始的强降雨 is weather.
        if begins.first(text, in: end + 1..<min(text.count, end + 5)) != nil { return nil }
        guard let date = nearest(day: day, month: nil, to: published) else { return nil }
        return Event(first: date)
    }

    private static let begins = WordTrie(words: "开始 以来 起 前 之前")

    // MARK: - Invitations

    private static let announced = WordTrie(words: "定于 拟于 将于 兹定于 决定于 计划于 拟定于 现定于 订于 谨定于 将在 定在 于")
    private static let taken = WordTrie(words: "召开 举行 举办 开展 进行 开幕 启动 集中 组织 开班 召集 开会 演练 报到")

    /// 定于2月22日在…召开: the day that a notice names for what it calls people to.
    private static func invitation(_ document: DocumentText, _ published: BulletinDate?) -> Event? {
        for line in document.paragraphs.prefix(8) {
            let text = line.folded
            let bound = min(text.count, 600)
            var index = 0
            while index < bound {
                guard let hit = announced.match(text, at: index), hit.end < bound else {
                    index += 1
                    continue
                }
                index = hit.end
                let start = text.skipBlanks(from: hit.end)
                guard start < text.count, DateScanner.mayStart(text[start]),
                    let found = DateScanner.date(text, at: start),
                    found.relative == nil, isSet(text, found)
                else { continue }
                let end =
                    text[found.range.upperBound...].prefix(80).firstIndex { $0 == "。" || $0 == ";" }
                    ?? min(text.count, found.range.upperBound + 80)
                guard taken.first(text, in: found.range.upperBound..<end) != nil else { continue }
                // 于 alone also tells what was: 于2016年12月25日召开的会议通过.
                if text[hit.end - 1] == "于", isPlain(hit.end, text), !isAhead(found, of: published) { continue }
                return complete(found, dateline: nil, published: published, isAhead: true)
            }
        }
        return nil
    }

    private static func isPlain(_ end: Int, _ text: Scalars) -> Bool {
        end < 2 || !"定拟将划订".unicodeScalars.contains(text[end - 2])
    }

    private static func isAhead(_ found: FoundDate, of published: BulletinDate?) -> Bool {
        guard let date = found.asWritten, let published else { return found.year == nil }
        guard let here = date.dayNumber, let there = published.dayNumber else { return true }
        return here >= there
    }

    /// No deadline: 于2月20日前, 于5月1日起.
    private static func isSet(_ text: Scalars, _ found: FoundDate) -> Bool {
        let end = text.skipBlanks(from: found.range.upperBound)
        return end >= text.count || deadlines.match(text, at: end) == nil
    }

    // MARK: - Completion

    static func complete(
        _ found: FoundDate,
        dateline: FoundDate?,
        published: BulletinDate?,
        isAhead: Bool = false
    ) -> Event? {
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
            first =
                isAhead ? next(day: day, month: month, to: published) : nearest(day: day, month: month, to: published)
        } else if let year = dateline?.year {
            first = BulletinDate(year: year, month: month, day: day)
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

    /// The year in which such a day is nearest to the day of an invitation, which comes before it: a notice of December
    /// calls for January.
    private static func next(day: Int, month: Int, to base: BulletinDate) -> BulletinDate? {
        guard let year = base.year, let same = BulletinDate(year: year, month: month, day: day) else {
            return BulletinDate(year: base.year, month: month, day: day)
        }
        guard let here = same.dayNumber, let there = base.dayNumber, there - here > 240 else { return same }
        return BulletinDate(year: year + 1, month: month, day: day) ?? same
    }
}
