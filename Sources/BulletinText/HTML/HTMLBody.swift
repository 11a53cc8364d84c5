/// Finds the body of a page by the density of its text.
enum HTMLBody {
    /// The lines of the body, and of the page's own header beside it.
    static func lines(of outline: HTMLOutline) -> [String] {
        let core = core(of: outline)
        let body = widen(core, outline)
        var first: Int?
        var lines: [String] = []
        for (index, line) in outline.lines.enumerated() where isInside(line.block, body, outline) {
            if first == nil { first = index }
            if !isInside(line.block, core, outline), isSurroundings(line, within: body, outline) { continue }
            lines.append(line.text)
        }
        return header(before: first ?? 0, outline) + lines
    }

    /// How much a line reads like an article: its length, if it has the punctuation of sentences.
    static func value(of line: HTMLOutline.Line) -> Double {
        if line.linked * 10 > line.length * 3 || isFooter(line.text) { return 0 }
        let isSentence =
            line.length >= 25 || line.text.unicodeScalars.contains { "，。；：、！？".unicodeScalars.contains($0) }
        return Double(line.length - line.linked) * (isSentence ? 1 : 0.2)
    }

    /// The innermost block that holds most of what reads like an article.
    private static func core(of outline: HTMLOutline) -> Int {
        var children: [[Int]] = Array(repeating: [], count: outline.blocks.count)
        for (index, block) in outline.blocks.enumerated() where block.parent >= 0 {
            children[block.parent].append(index)
        }
        var core = 0
        while let best = children[core].max(by: { outline.blocks[$0].value < outline.blocks[$1].value }),
            outline.blocks[best].value >= outline.blocks[core].value / hintFactor(outline.blocks[core]) * 0.7,
            outline.blocks[best].value > 0
        {
            core = best
        }
        return core
    }

    /// What a block's own hint multiplied its value by.
    private static func hintFactor(_ block: HTMLOutline.Block) -> Double {
        switch block.hint {
        case .none: 1
        case .article: 1.5
        case .surroundings: 0.2
        }
    }

    /// The block around the core that also holds its header, but not the rest of the page.
    private static func widen(_ core: Int, _ outline: HTMLOutline) -> Int {
        let first = outline.lines.firstIndex { isInside($0.block, core, outline) } ?? 0
        let header = outline.lines[max(0, first - 20)..<first].filter { isHeader($0) }
        var body = core
        var block = core
        for _ in 0..<6 {
            block = outline.blocks[block].parent
            guard block > 0 else { break }
            let inner = outline.blocks[core]
            let outer = outline.blocks[block]
            let text = outer.text - outer.linked - (inner.text - inner.linked)
            let linked = outer.linked - inner.linked
            guard text <= max(300, inner.text / 2), linked <= 60 + text else { break }
            // Worth its while only where it brings more of the header.
            if header.contains(where: { isInside($0.block, block, outline) && !isInside($0.block, body, outline) }) {
                body = block
            }
        }
        return body
    }

    /// Header lines that stand before the body, in a block of their own: the headline, and what names date or source.
    private static func header(before first: Int, _ outline: HTMLOutline) -> [String] {
        outline.lines[max(0, first - 20)..<first].filter(isHeader).map(\.text)
    }

    private static func isHeader(_ line: HTMLOutline.Line) -> Bool {
        line.linked * 2 <= line.length && line.length <= 200
            && (line.isHeading || labels.contains { line.text.contains($0) })
    }

    private static let labels = [
        "来源", "來源", "发布时间", "發布時間", "发布日期", "發布日期", "发文机关", "發文機關", "发文字号", "發文字號", "成文日期", "索引号",
        "索引號", "索 引 号", "发布机构", "發布機構", "信息名称", "信息名稱", "稿源", "文号", "文號",
    ]

    private static func isFooter(_ text: String) -> Bool {
        ["版权所有", "版權所有", "备案", "備案", "网站标识码", "網站標識碼", "技术支持", "技術支持", "网站地图", "主办单位", "主辦單位", "ICP"]
            .contains { text.contains($0) }
    }

    /// Whether a line beside the core is none of the page's header: links, the site's footer, or what says of itself that
    /// it surrounds the text.
    private static func isSurroundings(_ line: HTMLOutline.Line, within body: Int, _ outline: HTMLOutline) -> Bool {
        if line.linked * 2 > line.length || isFooter(line.text) { return true }
        var block = line.block
        while block > body {
            if outline.blocks[block].hint == .surroundings { return true }
            block = outline.blocks[block].parent
        }
        return false
    }

    private static func isInside(_ block: Int, _ ancestor: Int, _ outline: HTMLOutline) -> Bool {
        var block = block
        // Parents stand before their children.
        while block > ancestor { block = outline.blocks[block].parent }
        return block == ancestor
    }
}
