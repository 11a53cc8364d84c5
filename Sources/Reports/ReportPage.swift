internal import BulletinEvents
internal import ReadModel

/// A report as one page of HTML that needs nothing else: no network, no script.
public struct ReportPage {
    private let report: Report

    /// The page of a report.
    public init(_ report: Report) {
        self.report = report
    }

    /// The page.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(HTMLText.escape(report.title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the report</a>
        <header>
        <h1 lang="zh">\(HTMLText.escape(report.title))</h1>
        <p lang="zh">\(HTMLText.escape(report.question))</p>
        <p class="small">As of <time datetime="\(HTMLText.escape(report.time))">\(HTMLText.escape(report.time))</time>: \
        \(HTMLText.escape(report.partitions.joined(separator: ", ")))</p>
        </header>
        <main id="content">
        \(summary)\(charts)\(timeline)\(sources)</main>
        <footer><p class="small">Made by <code>bulletins report</code>. Each claim leads to its sentence; the texts are those of the
        bulletins, repaired where they were damaged.</p></footer>
        </body>
        </html>

        """
    }

    // MARK: - Summary

    private var summary: String {
        let speakers = Set(report.directives.compactMap(\.speaker)).count
        let deadlines = report.directives.count { $0.deadline != nil }
        var text = """
            <section aria-labelledby="summary">
            <h2 id="summary">At a glance</h2>
            <dl class="figures">
            <div><dt>Directives</dt><dd>\(report.count)</dd></div>
            <div><dt>Bulletins</dt><dd>\(report.bulletins.count)</dd></div>
            <div><dt>Speakers</dt><dd>\(speakers)</dd></div>
            <div><dt>With a deadline</dt><dd>\(deadlines)</dd></div>
            </dl>

            """
        if report.count > report.directives.count {
            text += "<p>The page shows the latest \(report.directives.count) of \(report.count) directives.</p>\n"
        }
        if report.directives.isEmpty { text += "<p>Nothing was found.</p>\n" }
        if !report.organizations.isEmpty {
            text += """
                <table><caption>Names</caption>
                <thead><tr><th scope="col">Name</th><th scope="col">Full name</th><th scope="col">Other names</th>
                <th scope="col">Bulletins</th></tr></thead><tbody lang="zh">

                """
            for row in report.organizations {
                text +=
                    "<tr><th scope=\"row\">\(HTMLText.escape(row.name))</th>"
                    + "<td>\(HTMLText.escape(row.canonicalName ?? "–"))</td>"
                    + "<td>\(HTMLText.escape(row.aliases.joined(separator: "、")))</td><td>\(row.bulletins)</td></tr>\n"
            }
            text += "</tbody></table>\n"
        }
        return text + "</section>\n"
    }

    private var charts: String {
        guard !report.directives.isEmpty else { return "" }
        let months = report.byMonth
        let drawn = [
            BarChartSVG.columns("Directives over time", months, id: "chart-time", nameHeading: "Time"),
            BarChartSVG.rows("Directives by speaker", report.bySpeaker, id: "chart-speaker", nameHeading: "Speaker"),
            BarChartSVG.rows("Directives by measure", report.byMeasure, id: "chart-measure", nameHeading: "Measure"),
            BarChartSVG.rows(
                "Directives by organisation",
                report.byOrganization,
                id: "chart-organization",
                nameHeading: "Organisation"
            ),
        ]
        return "<section aria-labelledby=\"charts\">\n<h2 id=\"charts\">Charts</h2>\n\(drawn.joined())</section>\n"
    }

    // MARK: - Timeline

    private var timeline: String {
        guard !report.directives.isEmpty else { return "" }
        var text =
            "<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Timeline</h2>\n<ol class=\"timeline\" lang=\"zh\">\n"
        for directive in report.directives {
            let date = Report.date(of: directive)?.description
            let time = date.map { "<time datetime=\"\($0)\">\($0)</time>" } ?? "<span>no date</span>"
            let speaker = directive.speaker ?? directive.speakerText
            let responsible = directive.responsible.joined(separator: "、")
            text += "<li>\(time) "
            if let speaker { text += "<b>\(HTMLText.escape(speaker))</b>" }
            if !responsible.isEmpty { text += " → \(HTMLText.escape(responsible))" }
            text +=
                "<br><a href=\"#\(anchor(directive.bulletinId, directive.sequence))\">\(HTMLText.escape(directive.text))</a>"
            if let deadline = directive.deadline {
                text += " <span class=\"deadline\">\(HTMLText.escape(deadline))</span>"
            }
            text += "</li>\n"
        }
        return text + "</ol>\n</section>\n"
    }

    private func anchor(_ id: String, _ sequence: Int) -> String { HTMLText.escape("b-\(id)-\(sequence)") }

    // MARK: - Sources

    private var sources: String {
        guard !report.bulletins.isEmpty else { return "" }
        var seen: Set<String> = []
        let order = report.directives.map(\.bulletinId).filter { seen.insert($0).inserted }
        let articles = order.compactMap { report.bulletins[$0] }.map(article).joined()
        return "<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n\(articles)</section>\n"
    }

    private func article(_ bulletin: Bulletin) -> String {
        let wanted = Set(report.directives.filter { $0.bulletinId == bulletin.id }.map(\.sequence))
        let directives = bulletin.directives.filter { wanted.contains($0.sequence) }
        let facts = [
            bulletin.source, bulletin.publishedOn?.description, bulletin.documentNumber, bulletin.kind.rawValue,
        ].compactMap { $0 }.map(HTMLText.escape).joined(separator: " · ")
        var text = """
            <article lang="zh">
            <h3>\(HTMLText.link(bulletin.url, bulletin.title ?? "(no title)"))</h3>
            <p class="small">\(facts) · \(HTMLText.escape(bulletin.id))</p>

            """
        // A clause without a place, or with one that the text does not have, is quoted by itself.
        for directive in directives where place(of: directive, in: bulletin) == nil {
            text +=
                "<p><mark id=\"\(anchor(bulletin.id, directive.sequence))\">\(HTMLText.escape(directive.text))</mark></p>\n"
        }
        for (index, paragraph) in bulletin.paragraphs.enumerated() where !paragraph.isEmpty {
            let places = directives.compactMap { directive -> (Range<Int>, Int)? in
                guard let place = place(of: directive, in: bulletin), place.paragraph == index else { return nil }
                return (place.range, directive.sequence)
            }
            text += "<p>\(marked(paragraph, places.sorted { $0.0.lowerBound < $1.0.lowerBound }, bulletin.id))</p>\n"
        }
        return text + "</article>\n"
    }

    private func place(of directive: Directive, in bulletin: Bulletin) -> (paragraph: Int, range: Range<Int>)? {
        guard let span = directive.span, let paragraph = span.paragraph,
            bulletin.paragraphs.indices.contains(paragraph),
            span.start >= 0, span.start < span.end, span.end <= bulletin.paragraphs[paragraph].unicodeScalars.count
        else { return nil }
        return (paragraph, span.start..<span.end)
    }

    private func marked(_ paragraph: String, _ places: [(range: Range<Int>, sequence: Int)], _ id: String) -> String {
        let scalars = Array(paragraph.unicodeScalars)
        func piece(_ range: Range<Int>) -> String { HTMLText.escape(String(String.UnicodeScalarView(scalars[range]))) }
        var text = ""
        var position = 0
        for (range, sequence) in places {
            // Clauses that overlap share a mark; both anchors lead there.
            let start = max(range.lowerBound, position)
            if start > position { text += piece(position..<start) }
            let end = max(start, range.upperBound)
            text += "<mark id=\"\(anchor(id, sequence))\">\(piece(start..<end))</mark>"
            position = end
        }
        return text + piece(position..<scalars.count)
    }

    /// Readable without colour, at any width, on paper and in the dark.
    private static let style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --bar: #0b5cad;
          --mark: #fff3bf; --link: #0b5cad }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b3; --line: #30363d;
          --bar: #58a6ff; --mark: #4d3d00; --link: #79b8ff } }
        body { font: 16px/1.7 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink);
          background: var(--paper); max-width: 50rem; margin: 0 auto; padding: 1.5rem }
        h1, h2, h3 { line-height: 1.3 } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
        a { color: var(--link) } .small { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere }
        .skip { position: absolute; left: -99rem } .skip:focus { position: static }
        .figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1rem 0 }
        .figures dt { color: var(--soft) } .figures dd { margin: 0; font-size: 1.75rem; font-weight: 600 }
        table { border-collapse: collapse; width: 100%; margin: 1rem 0 } caption { text-align: left; font-weight: 600 }
        th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; font-weight: 400 }
        thead th { font-weight: 600 }
        figure { margin: 1.5rem 0 } figcaption { font-weight: 600 } svg { width: 100%; height: auto }
        svg rect { fill: var(--bar) } svg text { fill: var(--ink); font-size: 13px }
        .timeline { padding-left: 0; list-style: none } .timeline li { border-left: 3px solid var(--bar); margin: 0 0 1rem;
          padding-left: 1rem }
        .deadline { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .375rem; white-space: nowrap }
        mark { background: var(--mark); color: inherit } mark:target { outline: 2px solid var(--bar) }
        article { border-top: 1px solid var(--line); padding-top: .5rem; overflow-wrap: anywhere }
        @media print { body { max-width: none; font-size: 11pt } .skip, details:not([open]) { display: none }
          article, figure, li { break-inside: avoid } mark { text-decoration: underline } }
        """
}
