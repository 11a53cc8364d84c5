import BulletinEvents

/// Tells meetings, notices and announcements from everything else.
enum KindClassifier {
    private static let noticeEnds = WordTrie(
        words: """
            通知 通告 公告 意见 方案 办法 规定 决定 通报 批复 规划 细则 预案 函 命令 令 纪要 要点 条例 计划 规则 措施 制度 标准 指引 指南 清单 请示 复函 章程 守则 准则 目录 规程 实施意见 决议 提示 须知 规范 告示 布告 开会通知单 书函
            """
    )
    /// Papers that are also written for use inside a house, or to be copied: a bulletin only where somebody issues them.
    private static let ruleEnds = WordTrie(
        words: "办法 规定 细则 预案 条例 计划 规则 制度 标准 指引 指南 清单 章程 守则 准则 目录 规程 须知 规范 要点 措施"
    )
    private static let announcementEnds = WordTrie(words: "公示 启事 公开信 倡议书 一封信 声明 海报 邀请函 预告 征集 倡议 贺信 慰问信 感谢信 喜报")
    /// Minutes of a meeting that was held.
    private static let minutes = WordTrie(words: "会议纪要 纪要 会议记录 会议纪录 会报 会报纪录 纪录 会记录")
    /// Samples and collections of samples, which are about bulletins and are none.
    private static let samples = WordTrie(words: "范文 模板 范本 范例 样本 大全 精选 通用 合集 锦集 怎么写 写作 优秀 例文 .doc 写法 下载 文库 资料库 篇)")
    /// What a title says of a letter that is handed on.
    private static let honours = WordTrie(words: "荣获 喜获 获评 斩获 摘得 再获 获得多项荣誉 蝉联")
    private static let letters = WordTrie(words: "请查照 函转 转知 来函 请周知 请踊跃 敬请 检送")
    private static let asked = WordTrie(words: "会议要求 会议强调 会议指出 会要求 会强调 会议精神传达 会议部署")
    private static let titleMeetings = WordTrie(
        words: """
            会议 晨会 夕会 座谈会 大会 全会 例会 常委会 常务会 推进会 现场会 工作会 动员会 部署会 调度会 汇报会 研讨会 交流会 表彰会 总结会 联席会 党组会 碰头会 培训会 反馈会 见面会 听证会 专题会
            办公会 扩大会 评议会 述职会 茶话会 恳谈会 通气会 协调会 报告会 宣讲会 学习会 生活会 分析会 点评会 年会 联席会议 会商 民主生活会 组织生活会 调度 理论学习 中心组 部务会 局务会 誓师
            """
    )
    private static let speeches = WordTrie(
        words: "讲话 致辞 发言 主持词 讲话稿 发言稿 主持讲话 演讲 答辩 心得 体会 述职报告 工作报告 讲稿 祝词 寄语 贺词 大事记 要闻 综述 年鉴 简介 工作总结 总结 小说"
    )
    private static let held = WordTrie(words: "召开 举行 主持 出席 参加 列席 组织召开 举办 传达 收听收看 收看 审议 开会")
    private static let visits = WordTrie(
        words: "调研 检查 督查 督导 视察 考察 走访 慰问 看望 暗访 察看 会见 会谈 拜会 巡查 巡河 接访 接待 采访 揭牌 启动 开工 奠基 签约 解读 答记者问 图解 一图 解答 问答 专访 综述 纪实"
    )
    private static let sessions = WordTrie(
        words: """
            会议强调 会议指出 会议要求 会议认为 会议传达 会议听取 会议审议 会议研究 会议通报 会议还 会议由 会议对 会议决定 会议学习 会上 主持会议 出席会议 参加会议 列席会议 与会 主持召开 会议召开
            会议通过 会议部署 会议总结 会议听 参加了会议 出席了会议 列席了会议 会议以 会议宣读 会议传 会议围绕 会议期间 会议在 会议结束 会议明确 会议分析 会议安排 会议集中 会议室召开 会议采取 会议现场
            """
    )

    /// - Parameters:
    ///   - isIssued: whether header or closing name an organ that publishes or signs the text.
    ///   - isNotice: whether the page says so above or below the text.
    ///   - isSigned: whether an organ and a date stand below the text.
    static func kind(
        of document: DocumentText,
        salutation: Bool,
        documentNumber: String?,
        isIssued: Bool,
        isNotice: Bool = false,
        isSigned: Bool = false
    ) -> Bulletin.Kind {
        if isForm(document) || Imitation.isSample(document) { return .other }
        if Imitation.explainsPapers(document) { return .other }
        let isOrdered = isIssued || documentNumber != nil
        let title = document.title?.folded ?? []
        if samples.occurs(in: title) || document.paragraphs.first.map({ startsCollection($0.folded) }) ?? false {
            return .other
        }
        let head = withoutRemark(TitleRules.isPlacardWord(title.withoutBlanks) ? title.withoutBlanks : title)
        if minutes.suffix(of: head) != nil, head.contains("会") || Minutes.areIn(document.paragraphs) { return .meeting }
        if !isOrdered, isOffer(head) { return .other }
        if let kind = byTitle(head) {
            if kind == .notice, !isOrdered,
                opensSpeech(document) || reportsNotice(document) || Imitation.isGuide(document)
            {
                return .other
            }
            if kind == .notice, !isOrdered, ruleEnds.suffix(of: head) != nil, !head.contains(["关", "于"]) {
                return .other
            }
            return kind
        }
        if !isOrdered, !salutation, Imitation.laysDownRules(document) || Imitation.tellsHabits(document) {
            return .other
        }
        if speeches.suffix(of: head) != nil || Fiction.isLikely(document) { return .other }
        if document.paragraphs.isEmpty { return .other }
        let evidence = meetingEvidence(document)
        let isVisit = visits.occurs(in: title)
        // 公司荣获…称号: the honour counts, and not the meeting at which it was given.
        if honours.occurs(in: title), !held.occurs(in: title) { return .other }
        let titleMeeting = namesMeeting(title) && !things.occurs(in: title)
        if titleMeeting, held.occurs(in: title) || asked.occurs(in: title) || evidence > 0 || opensWithMeeting(document)
        {
            return .meeting
        }
        // 某市启动防汛应急响应, above the notice itself.
        if isVisit, !(salutation && closesAsNotice(document)) {
            return evidence >= 3 && titleMeeting ? .meeting : .other
        }
        if isNotice || letters.occurs(in: title) || closesAsNotice(document) { return .notice }
        if documentNumber != nil || salutation && !opensSpeech(document) { return .notice }
        if opensWithMeeting(document) || Minutes.areIn(document.paragraphs) { return .meeting }
        if isSigned, evidence == 0, asks(document) { return .notice }
        if let first = document.paragraphs.first, document.paragraphs.count < 3, laysDown(first.folded) {
            return .other
        }
        return evidence >= 2 ? .meeting : .other
    }

    /// A meeting in a title, and not the standing committee of a congress (市人大常委会来我县调研).
    private static func namesMeeting(_ title: Scalars) -> Bool {
        title.indices.contains { index in
            titleMeetings.starts(in: title, at: index)
                && !(index > 0 && title[index - 1] == "大" && index + 1 < title.count && title[index + 1] == "委"
                    && !title[index...].dropFirst(3).prefix(2).contains("议"))
        }
    }

    private static let requests = WordTrie(words: "请 敬请 务必 不得 严禁 必须 应当")

    /// A short text that asks something of its readers: 请广大市民做好防范准备。
    private static func asks(_ document: DocumentText) -> Bool {
        document.paragraphs.reduce(0) { $0 + $1.folded.count } <= 1_200
            && document.paragraphs.prefix(6).contains { line in
                line.folded.indices.contains { index in
                    (index == 0 || !line.folded[index - 1].isHan) && requests.match(line.folded, at: index) != nil
                }
            }
    }

    private static let formWords = WordTrie(
        words: "用户名 密码 验证码 忘记密码 登录 注册账号 立即注册 请输入 滑块 拼图 安全验证 请求可能存在威胁 请求已被拦截 浏览器版本 启用cookie 启用javascript"
    )

    /// A page to log in, to prove that one is human, or to be told that one may not: short, and full of such words.
    private static func isForm(_ document: DocumentText) -> Bool {
        var length = 0
        var words = Set<Int>()
        for line in [document.title].compactMap({ $0 }) + document.paragraphs.prefix(8) {
            length += line.folded.count
            guard length < 240 else { return false }
            formWords.collect(in: line.folded, 0..<line.folded.count, into: &words)
        }
        return words.count >= 2
    }

    /// 第一篇:… — one of many samples on a page.
    private static func startsCollection(_ text: Scalars) -> Bool {
        guard text.count > 4, text[0] == "第" || text[0] == "篇", text.count < 80 else { return false }
        return text.prefix(6).contains("篇") && text.prefix(8).contains { LabelScanner.isColon($0) }
    }

    private static let audiences = WordTrie(
        words: "同志们 各位领导 各位来宾 各位代表 各位委员 女士们 先生们 老师们 同学们 各位嘉宾 各位专家 主席团 各位同仁 同事们 朋友们: 尊敬的各位 委员长、 各位副 主任、各位 各位组成人员"
    )

    /// A speech is addressed too, but to those who listen.
    private static func opensSpeech(_ document: DocumentText) -> Bool {
        guard let first = document.paragraphs.first?.folded else { return false }
        return audiences.first(first, in: 0..<min(first.count, 30)) != nil
    }

    /// A title without remarks in parentheses, dots and marks at its end.
    private static func withoutRemark(_ title: Scalars) -> Scalars {
        var end = title.count
        while end > 0 {
            if title[end - 1] == ")" {
                var open = end - 1
                while open > 0, title[open] != "(", end - open < 30 { open -= 1 }
                guard title[open] == "(" else { break }
                end = open
            } else if title[end - 1] == "号", let number = DocumentNumber.first(title, in: max(0, end - 14)..<end),
                number.upperBound == end
            {
                // 局长办公会会议纪要【2020】第6号
                end = number.lowerBound
            } else if title[end - 1].isBlank || "….。!?".unicodeScalars.contains(title[end - 1]) {
                end -= 1
            } else {
                break
            }
        }
        return Array(title[0..<end])
    }

    /// What the end of a title says: …的通知, …公示. A news report about a notice ends in other words or in 》.
    private static func byTitle(_ head: Scalars) -> Bulletin.Kind? {
        guard head.count >= 2 else { return nil }
        // 通知公告: the name of a column.
        if Junk.lines.exact(head.withoutBlanks) != nil, !TitleRules.isPlacardWord(head.withoutBlanks) { return nil }
        if announcementEnds.suffix(of: head) != nil { return .announcement }
        // 《…办法》解读 is none; 关于印发《…》的通知 is one; 印发《…》 reports of one.
        if let hit = noticeEnds.suffix(of: head) {
            let word = Array(head[hit.start...])
            // 召开…的决定? A report says who did what: 审议通过…方案, 发布…通告, 征求意见.
            if word == ["意", "见"], head.ends(in: Scalars(text: "征求意见")) || head.ends(in: Scalars(text: "听取意见")) {
                return nil
            }
            if reports(head, before: hit.start) { return nil }
            return .notice
        }
        return nil
    }

    private static let offered = WordTrie(words: "技术方案 产品方案 解决方案 设计方案 营销方案 报价方案 策划方案")

    /// 产品技术方案, 解决方案: what somebody sells.
    private static func isOffer(_ head: Scalars) -> Bool {
        offered.suffix(of: head) != nil && !head.contains(["关", "于"])
    }

    private static let issued = WordTrie(words: "发布了关于 公布了关于 下发了关于 印发了关于 发布了《 印发了《")

    /// 国务院办公厅…发布了关于2014中秋节放假通知: a page about a notice, under its title.
    private static func reportsNotice(_ document: DocumentText) -> Bool {
        document.paragraphs.first.map { issued.first($0.folded, in: 0..<min($0.folded.count, 200)) != nil } ?? false
    }

    private static let reporting = WordTrie(words: "召开 出台 发布 发出 下发 审议 通过 研究 传达 学习 主持 部署 听取 贯彻 落实 讨论 宣传 解读 推行 启动 举行")

    /// Whether a title ending in 方案 or 意见 reports of it (我市出台…方案) instead of being its title.
    private static func reports(_ title: Scalars, before end: Int) -> Bool {
        guard !title.contains(["关", "于"]) || title.contains(["召", "开"]) && !title.contains(["的", "通"]) else {
            return false
        }
        guard let hit = reporting.first(title, in: 0..<end) else { return false }
        // 贯彻落实…实施方案 begins with the verb and is a plan.
        return hit.range.lowerBound > 0 || title.starts(with: ["传", "达"])
    }

    /// How many phrases of the first paragraphs speak of a meeting that was held.
    private static func meetingEvidence(_ document: DocumentText) -> Int {
        let sessions = Self.sessions
        var count = 0
        for line in document.paragraphs.prefix(40) where count < 6 {
            count += sessions.count(in: line.folded, 0..<min(line.folded.count, 3_000), atMost: 6 - count)
        }
        return count
    }

    /// 4月18日下午,市长X主持召开市政府常务会议。 — the first sentence holds a meeting, and not one that is over
    /// (动员会后) or cited (座谈会精神).
    private static func opensWithMeeting(_ document: DocumentText) -> Bool {
        guard let first = document.paragraphs.first?.folded else { return false }
        let end = min(sentenceEnd(first), 160)
        guard held.first(first, in: 0..<end) != nil else { return false }
        // …规定,如果…认为必要,可以临时召集: what is laid down of meetings.
        if laysDown(first) { return false }
        var index = 0
        while index < min(end, 140) {
            if let hit = titleMeetings.match(first, at: index), hit.end <= end {
                if hit.end == end || past.match(first, at: hit.end) == nil { return true }
                index = hit.end
            } else {
                index += 1
            }
        }
        return closesWithMeeting(first, to: min(end, 140))
    }

    private static let rules = WordTrie(words: "如果 可以 应当 每届 每次 方可")

    private static let things = WordTrie(words: "会议预约 会议管理 会议系统 会议平板 会议软件 会务系统")
    /// What ends in 会 and is no meeting.
    private static let gatherings = WordTrie(
        words: "发布会 记者会 晚会 运动会 博览会 展览会 交易会 招聘会 音乐会 展销会 联欢会 宴会 社会 机会 委员会 协会 学会 工会 联合会 演唱会 推介会 游园会 庙会"
    )
    private static let holding = WordTrie(words: "召开 举行")

    /// 召开了…创建工作对接会。 — whatever the meeting is called.
    private static func closesWithMeeting(_ text: Scalars, to end: Int) -> Bool {
        guard let hit = holding.first(text, in: 0..<end) else { return false }
        let stop = text[hit.range.upperBound...].prefix(40).firstIndex { ",。;，；".unicodeScalars.contains($0) }
        return stop.map {
            text[$0 - 1] == "会" && $0 - hit.range.upperBound > 3
                && gatherings.suffix(of: Array(text[hit.range.upperBound..<$0])) == nil
        } ?? false
    }

    private static func laysDown(_ text: Scalars) -> Bool {
        rules.first(text, in: 0..<min(text.count, 160)) != nil
            && !text.prefix(40).contains { $0.isDigit } && !asked.occurs(in: text)
            && DateScanner.first(text, in: 0..<min(text.count, 200)) == nil
    }

    /// The first full stop outside quotation marks.
    private static func sentenceEnd(_ text: Scalars) -> Int {
        var depth = 0
        for (index, scalar) in text.prefix(400).enumerated() {
            switch scalar {
            case "“", "「": depth += 1
            case "”", "」": depth = max(0, depth - 1)
            case "。" where depth == 0: return index
            default: break
            }
        }
        return text.count
    }

    private static let past = WordTrie(words: "室 预约 系统 平板 管理 记录 后 精神 以来 期间 上的 的精神 要求 部署的 的要求 的部署 决定 关于")

    private static let closings = WordTrie(words: "特此通知 特此通告 特此公告 特此通报 特此函告 特此告知 特此函达 特此函复 此复 请遵照执行 请认真贯彻执行 请照此办理")
    private static let openings = WordTrie(
        words: """
            如下禁火令 如下封山令 如下通告 如下公告 如下通知 发布封山令 发布禁火令 发布禁火通告 如下决定 事项如下 有关事宜如下 要求如下
            通知如下 通告如下 公告如下 通报如下 批复如下 决定如下 告知如下 函复如下 通知如下: 规定如下 提示如下 通告: 公告:
            """
    )

    /// 特此通告 at the end, or 现将有关事项通知如下 near the begin: a text that is a notice, whatever stands above it.
    private static func closesAsNotice(_ document: DocumentText) -> Bool {
        document.paragraphs.suffix(6).contains { closings.first($0.folded, in: 0..<min($0.folded.count, 60)) != nil }
            || document.paragraphs.prefix(8).contains { line in
                let end = line.folded.count
                return openings.first(line.folded, in: max(0, end - 12)..<end) != nil
            }
            || document.paragraphs.prefix(2).contains { line in
                // A whole notice in one paragraph: …通知如下:一、…
                guard let hit = openings.first(line.folded, in: 0..<min(line.folded.count, 400)) else { return false }
                let end = hit.range.upperBound
                return end < line.folded.count && LabelScanner.isColon(line.folded[end])
                    || LabelScanner.isColon(line.folded[end - 1])
            }
    }
}
