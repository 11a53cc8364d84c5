/// The begin of a news text: 四川新闻网泸州4月26日讯（记者 X）, 苍南新闻网10月10日消息, 新华社北京10月10日电.
struct Dateline: Sendable {
    /// The medium that it names; nil for 本报讯 and 本网讯.
    var source: String?
    /// The names in the parentheses behind it.
    var byline: [String]
    /// Its date.
    var date: FoundDate?
    /// Where the text begins behind 讯, 电 or 消息 and the names in parentheses.
    var end: Int?

    private static let media = WordTrie(
        words:
            "网 信息港 热线 微报 广电 政务 融媒体 云媒 社 日报 晚报 早报 晨报 时报 周报 商报 都市报 青年报 法制报 法治报 导报 快报 电视台 广播电台 电台 融媒体中心 融媒 在线 客户端 报 新闻 传媒"
    )
    private static let own = WordTrie(words: "本报 本网 本台 本站 本刊 本社 我报 我网 本市 我市 我县 我区 记者 通讯员 据")

    /// The dateline of a text's first paragraph, if it has one.
    static func read(_ line: PageLine) -> Dateline? {
        let text = line.folded
        let bound = min(text.count, 40)
        var index = 0
        var date: FoundDate?
        var mark: Int?
        var markEnd = 0
        while index < bound {
            let scalar = text[index]
            if scalar == "," || scalar == "。" || scalar == "《" || scalar == "“" { break }
            if scalar == "(" || scalar == ":" || scalar == "】" { break }
            if DateScanner.mayStart(scalar), let found = DateScanner.date(text, at: index), found.month != nil {
                date = found
                index = found.range.upperBound
                continue
            }
            if scalar == "讯" || scalar == "电", index >= 2 || date != nil, endsDateline(text, index + 1, date) {
                mark = index
                markEnd = index + 1
                break
            }
            if index >= 2, text.matches(["消", "息"], at: index) || text.matches(["报", "道"], at: index),
                endsDateline(text, index + 2, date)
            {
                mark = index
                markEnd = index + 2
                break
            }
            index += 1
        }
        // 某法制传媒网:7月11日,…
        if mark == nil, index < bound, index >= 3, text[index] == ":", date == nil, index + 1 < text.count,
            text[index - 1] == "网" || text[index - 1] == "报", text[0..<index].allSatisfy(\.isHan),
            let found = DateScanner.mayStart(text[index + 1]) ? DateScanner.date(text, at: index + 1) : nil,
            found.month != nil
        {
            mark = index
            markEnd = index + 1
        }
        guard let mark else { return nil }
        let nameEnd = date?.range.lowerBound ?? mark
        var dateline = Dateline(source: nil, byline: [], date: date)
        dateline.source = medium(line, 0..<nameEnd)
        // 云上通山报道：（记者 X） names a medium by a name that says nothing of media.
        if dateline.source == nil, date == nil, mark >= 3, mark <= 10, markEnd - mark == 2, markEnd < text.count,
            text[markEnd] == ":" || text[markEnd] == "(", own.first(text, in: 0..<mark) == nil,
            text[0..<mark].allSatisfy(\.isHan)
        {
            dateline.source = line.scalars.text(0..<mark)
        }
        let names = parenthesis(text, from: markEnd)
        if let names { dateline.byline = Byline.names(line, names) }
        dateline.end = names.map { $0.upperBound + 1 } ?? markEnd
        return dateline
    }

    private static func endsDateline(_ text: Scalars, _ index: Int, _ date: FoundDate?) -> Bool {
        guard index < text.count else { return false }
        let next = text[index]
        if next.isBlank || next == "(" || next == ":" || next == "," || next.isDigit || next == "】" || next == "/" {
            return true
        }
        if text[index - 1] == "讯", index >= 2, text[index - 2] == "资" || next == "网" { return false }  // 资讯网
        // 本报讯 and the text without a blank between; 讯 is seldom the end of anything else, 电 often the begin.
        switch text[index - 1] {
        case "讯": return next != "息" && next != "问" && next != "号" && next != "员"
        case "电":
            return date.map { $0.range.upperBound == index - 1 && !"视话力网信子商台".unicodeScalars.contains(next) } ?? false
        default: return date != nil
        }
    }

    /// The name of the medium at the begin of `range`: up to the last word that names media.
    private static func medium(_ line: PageLine, _ range: Range<Int>) -> String? {
        let text = line.folded
        var lower = range.lowerBound
        while lower < range.upperBound, !text[lower].isHan, !text[lower].isLowercaseLetter { lower += 1 }
        guard lower < range.upperBound, own.match(text, at: lower) == nil else { return nil }
        var index = lower + 1
        var end: Int?
        while index < range.upperBound {
            if let hit = media.match(text, at: index), hit.end <= range.upperBound {
                // 四川新闻网 ends behind 网, not behind 新闻; 报 inside 报道 ends nothing.
                end = hit.end
                index = hit.end
                if index < range.upperBound, media.match(text, at: index) == nil { break }
            } else if text[index].isBlank || text[index] == "·" {
                break
            } else {
                index += 1
            }
        }
        guard let end, end - lower >= 2, end - lower <= 20 else { return nil }
        return line.scalars.text(lower..<end)
    }

    /// （记者 张三 李四 通讯员 王五）
    private static func parenthesis(_ text: Scalars, from index: Int) -> Range<Int>? {
        var open = index
        while open < text.count, open < index + 3, text[open] != "(" { open += 1 }
        guard open < text.count, text[open] == "(", let close = text[open...].prefix(60).firstIndex(of: ")") else {
            return nil
        }
        return open + 1..<close
    }
}

/// Names of reporters and photographers.
enum Byline {
    private static let roles = WordTrie(
        words: "全媒体记者 融媒体记者 本报记者 实习记者 见习记者 首席记者 记者 通讯员 摄影 摄影报道 文/图 图/文 实习生 特约记者 编辑 见习 作者 文 图 摄 通讯员: 记者:"
    )

    /// The names in a range like `记者 张三 通讯员 李四`.
    static func names(_ line: PageLine, _ range: Range<Int>) -> [String] {
        let text = line.folded
        var cleaned = line.part(range)
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            if let hit = roles.match(text, at: index), hit.end <= range.upperBound {
                pieces.append(start..<index)
                start = hit.end
                index = hit.end
            } else {
                index += 1
            }
        }
        pieces.append(start..<range.upperBound)
        cleaned.afterGap = false
        var names: [String] = []
        for piece in pieces where !piece.isEmpty {
            for name in SourceRules.persons(line, piece) where !names.contains(name) { names.append(name) }
        }
        return names
    }
}
