import CLibXML2

/// What an HTML page says: its title, its metadata, and its text.
public struct HTMLDocument: Hashable, Sendable {
    /// The page's title, white space collapsed; nil if there is none.
    public var title: String?

    /// The headings of the first two levels, in order, outside navigation.
    public var headings: [String]

    /// The metadata by lower-cased name (`articletitle`, `pubdate`); the first value that is not empty. Names without a
    /// value are absent.
    public var metas: [String: String]

    /// The text of the body: a line per paragraph, line break or table row, without navigation and what is hidden. Header
    /// lines (headline, date, source) are included where the page shows them with the text.
    public var lines: [String]

    /// A page's content.
    public init(title: String? = nil, headings: [String] = [], metas: [String: String] = [:], lines: [String] = []) {
        self.title = title
        self.headings = headings
        self.metas = metas
        self.lines = lines
    }
}

/// Takes the text out of HTML pages as government sites serve them.
public enum HTMLText {
    /// Whether a text is HTML, by its content: a document type, or known tags. A lone `<` or `<通知>` is none.
    public static func isHTML(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isHTML($0) }
    }

    /// Takes a page apart. It never fails: of broken markup it takes what can be had.
    public static func extract(_ html: String) -> HTMLDocument {
        var html = html
        return html.withUTF8 { bytes in
            var outline = HTMLOutline()
            guard let document = parse(bytes) else { return HTMLDocument() }
            defer { xmlFreeDoc(document) }
            if let root = xmlDocGetRootElement(document) { outline.read(root) }
            return HTMLDocument(
                title: outline.title,
                headings: outline.headings,
                metas: outline.metas,
                lines: HTMLBody.lines(of: outline)
            )
        }
    }

    /// The parsed document, which the caller frees.
    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> htmlDocPtr? {
        _ = initialized
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
        return bytes.withMemoryRebound(to: CChar.self) { bytes in
            guard let start = bytes.baseAddress, let count = Int32(exactly: bytes.count), count > 0 else { return nil }
            // The text is UTF-8 by now, whatever its meta element says.
            return htmlReadMemory(start, count, nil, "UTF-8", Int32(options))
        }
    }

    /// libxml2 must be initialised before several threads use it.
    private static let initialized: Void = xmlInitParser()

    static func isHTML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var tags = 0
        var closing = 0
        // A page shows its tags at once; a text that holds none for so long is no page.
        let limit = min(bytes.count, 64 * 1024)
        var position = 0
        while position < limit {
            guard let bracket = UTF8Bytes.index(of: UInt8(ascii: "<"), in: bytes, position..<limit) else { break }
            position = bracket + 1
            let isClosing = position < bytes.count && bytes[position] == UInt8(ascii: "/")
            var name = ""
            var end = isClosing ? position + 1 : position
            while end < bytes.count, name.utf8.count < 10, isName(bytes[end]) {
                name.unicodeScalars.append(Unicode.Scalar(bytes[end]))
                end += 1
            }
            guard end < bytes.count, bytes[end] <= 0x20 || bytes[end] == 0x3E || bytes[end] == 0x2F else { continue }
            name = name.lowercased()
            if name == "!doctype" || name == "html" || name == "body" || name == "head" { return true }
            if knownTags.contains(name) {
                tags += 1
                closing += isClosing || name == "br" || name == "meta" ? 1 : 0
                if tags >= 2, closing >= 1 { return true }
            }
        }
        return false
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "!")
    }

    private static let knownTags: Set<String> = [
        "a", "article", "b", "br", "center", "div", "em", "font", "form", "h1", "h2", "h3", "h4", "hr", "i", "iframe",
        "img",
        "input", "label", "li", "link", "meta", "ol", "option", "p", "pre", "script", "section", "select", "span",
        "strong",
        "style", "table", "tbody", "td", "th", "title", "tr", "u", "ul",
    ]
}
