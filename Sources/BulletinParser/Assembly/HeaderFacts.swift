import BulletinEvents

/// Weighs what header, metas and dateline state against each other.
struct HeaderFacts {
    var source: String?
    var issuer: String?
    var author: String?
    var byline: [String]
    var documentNumber: String?
    var publishedOn: BulletinDate?
    var publishedAt: String?
    var signedOn: BulletinDate?

    /// Where what was stated beside the text differs from what the text says.
    var conflicts: [TextReport.Conflict] = []

    init(sheet: Sheet, hints: PageHints, dateline: Dateline?) {
        let header = sheet.header
        let hinted = hints.source.flatMap { text -> String? in
            let line = PageLine.lines(of: text).first
            return line.flatMap { SourceRules.name($0, 0..<$0.folded.count) }
        }
        let shownSource = header.source ?? header.publisher ?? header.issuer
        source = hinted ?? shownSource ?? dateline?.source
        issuer = header.issuer
        author = hints.author ?? header.author
        byline = header.byline
        for name in dateline?.byline ?? [] where !byline.contains(name) { byline.append(name) }
        documentNumber = header.documentNumber

        let hintedDate = hints.date.flatMap { text -> FoundDate? in
            let folded = Scalars(text: text).folded
            return DateScanner.first(folded, in: 0..<folded.count)
        }
        let shownDates = [header.published, header.stamped, header.dispatched, header.updated]
        let shownDate = shownDates.compactMap { $0 }.first { $0.asWritten != nil }
        let published = hintedDate.flatMap { $0.asWritten == nil ? nil : $0 } ?? shownDate
        compare("title", sheet.title?.text, sheet.shownTitle?.text)
        if hinted != nil { compare("source", hinted, header.source ?? header.publisher) }
        // A page may show a date without its year; the day must be the same.
        if let stated = hintedDate?.asWritten, let shown = (header.published ?? header.stamped)?.asWritten,
            stated.month != shown.month || stated.day != shown.day || shown.year != nil && stated.year != shown.year
        {
            conflicts.append(.init(field: "publishedOn", stated: "\(stated)", found: "\(shown)"))
        }
        publishedOn = published?.asWritten
        if let date = publishedOn, let time = published?.time, date.year != nil {
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            // Chinese pages state Beijing time.
            publishedAt = "\(date)T\(two(time.hour)):\(two(time.minute)):\(two(time.second))+08:00"
        }
        signedOn = header.signed?.asWritten ?? (header.published == nil ? nil : header.dispatched?.asWritten)
    }
}

extension HeaderFacts {
    /// Notes a conflict between two texts that are not the same but for script, width, case and white space, and of which
    /// neither is a part of the other, as a title is that was cut.
    private mutating func compare(_ field: String, _ stated: String?, _ shown: String?) {
        guard let stated, let shown else { return }
        let bare = [stated, shown].map { text in
            Scalars(text: text).folded.filter { !$0.isBlank && $0 != "…" && $0 != "." }
        }
        guard !bare[0].contains(bare[1]), !bare[1].contains(bare[0]) else { return }
        conflicts.append(.init(field: field, stated: stated, found: shown))
    }
}

/// The end of a notice: who signs it and when.
struct Closing {
    var issuer: String?
    var date: BulletinDate?

    static func read(_ body: [PageLine]) -> Closing {
        var closing = Closing()
        // The signature stands before an annex that may be long; the first pair counts.
        for index in body.indices {
            let text = body[index].folded
            guard text.count <= 40, let date = DateScanner.first(text, in: 0..<text.count), date.year != nil,
                date.relative == nil, date.range.upperBound >= text.count - 1
            else { continue }
            let before = text.trimmed(0..<date.range.lowerBound)
            if before.isEmpty {
                closing.date = date.asWritten
                if index > 0, TitleRules.isOrgan(body[index - 1].folded) { closing.issuer = body[index - 1].text }
                break
            }
            // 某局 2020年10月17日, on one line.
            guard index > 0, TitleRules.isOrgan(Array(text[before])) else { continue }
            closing.date = date.asWritten
            closing.issuer = body[index].scalars.text(before)
            break
        }
        return closing
    }
}
