/// What a page is once its header, text and footer are told apart.
struct Sheet: Sendable {
    /// The headline as written, white space and line breaks healed; nil if there is none.
    var title: Scalars?
    /// The headline that the page's own lines show, where ``title`` is one that was stated beside them.
    var shownTitle: Scalars?
    /// What label fields and stamps state.
    var header: Header
    /// The lines of the text, in order.
    var body: [PageLine]
    /// Whether the page is a thread of a forum, or a paper of a journal.
    var isOfOtherKind = false
    /// Whether 通告 or the like stands alone above the text, or 特此通告 below it.
    var isNotice = false
}

/// Tells a page's header, text and footer apart.
struct PageReader {
    private let hints: PageHints
    private var lines: [ReadLine] = []
    /// Whether a line of running text was read.
    private var hasText = false

    static func read(_ lines: [PageLine], hints: PageHints) -> Sheet {
        var reader = PageReader(hints: hints)
        for line in lines { reader.append(line) }
        reader.settleItems()
        Minutes.settle(&reader.lines)
        return reader.sheet()
    }

    private init(hints: PageHints) {
        self.hints = hints
    }

    // MARK: - Lines

    /// Reads a line; one that holds a header and the text behind it is cut in two.
    private mutating func append(_ line: PageLine) {
        let read = LineReader.read(line)
        if read.role == .prose, !hasText {
            hasText = true
            if let parts = GluedLine.document(line) {
                for part in parts { lines.append(LineReader.read(line.part(part))) }
                return
            }
        }
        guard read.role == .fields, line.folded.count > 40, let cut = GluedLine.textStart(read) else {
            lines.append(read)
            return
        }
        lines.append(LineReader.read(line.part(0..<cut)))
        lines.append(LineReader.read(line.part(cut..<line.folded.count)))
    }

    /// An entry of a list has others near it; alone it is a headline or header with a date behind it.
    private mutating func settleItems() {
        for index in lines.indices where lines[index].role == .item {
            let near = max(0, index - 3)..<min(lines.count, index + 4)
            if near.contains(where: { $0 != index && lines[$0].role == .item }) { continue }
            lines[index] = LineReader.read(lines[index].line, mayBeItem: false)
        }
    }

    /// A page that lists other pages: no running text, and entries with their dates.
    private var isList: Bool {
        var entries = 0
        for line in lines {
            switch line.role {
            case .prose, .salutation, .heading, .number: return false
            case .item, .date: entries += 1
            case .fields:
                guard line.fields.isEmpty else { return false }
                entries += 1
            default: break
            }
        }
        return entries >= 3
    }

    private static let closings = WordTrie(words: "特此通知 特此通告 特此公告 特此告知 特此通报")

    private func isNotice(_ bodyIndex: Int) -> Bool {
        let above = lines[max(0, bodyIndex - 4)..<bodyIndex].contains {
            TitleRules.isPlacard($0.line.folded, $0.line.folded.withoutBlanks)
        }
        return above
            || lines[bodyIndex...].contains {
                $0.line.folded.count <= 12 && Self.closings.match($0.line.folded, at: 0) != nil
            }
    }

    private static let forumWords = WordTrie(
        words: "楼主 回复: 查看: 显示全部楼层 阅读模式 复制链接 只看该作者 只看楼主 沙发 板凳 找回密码 立即注册 积分 帖子 威望 发帖 回帖 版主 倒序浏览 使用道具 电梯直达 加好友 灌水"
    )

    /// A thread of a forum: several of its words in short lines.
    private var isThread: Bool {
        var found = Set<Int>()
        for line in lines.prefix(60) where line.line.folded.count <= 60 {
            Self.forumWords.collect(in: line.line.folded, 0..<line.line.folded.count, into: &found)
        }
        return found.count >= 3
    }

    /// Labels of papers, true for those that no other page has.
    private static let learned = WordTrie<Bool>([
        (true, "参考文献 作者单位 作者简介 文献标识码 中图分类号 基金项目 英文标题 英文摘要 收稿日期 通信作者"),
        (false, "摘要 关键词 【摘要】 【关键词】 中文关键词 文章编号"),
    ])

    /// 第325章 alone at the top: a page of a novel; laws have no such numbers.
    private var isChapter: Bool {
        guard let first = lines.first?.line.folded, first.count <= 24, Fiction.isChapter(first) else { return false }
        return first.dropFirst().prefix { $0.isDigit }.count >= 2
    }

    /// 人大研究 2021年3期: the issue of a journal.
    private func isIssue(_ text: Scalars) -> Bool {
        guard (8...24).contains(text.count), text.last == "期", !text.contains(["公", "报"]),
            let year = text.firstIndex(of: "年"), year >= 4, text[year - 1].isDigit, text[year - 4].isDigit
        else { return false }
        return text[(year + 1)..<(text.count - 1)].allSatisfy { $0.isDigit || $0.isBlank || $0 == "第" }
    }

    /// A paper of a journal: two of its labels at the head of lines.
    private var isPaper: Bool {
        var labels = Set<Unicode.Scalar>()
        var isTold = false
        for line in lines.prefix(16) + lines.suffix(24) {
            let text = line.line.folded
            if isIssue(text) {
                labels.insert("期")
                isTold = true
            }
            var start = 0
            while start < text.count, start < 3, !text[start].isHan { start += 1 }
            guard let hit = Self.learned.match(text, at: start) else { continue }
            labels.insert(text[start])
            isTold = isTold || hit.value
        }
        return isTold && labels.count >= 2
    }

    // MARK: - Zones

    private func sheet() -> Sheet {
        if isList { return Sheet(title: nil, shownTitle: nil, header: Header(), body: []) }
        let bodyIndex = firstProse()
        let known = knownTitles()
        var reader = HeaderReader()
        reader.read(lines, in: 0..<bodyIndex, knownTitle: known.first.map { $0.folded.withoutBlanks })
        var header = reader.header

        let finder = TitleFinder(lines: lines, bodyIndex: bodyIndex, claimed: reader.claimed)
        let labelled = header.title.map { TitleCleaner.clean(Scalars(text: $0)) }
        let footer = footerTitle(below: bodyIndex)
        let found = finder.find(known: known + [labelled, footer].compactMap { $0 })
        let stated = statedTitle()
        let title = stated ?? found?.text ?? labelled ?? known.first ?? footer
        let cleaned = title.map { TitleCleaner.clean($0) }.flatMap { $0.isEmpty ? nil : $0 }
        let shown = stated == nil ? nil : (found?.text ?? labelled).map { TitleCleaner.clean($0) }
        if header.documentNumber == nil, let title, let number = TitleCleaner.number(title) {
            header.documentNumber = number
        }

        let start = bodyStart(bodyIndex: bodyIndex, title: found?.range, text: cleaned, claimed: reader.claimed)
        var builder = BodyBuilder(lines: lines, start: start)
        builder.build()
        if let cleaned { builder.dropRepeats(of: cleaned.folded.withoutBlanks) }
        header.fill(from: builder.footer)
        if header.published == nil { header.published = PressRelease.date(lines) }
        if header.documentNumber == nil { header.documentNumber = builder.documentNumber }
        return Sheet(
            title: cleaned,
            shownTitle: shown,
            header: header,
            body: builder.paragraphs,
            isOfOtherKind: isThread || isPaper || isChapter,
            isNotice: isNotice(bodyIndex)
        )
    }

    /// The first line of running text, disclaimers above a header left aside.
    private func firstProse() -> Int {
        guard let first = lines.firstIndex(where: { $0.role == .prose || $0.role == .salutation }) else {
            return fallback()
        }
        var next = first + 1
        if lines[first].role == .prose, lines[first].line.folded.count <= 120, next < lines.count, isStamp(lines[next]),
            let after = lines[(next + 1)...].firstIndex(where: { opensBody($0.role) }),
            lines[after...].reduce(0, { $0 + ($1.role == .prose ? $1.line.folded.count : 0) }) > 120
        {
            // A headline that is a sentence, with the date below it.
            return after
        }
        var prose = lines[first].role == .prose ? lines[first].line.folded.count : 1_000
        while next < lines.count, next <= first + 14, prose < 200 {
            let line = lines[next]
            switch line.role {
            case .fields
            where line.fields.contains(where: { isTelling($0.label) && !$0.value.isEmpty }) && hasDate(line):
                let rest = lines[next...]
                guard let after = rest.firstIndex(where: { $0.role == .prose || $0.role == .salutation }) else {
                    return first
                }
                let length = rest.prefix(60).reduce(0) { $0 + ($1.role == .prose ? $1.line.folded.count : 0) }
                return length > prose ? after : first
            case .prose, .salutation, .heading: prose += max(line.line.folded.count, 60)
            case .tail: return first
            default: break
            }
            next += 1
        }
        return first
    }

    private func opensBody(_ role: LineRole) -> Bool {
        switch role {
        case .prose, .salutation, .heading: true
        case .fields, .date, .number, .breadcrumb, .item, .junk, .tail, .weakTail, .text: false
        }
    }

    /// A header line that holds a date of the page, and no dateline of a text.
    private func isStamp(_ line: ReadLine) -> Bool {
        switch line.role {
        case .fields: hasDate(line)
        case .date:
            line.date.map { $0.end == nil && $0.year != nil && !line.line.folded[$0.range].contains("年") } ?? false
        default: false
        }
    }

    private func isTelling(_ label: Label) -> Bool {
        switch label {
        case .published, .source, .updated: true
        default: false
        }
    }

    private func hasDate(_ line: ReadLine) -> Bool {
        line.date != nil || DateScanner.first(line.line.folded, in: 0..<line.line.folded.count)?.year != nil
    }

    /// Without any running text the body begins behind the last header line, or behind the first line.
    private func fallback() -> Int {
        let last = lines.lastIndex { $0.role == .fields || $0.role == .date }
        if let last, last + 1 < lines.count { return last + 1 }
        return min(lines.count, 1)
    }

    /// 本文标题：X below a text repeats the headline.
    private func footerTitle(below bodyIndex: Int) -> Scalars? {
        for line in lines[min(bodyIndex, lines.count)...].suffix(20) where line.role == .fields {
            guard let field = line.fields.first, field.label == .title, field.start == 0,
                (6...90).contains(field.value.count)
            else { continue }
            let title = TitleCleaner.clean(Array(line.line.scalars[field.value]))
            if !TitleCleaner.isPlaceholder(title) { return title }
        }
        return nil
    }

    /// The title that the meta block or a dump states, unless it is a template's placeholder or the name of a column.
    private func statedTitle() -> Scalars? {
        guard let title = hints.title.map({ TitleCleaner.clean(Scalars(text: $0)) }), title.count >= 4,
            !TitleCleaner.isPlaceholder(title)
        else { return nil }
        let folded = title.folded
        return TitleRules.isSite(folded) || Junk.lines.exact(folded.withoutBlanks) != nil ? nil : title
    }

    /// Titles that something beside the text states, most telling first.
    private func knownTitles() -> [Scalars] {
        var titles: [Scalars] = []
        func add(_ text: String?, cut: Bool = false) {
            guard let text else { return }
            let cleaned = TitleCleaner.clean(Scalars(text: text), cutSite: cut)
            if cleaned.count >= 4, !TitleCleaner.isPlaceholder(cleaned) { titles.append(cleaned) }
        }
        add(hints.title)
        for heading in hints.headings where TitleRules.score(Scalars(text: heading).folded) >= 3 { add(heading) }
        add(hints.windowTitle, cut: true)
        return titles
    }

    // MARK: - Begin of the text

    /// The first line of the text: the first running line, or a line above it that belongs to it.
    private func bodyStart(bodyIndex: Int, title: Range<Int>?, text: Scalars?, claimed: Set<Int>) -> Int {
        var start = title?.upperBound ?? 0
        var isBelowHeader = false
        for index in 0..<bodyIndex where lines[index].role == .fields || claimed.contains(index) {
            start = max(start, index + 1)
        }
        if let title {
            isBelowHeader = (title.upperBound..<max(start, title.upperBound)).contains { lines[$0].role == .fields }
            if start == title.upperBound, start < bodyIndex, lines[start].role == .date {
                start += 1
                isBelowHeader = true
            }
        }
        let wanted = text?.folded.withoutBlanks ?? []
        while start < bodyIndex {
            let line = lines[start]
            if !repeats(line.line.folded.withoutBlanks, wanted), opensText(line, start, bodyIndex, isBelowHeader) {
                return start
            }
            start += 1
        }
        // A title that stands again as the first line of running text.
        while start < lines.count, !wanted.isEmpty, lines[start].line.folded.count <= wanted.count + 8,
            lines[start].line.folded.withoutBlanks == wanted
        {
            start += 1
        }
        return start
    }

    /// Whether a line says again what the title says: a part of it, the whole of one that was cut, or nearly the same.
    private func repeats(_ line: Scalars, _ title: Scalars) -> Bool {
        guard !title.isEmpty, !line.isEmpty else { return false }
        if title.contains(line) { return true }
        let known = title.prefix { $0 != "…" && $0 != "." }
        if known.count >= 10, line.starts(with: known) { return true }
        guard line.count >= 6, line.count <= title.count * 2 + 20 else { return false }
        var pairs: Set<UInt64> = []
        for index in title.indices.dropLast() { pairs.insert(Self.pair(title, index)) }
        let shared = line.indices.dropLast().count { pairs.contains(Self.pair(line, $0)) }
        return shared * 10 >= (line.count - 1) * 6
    }

    private static func pair(_ text: Scalars, _ index: Int) -> UInt64 {
        UInt64(text[index].value) << 32 | UInt64(text[index + 1].value)
    }

    private func opensText(_ line: ReadLine, _ index: Int, _ bodyIndex: Int, _ isBelowHeader: Bool) -> Bool {
        let text = line.line.folded
        let next = index + 1
        switch line.role {
        case .heading, .salutation: return true
        case .text:
            if text.first == "(" && text.last == ")" || text.starts(with: ["—", "—"]) { return false }
            if let last = text.last, text.count >= 14, last == "," || last == "、" || LabelScanner.isColon(last) {
                return true
            }
            // Verses of a text that was written for telephones, down to its first full sentence.
            if isBelowHeader, text.count(where: \.isHan) >= 10, !TitleRules.isOrgan(text), !TitleRules.isSite(text),
                !TitleRules.endsInKind(text), !text.ends(in: ["文", "件"]),
                (index..<bodyIndex).allSatisfy({ lines[$0].role == .text })
            {
                return true
            }
            // The first line of a text whose lines were wrapped.
            guard text.count >= 24, next < lines.count, lines[next].role == .prose || lines[next].role == .text else {
                return false
            }
            return text.contains(",") && !TitleRules.continues(text, lines[next].line.folded)
                || DateScanner.first(text, in: 0..<min(4, text.count)) != nil
        default: return false
        }
    }
}
