/// Judges the lines of a page one by one.
enum LineReader {
    /// The line with its role. `mayBeItem` is false for one that stands like an entry of a list and without a list.
    static func read(_ line: PageLine, mayBeItem: Bool = true) -> ReadLine {
        let text = line.folded
        var result = ReadLine(line: line, role: .text, fields: [], date: nil, lead: nil)
        if let tail = tail(text) {
            result.role = tail == .strong ? .tail : .weakTail
            return result
        }
        if let field = loneField(text) {
            result.role = .fields
            result.fields = [field]
            return result
        }
        if Disclaimer.isLikely(text) {
            result.role = .weakTail
            return result
        }
        if isDateline(line) {
            result.role = .prose
            return result
        }
        if mayBeItem, let item = ListItem.read(text) {
            result.role = .item
            result.lead = item
            return result
        }
        if isWidget(text), !holdsHeader(text) {
            result.role = .junk
            return result
        }
        if readFields(text, into: &result) { return result }
        if isNavigation(text) {
            result.role = .junk
            return result
        }
        if DocumentNumber.whole(text) != nil {
            result.role = .number
        } else if let date = wholeDate(text) {
            result.role = .date
            result.date = date
        } else if isBreadcrumb(text) {
            result.role = .breadcrumb
        } else if isProse(text) {
            result.role = .prose
        } else if isSalutation(text) {
            result.role = .salutation
        } else if isHeading(text) {
            result.role = .heading
        }
        return result
    }

    /// 本报讯（记者 X）10月16日,… is running text, although it holds a date and a label; its lines may have been wrapped.
    private static func isDateline(_ line: PageLine) -> Bool {
        let text = line.folded
        guard text.count >= 16, let dateline = Dateline.read(line), let end = dateline.end else { return false }
        return text.count - end >= 8
    }

    // MARK: - Fields

    /// A label alone on its line and without a colon, as the cells of a table come (发文单位 above its value), and a line
    /// that says who supplied the text: 区政府办 供稿.
    private static func loneField(_ text: Scalars) -> Field? {
        let bare = text.withoutBlanks
        if (4...6).contains(bare.count), bare.count == text.count, let label = Label.table.exact(text) {
            switch label {
            case .issuer, .published, .documentNumber, .signed, .dispatched, .publisher:
                return Field(label: label, start: 0, value: text.count..<text.count, length: text.count)
            default: break
            }
        }
        // (市政协办公室 供稿)
        let isEnclosed = text.first == "(" && text.last == ")"
        let inner = isEnclosed ? 1..<text.count - 1 : 0..<text.count
        guard bare.count <= 30, inner.count > 2, text[..<inner.upperBound].suffix(2).elementsEqual(["供", "稿"]) else {
            return nil
        }
        let name = text.trimmed(inner.lowerBound..<inner.upperBound - 2)
        guard TitleRules.isOrgan(Array(text[name])) else { return nil }
        return Field(label: .source, start: 0, value: name, length: 2)
    }

    private static func readFields(_ text: Scalars, into result: inout ReadLine) -> Bool {
        let row = LabelScanner.row(of: text)
        guard row.isEmpty else {
            result.fields = row
            result.role = .fields
            return true
        }
        let fields = LabelScanner.fields(in: text, limit: 240)
        guard let first = fields.first else { return readDatedLine(text, into: &result) }
        let lead = text.trimmed(0..<first.start)
        let bare = strip(text, lead)
        if !bare.isEmpty {
            if let date = DateScanner.first(text, in: bare), date.year != nil || date.month != nil,
                date.relative == nil,
                date.range.lowerBound - bare.lowerBound <= 40
            {
                result.date = date
                let before = strip(text, bare.lowerBound..<date.range.lowerBound)
                if before.count >= 2 { result.lead = before }
                // 10月16日,区委书记…编辑: is running text with a label in it.
                if text[bare].contains("。") { return false }
            } else {
                // A label in the middle of running text is no header, unless it is a telling one behind a short lead.
                let telling = first.label == .published || first.label == .source || first.label == .updated
                guard telling || bare.count <= 16, bare.count <= 90, !text[bare].contains("。"),
                    !text[bare].contains(",") || telling && first.length >= 4
                else { return false }
                result.lead = bare
            }
        }
        if bare.isEmpty, isProseBehindOrdinaryLabel(text, first) { return false }
        // 四、网页（网址：…）: a numbered item of a text names things as well.
        if first.start > 0, isHeading(text), text.count > 30 { return false }
        result.fields = fields
        result.role = .fields
        return true
    }

    /// 时间：, 地点： and 标题-like labels also open items of running text; only a short value makes them a header.
    private static func isProseBehindOrdinaryLabel(_ text: Scalars, _ first: Field) -> Bool {
        switch first.label {
        case .title, .other, .widget, .author, .byline: false
        default: first.value.count > 120 && first.length < 4
        }
    }

    /// A line that is a header by its date alone: `县政府办 2020-10-17 10:05`, `2020-10-17 10:05 县政府办`.
    private static func readDatedLine(_ text: Scalars, into result: inout ReadLine) -> Bool {
        guard text.count <= 60, text.contains(where: \.isDigit), !text.contains("。"), !text.contains(",") else {
            return false
        }
        guard let date = DateScanner.first(text, in: 0..<text.count), date.year != nil, date.relative == nil else {
            return false
        }
        let before = strip(text, 0..<date.range.lowerBound)
        let after = strip(text, date.range.upperBound..<text.count)
        // Written in figures with separators, or with a time: so sites stamp pages, not so people write titles.
        let stamped = !text[date.range].contains("年") || date.time != nil
        guard stamped, before.count <= 24, after.count <= 20 else { return false }
        if before.isEmpty, after.isEmpty || isWeekday(text, after) {
            result.role = .date
        } else {
            result.role = .fields
        }
        result.date = date
        if before.count >= 2 { result.lead = before }
        return true
    }

    private static func wholeDate(_ text: Scalars) -> FoundDate? {
        guard text.count <= 30, let date = DateScanner.first(text, in: 0..<text.count), date.month != nil else {
            return nil
        }
        let before = strip(text, 0..<date.range.lowerBound)
        let after = strip(text, date.range.upperBound..<text.count)
        guard before.isEmpty, after.isEmpty || isWeekday(text, after) else { return nil }
        return date
    }

    private static let weekdays = WordTrie(words: "星期 周一 周二 周三 周四 周五 周六 周日 农历")

    private static func isWeekday(_ text: Scalars, _ range: Range<Int>) -> Bool {
        weekdays.match(text, at: range.lowerBound) != nil && range.count <= 14
    }

    /// A range without brackets, bars and bullets at its ends.
    static func strip(_ text: Scalars, _ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, isDecoration(text[lower]) { lower += 1 }
        while lower < upper, isDecoration(text[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    private static func isDecoration(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isBlank || LabelScanner.isSeparator(scalar) || LabelScanner.isColon(scalar) || scalar == "?"
            || scalar == "_"
            || scalar == "<" || scalar == "»" || scalar == "〔" || scalar == "〕" || scalar == "●" || scalar == "○"
            || scalar == "□"
    }

    // MARK: - Running text

    /// Whether a line is running text: it has a full stop, or clauses and length.
    static func isProse(_ text: Scalars) -> Bool {
        if text.count > 100 { return true }
        var commas = 0
        for index in text.indices {
            switch text[index] {
            case "。": return text.count >= 8 || text.count >= 5 && index == text.count - 1
            case ",", "，": commas += 1
            case ";", "；": if index == text.count - 1, text.count >= 12 { return true }
            default: break
            }
        }
        return commas >= 2 && text.count >= 45 || commas >= 1 && text.count >= 60
    }

    private static let addressees = WordTrie(
        words: """
            各 有关 尊敬 同志们 同志 单位 部门 政府 委员会 办公室 公司 学校 朋友们 居民 市民 局 院 厅 群众 业主 家长 同学 村委会 社区 领导
            直属 机构 支部 党委 党组 总支 企业 办事处 管委会 代表 委员 嘉宾 农户 学员 考生 旅客 用户 驾驶人 先生 女士 乡亲
            """
    )

    /// 各市人民政府，省政府各部门： — addressed to somebody and closed by a colon.
    static func isSalutation(_ text: Scalars) -> Bool {
        guard let last = text.last, LabelScanner.isColon(last), text.count >= 4, text.count <= 100 else { return false }
        return addressees.occurs(in: text) && !announcing.occurs(in: text)
    }

    /// 通常包括以下几个科室: opens a list, and addresses nobody.
    private static let announcing = WordTrie(words: "包括以下 包含以下 通常会 以下几个 有以下 主要包括")

    private static let ordinals = WordTrie(words: "章 节 条 部分 编")

    /// Whether a line begins with an enumerator: 一、, （一）, 1., 第一章, 附件：.
    static func isHeading(_ text: Scalars) -> Bool {
        guard text.count >= 2 else { return false }
        var index = 0
        if text[0] == "第" {
            index = 1
            while index < text.count, index < 6,
                DateScanner.numeral(text[index]) != nil || text[index] == "十" || text[index] == "百"
            {
                index += 1
            }
            index = text.skipBlanks(from: index)
            guard index > 1, index < text.count, let hit = ordinals.match(text, at: index) else { return false }
            return hit.end == text.count || text[hit.end].isBlank || text[hit.end] == ":" || text[index] != "条"
        }
        let bracketed = text[0] == "("
        if bracketed { index = 1 }
        let start = index
        while index < text.count, index - start < 3,
            text[index].isDigit || DateScanner.numeral(text[index]) != nil || text[index] == "十"
        {
            index += 1
        }
        guard index > start, index < text.count else { return false }
        if bracketed { return text[index] == ")" }
        switch text[index] {
        case "、": return true
        case ".", "．", ")": return index + 1 < text.count && !text[index + 1].isDigit
        default: return false
        }
    }

    // MARK: - Navigation

    /// 首页 > 政务公开 > 通知公告.
    static func isBreadcrumb(_ text: Scalars) -> Bool {
        guard text.count <= 160, !text.contains("。"), !text.contains(",") else { return false }
        var arrows = 0
        for scalar in text {
            switch scalar {
            case ">", "»", "›", "→", "＞", "≫", "〉": arrows += 1
            default: break
            }
        }
        guard arrows > 0 else { return false }
        if arrows >= 2 || Junk.home.match(text, at: 0) != nil { return true }
        // 公示公告 > 通知详情: two short names and an arrow apart from both.
        guard text.count <= 40, let arrow = text.firstIndex(where: { ">»›→".unicodeScalars.contains($0) }),
            arrow > 0, arrow + 1 < text.count, text[arrow - 1].isBlank, text[arrow + 1].isBlank
        else { return false }
        return !text.contains { ",。;:!?".unicodeScalars.contains($0) }
    }

    /// Lines without words, and lines that begin as widgets do; labels in them announce nothing.
    private static func isWidget(_ text: Scalars) -> Bool {
        if !text.contains(where: \.isHan) {
            // A+A-, THE END, bare addresses, rows of dashes; a date is looked at elsewhere.
            return DateScanner.first(text, in: 0..<min(text.count, 40)) == nil && !text.contains(where: { $0 == "〔" })
        }
        if text.count <= 12 {
            let bare = text.withoutBlanks
            if Junk.lines.exact(bare) != nil { return !TitleRules.isPlacard(text, bare) }
        }
        return Junk.openings.match(text, at: 0) != nil || isPicture(text) || isRowOfLabels(text)
    }

    /// 体 裁生效日期废止日期: labels whose values were empty.
    private static func isRowOfLabels(_ text: Scalars) -> Bool {
        guard (6...30).contains(text.count), Label.table.match(text.withoutBlanks, at: 0) != nil else { return false }
        let bare = text.withoutBlanks
        var index = 0
        var labels = 0
        while index < bare.count, let hit = Label.table.match(bare, at: index) {
            index = hit.end
            labels += 1
        }
        return index == bare.count && labels >= 2
    }

    /// 微信图片_20201125180628.jpg: the name of a picture that was lost.
    private static func isPicture(_ text: Scalars) -> Bool {
        guard text.count <= 60, !text.contains(where: \.isBlank), let dot = text.lastIndex(of: ".") else {
            return false
        }
        return pictures.exact(Array(text[(dot + 1)...])) != nil
    }

    private static let pictures = WordTrie(words: "jpg jpeg png gif bmp webp")

    private static let headerWidgets = WordTrie(words: "【字 [字 (字 字体 字号 【打 [打 (打 打印 分享 【大 [大 收藏 语音")

    /// 【字体：大 中 小】 2016-12-21 来源：县交通运输局 — a widget on the line of the header.
    private static func holdsHeader(_ text: Scalars) -> Bool {
        guard text.count <= 200, headerWidgets.match(text, at: 0) != nil else { return false }
        for field in LabelScanner.fields(in: text, limit: 200) where !field.value.isEmpty {
            switch field.label {
            case .source, .published, .updated, .publisher, .issuer: return true
            default: break
            }
        }
        guard let date = DateScanner.first(text, in: 0..<min(text.count, 80)) else { return false }
        return date.year != nil && !text.contains("。")
    }

    /// Short lines that hold words of menus and widgets.
    private static func isNavigation(_ text: Scalars) -> Bool {
        text.count <= 90 && !text.contains("。") && Junk.parts.occurs(in: text)
    }

    /// Whether a line opens what stands below a text.
    static func tail(_ text: Scalars) -> Junk.Tail? {
        var index = 0
        while index < text.count, index < 6, !text[index].isHan, !text[index].isLowercaseLetter { index += 1 }
        guard index < text.count else { return nil }
        guard let hit = Junk.tails.match(text, at: index) else {
            return text.count <= 80 && !text.contains("。") && Junk.footers.occurs(in: text) ? .weak : nil
        }
        return hit.value == .strong || text.count <= 80 ? hit.value : nil
    }
}
