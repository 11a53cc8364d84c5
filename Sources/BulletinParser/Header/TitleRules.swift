/// What makes a short line a headline.
enum TitleRules {
    private static let telling = WordTrie(
        words: """
            关于 召开 会议 通知 通告 公告 公示 举行 举办 主持 部署 调研 强调 传达 学习 开展 组织 印发 座谈 督查 督导 检查 方案 意见 办法 启动 推进 工作 出席 活动
            贯彻 落实 精神 动员 讲话 会见 考察 视察 走访 慰问 规定 条例 决定 批复 通报 报告 总结 计划 规划 细则 预案 发布 表彰 培训 签约 专题 听取 研究 审议 通过 来我
            赴 到 做好 加强 全力 确保 推动 深入 打造 助力 实施 加快 提升 建设 大会 全会 例会 常委会 常务会 推进会 现场会 工作会 揭牌 开幕 闭幕 成立 接待 防控 疫情 招聘 征集
            """
    )
    private static let kinds = WordTrie(
        words: "通知 通告 公告 通报 意见 办法 方案 规定 决定 批复 规划 细则 预案 公示 决议 命令 令 函 纪要 条例 计划 要点 公报 启事 倡议书 的信 公开信 请示 报告"
    )
    private static let organs = WordTrie(
        words: """
            政府 办公室 委员会 办公厅 局 厅 委 部 院 处 党委 党组 指挥部 领导小组 管委会 大队 支队 总队 公司 中心 学校 大学 学院 协会 总会 联合会 医院 银行 集团 工会 组织部 宣传部
            纪委 监委 法院 检察院 工作组 专班 街道 研究所 科 股 站 所 队 总局 署 国务院 党工委 办 团委 妇联
            """
    )
    private static let letters = WordTrie(words: "函 令 书函 公告 开会通知单 笺 便签 签")
    private static let sites = WordTrie(
        words: "网站 门户网站 网 政务网 信息网 新闻网 首页 频道 栏目 客户端 平台 门户 在线 论坛 中文网 主页 发布厅 融媒 云平台 公众号 正文"
    )

    /// How much a line looks like a headline; from 3 on it may be one.
    static func score(_ text: Scalars) -> Int {
        let length = text.reduce(into: 0) { if !$1.isBlank { $0 += 1 } }
        var score =
            switch length {
            case 8...60: 3
            case 6...7: 1
            case 61...90: 0
            case 4...5: -2
            default: -6
            }
        if telling.occurs(in: text) { score += 3 }
        if holdsTelephone(text) { score -= 4 }
        if LineReader.isHeading(text) { score -= Fiction.isChapter(text) ? 0 : 6 }
        // 臺南市政府秘書處　函: who writes and what.
        if length < 40, let blank = text.lastIndex(where: \.isBlank), letters.exact(Array(text[(blank + 1)...])) != nil
        {
            score += 4
        }
        if text.starts(with: ["—", "—"]) || text.starts(with: ["-", "-"]) { score -= 4 }
        if text.first == "(" && text.last == ")" { score -= 6 }
        if text.first == "·" || text.first == "•" { score -= 3 }
        if isOrgan(text) { score -= 4 }
        if isSite(text) { score -= 5 }
        if text.ends(in: ["文", "件"]), length < 40 { score -= 5 }
        if let last = text.last, LabelScanner.isColon(last) { score -= 4 }
        // A sentence that was broken, and a row of a menu.
        if let last = text.last, last == "," || last == "、" { score -= 12 }
        if isMenu(text) { score -= 10 }
        // 村网通总站 … 欢迎您!
        if text.contains(["欢", "迎", "您"]) || text.contains(["欢", "迎", "访", "问"]) { score -= 10 }
        if text.contains(where: { $0 == "|" || $0 == ">" }) { score -= 3 }
        return score
    }

    /// 走进某县 新闻中心 政务公开 互动交流: five short words and more, with blanks between them.
    private static func isMenu(_ text: Scalars) -> Bool {
        let words = text.split(whereSeparator: \.isBlank)
        return words.count >= 5 && words.allSatisfy { $0.count <= 6 }
    }

    private static let placards = WordTrie(
        words: "通知 通告 公告 告示 公示 启事 声明 通报 决定 命令 紧急通知 重要通知 会议通知 紧急通告 公开信 倡议书 会议纪要 招标公告 中标公告 喜报 讣告"
    )

    /// 告　示, 通 知: the whole headline of a placard, padded as posters are; without the padding it may be a menu's.
    static func isPlacard(_ text: Scalars, _ bare: Scalars) -> Bool {
        text.count > bare.count && bare.count <= 6 && placards.exact(bare) != nil
    }

    /// A line that says 通告 and nothing else.
    static func isPlacardWord(_ bare: Scalars) -> Bool { bare.count <= 6 && placards.exact(bare) != nil }

    /// 副市长一线督查 / 直奔工地查隐患: two lines of one length, as papers set headlines.
    static func isCouplet(_ first: Scalars, _ second: Scalars) -> Bool {
        let lines = [first, second].map(\.withoutBlanks)
        return lines[0].count == lines[1].count && (6...16).contains(lines[0].count) && lines[0] != lines[1]
            && lines.allSatisfy { line in line.allSatisfy { $0.isHan || $0 == "“" || $0 == "”" } && !isSite(line) }
            && !isOrgan(first) && !isOrgan(second)
    }

    /// Seven figures in a row: a telephone or an account, not a year.
    static func holdsTelephone(_ text: Scalars) -> Bool {
        var run = 0
        for scalar in text {
            run = scalar.isDigit ? run + 1 : 0
            if run >= 7 { return true }
        }
        return false
    }

    private static let reporters = WordTrie(words: "记者 通讯员 实习生 摄影 文 图")

    /// 自贡记者 李某某 罗某某: who wrote the text, with nothing but names behind the word.
    static func isByline(_ text: Scalars) -> Bool {
        guard text.count <= 40, let hit = reporters.first(text, in: 0..<min(text.count, 10)),
            hit.range.upperBound < text.count, text[hit.range.upperBound].isBlank
        else { return false }
        let names = text[hit.range.upperBound...].split(whereSeparator: \.isBlank)
        return names.allSatisfy { (2...4).contains($0.count) && $0.allSatisfy(\.isHan) }
    }

    static func isLikelyTitle(_ text: Scalars) -> Bool { text.count >= 8 && score(text) >= 5 }

    /// Whether a line is the name of an organ and nothing else.
    static func isOrgan(_ text: Scalars) -> Bool {
        guard text.count <= 40, text.count >= 2, organs.suffix(of: text) != nil else { return false }
        return !text.contains(["关", "于"]) && !text.contains(["召", "开"]) && !text.contains("《")
            && text.allSatisfy { $0.isHan || $0.isBlank || $0 == "(" || $0 == ")" || $0 == "、" || $0 == "," }
    }

    /// Whether a line names a site or a part of one.
    static func isSite(_ text: Scalars) -> Bool {
        text.count <= 30 && sites.suffix(of: text) != nil
    }

    /// Whether a text ends as titles of documents do: …的通知, also with (试行) or (第2号) behind.
    static func endsInKind(_ text: Scalars) -> Bool {
        var end = text.count
        while end > 0, text[end - 1] == ")" {
            var open = end - 1
            while open > 0, text[open] != "(", end - open < 24 { open -= 1 }
            guard text[open] == "(" else { break }
            end = open
        }
        let head = end == text.count ? text : Array(text[0..<end])
        return kinds.suffix(of: head) != nil
    }

    /// Whether an opening mark of the text is not closed in it.
    static func isOpen(_ text: Scalars) -> Bool {
        var depth = 0
        for scalar in text {
            switch scalar {
            case "《", "“", "(", "「", "【": depth += 1
            case "》", "”", ")", "」", "】": depth -= 1
            default: break
            }
        }
        return depth > 0
    }

    /// What a title that is whole does not end in.
    private static let unfinished = WordTrie(
        words: "关于 做好 开展 进一步 加强 推进 全面 有关 召开 印发 举行 组织 以及 相关 年度 专项 深入 切实 贯彻 落实 认真 加快 推动 促进 举办 转发 下发 发布 调整 成立 公布 表彰 实行 实施"
    )

    /// A sentence of its own: 市政府常务会议|召开.
    private static let whole = WordTrie(words: "会议召开 大会召开 会召开 会议举行 大会举行 活动举办 论坛举办 论坛举行 仪式举行")

    /// Whether two lines are parts of one title that was broken between them.
    static func continues(_ first: Scalars, _ second: Scalars) -> Bool {
        guard let last = first.last, let next = second.first else { return false }
        if isOpen(first) || ["、", ",", "的", "和", "与", "及", "暨", "·", "“", "《", "(", "—"].contains(last) { return true }
        if ["的", "、", ",", "》", "”", ")", "和", "及", "与"].contains(next) { return true }
        if first.count <= 40, unfinished.suffix(of: first) != nil, whole.suffix(of: first) == nil, !isOrgan(second),
            !LineReader.isProse(second)
        {
            return true
        }
        if first.contains(["关", "于"]), !endsInKind(first), endsInKind(second), !second.starts(with: ["关", "于"]) {
            return true
        }
        // An organ alone, then 关于…
        return second.starts(with: ["关", "于"]) && (isOrgan(first) || first.ends(in: ["印", "发"]))
    }
}
