import BulletinEvents
import BulletinText

/// A document's text, decoded and repaired, as lines with what HTML says beside them.
struct TextIntake {
    /// The text as it came, decoded and not repaired.
    var raw: String
    /// The repaired lines.
    var lines: [PageLine]
    /// What metas, headings and the caller state.
    var hints: PageHints
    /// How the bytes became text.
    var report: TextReport

    init(_ input: ParserInput) throws(ParseError) {
        let decoded = try Self.decode(input)
        raw = decoded.text
        let repaired = TextRepair.repair(decoded.text)
        report = TextReport(
            encoding: decoded.encoding,
            repairs: repaired.repairs.map { TextReport.Repair(kind: $0.kind, count: $0.count) }
        )
        let page = Self.isHTML(input, repaired.text) ? HTMLText.extract(repaired.text) : nil
        // The meta block of government sites (国办发〔2017〕47号); its fields are often empty, then the text counts.
        func meta(_ names: String...) -> String? { names.lazy.compactMap { page?.metas[$0] }.first }
        hints = PageHints(
            title: input.stated.title ?? meta("articletitle"),
            source: input.stated.source ?? meta("contentsource", "source"),
            date: input.stated.date ?? meta("pubdate", "publishdate"),
            author: input.stated.author ?? meta("author"),
            url: input.url ?? meta("url"),
            site: input.stated.site ?? meta("sitename")
        )
        hints.headings = page?.headings ?? []
        hints.windowTitle = page?.title
        lines = PageLine.lines(of: page.map { $0.lines.joined(separator: "\n") } ?? repaired.text)
    }

    private static func isHTML(_ input: ParserInput, _ text: String) -> Bool {
        switch input.mediaType {
        case .html: true
        case .text: false
        case .unknown: HTMLText.isHTML(text)
        }
    }

    private static func decode(_ input: ParserInput) throws(ParseError) -> DecodedText {
        do {
            return try TextDecoder.decode(input.bytes, label: input.charset)
        } catch {
            throw ParseError(
                code: ParseError.Code(rawValue: error.code.rawValue),
                name: input.name,
                location: error.offset.map { "byte \($0)" },
                problem: error.problem,
                advice: error.advice
            )
        }
    }
}
