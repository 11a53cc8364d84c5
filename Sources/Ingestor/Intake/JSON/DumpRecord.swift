public import BulletinParser

/// One document of a dump: a JSON object whose fields are mapped by the rules of `docs/inputs.md`.
public struct DumpRecord {
    private var text: String?
    private var html: String?
    private var url: String?
    private var stated = ParserInput.Stated()

    /// What each field may be called, the first that is there and not empty counts. Letter case, `_`, `-` and blanks
    /// in names make no difference.
    private static let names: [(field: Field, names: [String])] = [
        (.html, ["html", "contenthtml", "htmlcontent", "rawhtml"]),
        (.text, ["text", "content", "body", "fulltext", "articlecontent", "正文", "内容", "內容"]),
        (.url, ["url", "link", "href", "uri"]),
        (.title, ["title", "headline", "articletitle", "标题", "標題"]),
        (.source, ["source", "contentsource", "publisher", "来源", "來源"]),
        (
            .date,
            [
                "date", "publishedat", "publishedon", "published", "pubdate", "pubtime", "publishdate", "publishtime",
                "datetime", "time", "发布时间", "發布時間", "发布日期", "發布日期", "日期",
            ]
        ),
        (.author, ["author", "authors", "byline", "作者"]),
        (.site, ["site", "sitename", "website", "站点"]),
    ]

    private enum Field: CaseIterable {
        case html, text, url, title, source, date, author, site
    }

    /// Reads an object. Throws ``JSONProblem`` where it is no JSON, or has no text.
    public init(parsing bytes: [UInt8]) throws(JSONProblem) {
        var values: [String: JSONObjectReader.Value] = [:]
        for (name, value) in try JSONObjectReader.members(of: bytes) {
            let key = Self.normalized(name)
            if values[key] == nil { values[key] = value }
        }
        for (field, names) in Self.names {
            for name in names {
                guard let value = values[name], let text = try Self.text(of: value, field, name) else { continue }
                set(field, text)
                break
            }
        }
        guard text != nil || html != nil else {
            throw JSONProblem(offset: 0, message: "the object has no field text, content or html with a text in it")
        }
    }

    /// The document for the parser; `name` is what it is called in messages. Where a dump gives both, `html` counts: it holds the page's own header.
    public func input(name: String?) -> ParserInput {
        ParserInput(
            bytes: Array((html ?? text ?? "").utf8),
            name: name,
            mediaType: html == nil ? .unknown : .html,
            charset: "utf-8",
            url: url,
            stated: stated
        )
    }

    private mutating func set(_ field: Field, _ value: String) {
        switch field {
        case .html: html = value
        case .text: text = value
        case .url: url = value
        case .title: stated.title = value
        case .source: stated.source = value
        case .date: stated.date = StatedDate.inBeijing(value)
        case .author: stated.author = value
        case .site: stated.site = value
        }
    }

    /// A value as text; nil for `null` and for a text without any. A list of texts is paragraphs or names.
    private static func text(
        of value: JSONObjectReader.Value,
        _ field: Field,
        _ name: String
    ) throws(JSONProblem) -> String? {
        let text: String
        switch value {
        case .string(let string): text = string
        case .list(let list): text = list.joined(separator: field == .text ? "\n" : " ")
        case .number(let number) where field == .date: text = number
        case .null: return nil
        case .number(let kind), .other(let kind):
            throw JSONProblem(offset: 0, message: "the field \(name) must be a text, not \(kind)")
        }
        return text.contains { !$0.isWhitespace } ? text : nil
    }

    private static func normalized(_ name: String) -> String {
        String(String.UnicodeScalarView(name.lowercased().unicodeScalars.filter { !"_- ".unicodeScalars.contains($0) }))
    }
}
