/// Takes from a headline what is no part of it: numbers, site names, marks of a breadcrumb, line breaks.
enum TitleCleaner {
    private static let placeholders = WordTrie(
        words:
            "标题 无标题 无标题文档 文章标题 新闻标题 信息标题 首页 正文 详细信息 信息详情 untitled null title 内容页 详情 详情页 文章内容 新闻详情 文章详情 信息公开 政府信息公开 政务公开 新文档 untitleddocument 标题1 此处输入标题 请输入标题"
    )
    private static let siteEnds = WordTrie(
        words: "网 网站 门户 频道 平台 日报 晚报 新闻 政府 在线 客户端 局 委 厅 办公室 委员会 首页 中心 栏目 集团 大学 学院 协会 信息公开 动态 公告 要闻 公开 时政 专栏 资讯"
    )

    /// The headline itself. `cutSite` also cuts a site's name behind `_` or `-`, as window titles have it.
    static func clean(_ title: Scalars, cutSite: Bool = false) -> Scalars {
        var text = collapse(title)
        var folded = text.folded
        if let cut = afterBreadcrumb(folded) {
            text = Array(text[cut...])
            folded = Array(folded[cut...])
        }
        if let cut = afterBrand(folded) {
            text = Array(text[cut...])
            folded = Array(folded[cut...])
        }
        if cutSite || folded.contains("_"), let end = siteStart(folded, anySeparator: cutSite) {
            text = Array(text[0..<end])
            folded = Array(folded[0..<end])
        }
        if let number = separateNumber(folded) {
            text.removeSubrange(number)
            folded.removeSubrange(number)
        }
        let bounds = trim(folded)
        return Array(text[bounds])
    }

    /// A document number that stands before or behind the headline in the same line.
    static func number(_ title: Scalars) -> String? {
        let text = collapse(title)
        let folded = text.folded
        guard let range = separateNumber(folded) ?? namedNumber(folded) else { return nil }
        var bounds = folded.trimmed(range)
        while let first = bounds.first, folded[first] == "(" || folded[first] == "[" {
            bounds = first + 1..<bounds.upperBound
        }
        while let last = bounds.last, folded[last] == ")" { bounds = bounds.lowerBound..<last }
        return text.text(bounds)
    }

    static func isPlaceholder(_ title: Scalars) -> Bool {
        placeholders.exact(title.folded.withoutBlanks) != nil || title.folded.contains(["{", "{"])
            || title.folded.contains(["$", "{"])
            || title.folded.contains(["<", "%"])
    }

    /// White space of any kind as single spaces, none at the ends.
    private static func collapse(_ text: Scalars) -> Scalars {
        var result = Scalars()
        result.reserveCapacity(text.count)
        for scalar in text {
            if scalar.isBlank {
                if let last = result.last, last != " " { result.append(" ") }
            } else {
                result.append(scalar)
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }

    private static func afterBreadcrumb(_ text: Scalars) -> Int? {
        guard Junk.home.match(text, at: 0) != nil,
            let last = text.lastIndex(where: { $0 == ">" || $0 == "»" || $0 == "›" }),
            text.count - last > 5
        else { return nil }
        return text.skipBlanks(from: last + 1)
    }

    /// 【某公司_官方网站:】: whose page it is, before the headline.
    private static func afterBrand(_ text: Scalars) -> Int? {
        guard text.first == "【", let close = text.firstIndex(of: "】"), close <= 30, text.count - close > 6 else {
            return nil
        }
        let brand = Array(text[1..<close])
        guard brand.contains(["网", "站"]) || brand.contains("_") || brand.last.map(LabelScanner.isColon) ?? false else {
            return nil
        }
        return text.skipBlanks(from: close + 1)
    }

    /// Where `_XX网` or ` - XX网` begins.
    private static func siteStart(_ text: Scalars, anySeparator: Bool) -> Int? {
        guard
            let first = text.indices.dropFirst(4).first(where: { index in
                let scalar = text[index]
                if scalar == "_" { return true }
                guard anySeparator else { return false }
                if scalar == "|" || scalar == "丨" { return true }
                guard scalar == "-" || scalar == "–" || scalar == "—" else { return false }
                let rest = Array(text[(index + 1)...]).withoutBlanks
                return siteEnds.suffix(of: rest) != nil && rest.count <= 40 && !rest.contains("—")
            })
        else { return nil }
        return first
    }

    /// The number at the very begin or end of a title; a number inside belongs to what is cited there.
    private static func separateNumber(_ text: Scalars) -> Range<Int>? {
        guard text.count >= 12, let found = DocumentNumber.first(text, in: 0..<text.count) else { return nil }
        // 《…》（国办发〔2018〕1号） cites; a number in the middle too.
        var lower = found.lowerBound
        var upper = found.upperBound
        if lower > 0, upper < text.count, text[lower - 1] == "(", text[upper] == ")" {
            lower -= 1
            upper += 1
        }
        if lower == 0 {
            let hasBracket = text[found].contains { DocumentNumber.isOpening($0) }
            guard hasBracket || text[found].contains("年") else { return nil }
            return text.count - upper >= 6 ? lower..<upper : nil
        }
        guard upper == text.count, lower >= 8, text[found].contains(where: { DocumentNumber.isOpening($0) }),
            !DocumentNumber.isOpening(text[found.lowerBound])
        else { return nil }
        return lower..<upper
    }

    /// The number that belongs to the title and stays in it: …的通告（2026年第6号）, …会议纪要【2020】第6号.
    private static func namedNumber(_ text: Scalars) -> Range<Int>? {
        guard let found = DocumentNumber.first(text, in: max(0, text.count - 24)..<text.count) else { return nil }
        if found.upperBound == text.count { return DocumentNumber.isOpening(text[found.lowerBound]) ? found : nil }
        guard found.upperBound == text.count - 1, text[text.count - 1] == ")",
            let open = text[..<found.lowerBound].lastIndex(of: "("),
            TitleRules.endsInKind(Array(text[..<open])),
            text[(open + 1)..<found.lowerBound].allSatisfy({ $0.isHan || $0.isBlank })
        else { return nil }
        // （国办发〔2018〕1号） behind a title is its number and no part of it.
        return text[found].contains(where: DocumentNumber.isOpening) ? nil : found
    }

    private static func trim(_ text: Scalars) -> Range<Int> {
        var lower = 0
        var upper = text.count
        // A question mark at the begin stands for a character that got lost.
        while lower < upper, text[lower].isBlank || "·•>|_▪■◆●-?".unicodeScalars.contains(text[lower]) { lower += 1 }
        while upper > lower, text[upper - 1].isBlank || "|_>".unicodeScalars.contains(text[upper - 1]) { upper -= 1 }
        return lower..<upper
    }
}
