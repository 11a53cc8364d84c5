/// What an element means for the text in it.
enum HTMLElement: Equatable {
    case inline, link, block, cell, lineBreak, preformatted, title, meta, skipped
    case heading(Int)

    static func named(_ name: String) -> HTMLElement {
        // The parser gives the names of known elements in lower case.
        elements[name] ?? .inline
    }

    private static let elements: [String: HTMLElement] = {
        var elements: [String: HTMLElement] = [
            "a": .link, "br": .lineBreak, "td": .cell, "th": .cell, "pre": .preformatted, "title": .title,
            "meta": .meta,
        ]
        let skipped = [
            "script", "style", "noscript", "iframe", "frame", "object", "embed", "applet", "svg", "math", "template",
            "select", "option", "button", "input", "textarea", "canvas", "audio", "video", "map", "nav", "aside",
            "footer",
            "rp", "rt", "link", "base",
        ]
        let blocks = [
            "html", "body", "head", "div", "p", "article", "section", "main", "header", "center", "form", "fieldset",
            "table", "thead", "tbody", "tfoot", "tr", "caption", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
            "address", "hr", "figure", "figcaption", "details", "summary", "legend", "dir", "menu",
        ]
        for name in skipped { elements[name] = .skipped }
        for name in blocks { elements[name] = .block }
        for level in 1...6 { elements["h\(level)"] = .heading(level) }
        return elements
    }()

    /// What the class and id of an element tell about the text in it. They only weigh: the text decides.
    static func hint(_ classes: String?, _ id: String?) -> HTMLOutline.Hint {
        guard classes != nil || id != nil else { return .none }
        let name = ((classes ?? "") + " " + (id ?? "")).lowercased()
        if article.contains(where: name.contains) { return .article }
        if surroundings.contains(where: name.contains) { return .surroundings }
        return .none
    }

    private static let article = [
        "trs_editor", "zoom", "ucap", "article", "news_con", "newscon", "content", "maintext", "contxt", "con_text",
        "detail",
        "vsb_",
    ]

    private static let surroundings = [
        "foot", "nav", "menu", "side", "related", "recommend", "breadcrumb", "crumb", "share", "copyright", "banner",
        "toolbar",
        "friendlink", "hot", "position", "search", "login", "comment", "prevnext", "pagination",
    ]
}
