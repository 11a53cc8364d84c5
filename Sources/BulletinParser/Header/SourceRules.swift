/// Cuts names of publishers and persons out of the values of header fields.
enum SourceRules {
    private static let placeholders = WordTrie(
        words: "未知 不详 无 暂无 null none admin 未填 其他 其它 原创 本站原创 本网原创 空 佚名 匿名 - -- — 管理员 编辑 超级管理员"
    )
    private static let stops = WordTrie(
        words: "记者 编辑: 作者: 责任编辑 责编 浏览 阅读 点击 字体 字号 打印 分享 访问 发布时间 发布日期 【 发表于 查看 评论 收藏 (记者 [字 通讯员 已有 本文被"
    )

    private static let labels = WordTrie(
        words: "收集编辑: 整理编辑: 综合编辑: 文字编辑: 采写: 采编: 通讯: 通讯员: 编辑: 作者: 摄影: 文字: 文字— 图— 图片: 撰稿: 审核: 责编: 记者: 供稿: 校对:"
    )

    /// 12-03, before a time or the end.
    static func isDay(_ text: Scalars, _ start: Int) -> Bool {
        var index = start
        var groups = 0
        while index < text.count, text[index].isDigit {
            let first = index
            while index < text.count, text[index].isDigit { index += 1 }
            guard index - first <= 2 else { return false }
            groups += 1
            guard index < text.count, text[index] == "-", groups < 2 else { break }
            index += 1
        }
        return groups == 2 && (index == text.count || text[index].isBlank)
    }

    /// Another label, whatever it says: 某市新闻网 发布开发区:某园区.
    private static func opensLabel(_ text: Scalars, _ start: Int, _ limit: Int) -> Bool {
        for place in start..<min(start + 9, limit) {
            if LabelScanner.isColon(text[place]) { return place - start >= 2 }
            guard text[place].isHan else { return false }
        }
        return false
    }

    /// The publisher that a value names; nil for a placeholder.
    static func name(_ line: PageLine, _ value: Range<Int>) -> String? {
        let text = line.folded
        var end = value.lowerBound
        var depth = 0
        scan: while end < value.upperBound {
            let scalar = text[end]
            switch scalar {
            case "|", "│", "丨", "︱", "\t", "。", ";", "；": break scan
            case "【", "[": if end > value.lowerBound { break scan }
            case "(": depth += 1
            case ")":
                depth -= 1
                if depth < 0 { break scan }
            case ",", "，": break scan
            default: break
            }
            if scalar.isBlank, end + 1 < value.upperBound, text[end + 1].isBlank { break scan }
            if end > value.lowerBound, scalar.isDigit || scalar == "今",
                let date = DateScanner.date(text, at: end), date.month != nil
            {
                break scan
            }
            // 商丘日报 12-03 10:59
            if end > value.lowerBound, text[end - 1].isBlank, isDay(text, end) { break scan }
            if end > value.lowerBound, labels.match(text, at: end) != nil { break scan }
            if end > value.lowerBound, scalar.isBlank, opensLabel(text, end + 1, value.upperBound) { break scan }
            if end > value.lowerBound, stops.match(text, at: end) != nil,
                text[end - 1].isBlank || scalar == "【" || scalar == "("
            {
                break scan
            }
            end += 1
        }
        var bounds = text.trimmed(value.lowerBound..<end)
        // A name of one or two words; what comes after a blank in a long value is something else.
        if bounds.count > 24, let blank = bounds.first(where: { text[$0].isBlank }), blank - bounds.lowerBound >= 2 {
            bounds = bounds.lowerBound..<blank
        }
        bounds = withoutPerson(text, bounds)
        while let first = bounds.first, "[【<〈:-/".unicodeScalars.contains(text[first]) {
            bounds = text.trimmed(first + 1..<bounds.upperBound)
        }
        while let last = bounds.last, "]】>〉:-/、".unicodeScalars.contains(text[last]) {
            bounds = text.trimmed(bounds.lowerBound..<last)
        }
        if bounds.count > 2, text[bounds.lowerBound] == "(", text[bounds.upperBound - 1] == ")" {
            bounds = text.trimmed(bounds.lowerBound + 1..<bounds.upperBound - 1)
        }
        guard bounds.count >= 2 || bounds.count == 1 && text[bounds.lowerBound].isHan, bounds.count <= 50 else {
            return nil
        }
        if placeholders.exact(Array(text[bounds])) != nil { return nil }
        guard bounds.contains(where: { text[$0].isHan || text[$0].isLowercaseLetter }) else { return nil }
        return line.scalars.text(bounds)
    }

    private static let media = WordTrie(
        words:
            "网 报 社 台 局 委 办 部 厅 院 处 科 队 所 站 中心 公司 发布 宣传 政府 频道 客户端 新闻 在线 微信 公众号 融媒 学校 大学 学院 协会 法院 街道 乡 镇 村 市 县 区 省 日报 网站 原创 转载"
    )

    /// 永丰镇双河村 刘勤远: the name of a person behind that of an organ is none of it.
    private static func withoutPerson(_ text: Scalars, _ bounds: Range<Int>) -> Range<Int> {
        guard let blank = bounds.last(where: { text[$0].isBlank }), (3...4).contains(bounds.upperBound - blank) else {
            return bounds
        }
        let name = Array(text[(blank + 1)..<bounds.upperBound])
        let before = text.trimmed(bounds.lowerBound..<blank)
        guard before.count >= 3, name.allSatisfy(\.isHan), media.suffix(of: name) == nil,
            media.suffix(of: Array(text[before])) != nil
        else { return bounds }
        return before
    }

    /// One author as written.
    static func person(_ line: PageLine, _ value: Range<Int>) -> String? {
        guard let name = name(line, value), name.unicodeScalars.count <= 30 else { return nil }
        return name
    }

    /// The names of a byline: separated by white space, commas or 、; short pieces of Han characters only.
    static func persons(_ line: PageLine, _ value: Range<Int>) -> [String] {
        let text = line.folded
        var names: [String] = []
        var start = value.lowerBound
        func close(_ end: Int) {
            let piece = text.trimmed(start..<end)
            if (2...6).contains(piece.count), piece.allSatisfy({ text[$0].isHan || text[$0] == "·" }),
                placeholders.exact(Array(text[piece])) == nil
            {
                names.append(line.scalars.text(piece))
            }
        }
        var index = value.lowerBound
        while index < value.upperBound {
            switch text[index] {
            case "、", ",", "，", "/", ";", "|", ")", "(", "】", "]": close(index); start = index + 1
            case let scalar where scalar.isBlank: close(index); start = index + 1
            default: break
            }
            index += 1
        }
        close(value.upperBound)
        return names
    }
}
