import BulletinEvents

/// Knows pages that speak of meetings and papers and are none: samples and templates, rules of procedure, treatises.
enum Imitation {
    /// Whether a page offers samples: 以下是小编为大家整理的…范文,仅供参考.
    static func isSample(_ document: DocumentText) -> Bool {
        if let title = document.title?.folded, placeholders(in: title, 0..<title.count, atMost: 1) > 0 { return true }
        var blanks = 0
        for line in document.paragraphs.prefix(12) {
            let text = line.folded
            let bound = min(text.count, 400)
            if offers(text, in: 0..<bound) { return true }
            blanks += placeholders(in: text, 0..<bound, atMost: 2)
            if asksToFill(text, in: 0..<bound) { return true }
            if blanks >= 2 { return true }
        }
        return false
    }

    private static let offers = WordTrie(
        words: """
            小编 网友 范文 整理 收集 搜集 精心 供您参考 供大家参考 仅供参考 可供参考 欢迎阅读 欢迎借鉴 借鉴与参考 提供参考 有所帮助 有帮助 模板 范本 文库 会员分享 在线阅读 会员上传 分享给大家 大家分享 咨询客服 创作提供
            """
    )

    /// Whether a text says so, in two of these phrases at least.
    private static func offers(_ text: Scalars, in range: Range<Int>) -> Bool {
        var found = Set<Int>()
        offers.collect(in: text, range, into: &found)
        return found.count >= 2 && range.upperBound < 400 || found.count >= 3
    }

    private static let asked = WordTrie(words: "单位 姓名 日期 部门 名称 地点 时间 个人 称呼 公司名")

    /// 尊敬的[收文单位或个人]: brackets that say what to write in them.
    private static func asksToFill(_ text: Scalars, in range: Range<Int>) -> Bool {
        guard let open = text[range].firstIndex(of: "["),
            let close = text[open..<min(open + 14, text.count)].firstIndex(of: "]"), close - open > 2
        else { return false }
        return text[(open + 1)..<close].allSatisfy(\.isHan) && asked.first(text, in: open + 1..<close) != nil
    }

    private static let filled = WordTrie(words: "月 日 县 市 区 镇 乡 村 省 年 公司 局 学校 单位 街道 社区 部门 办 厅 集团 同志")

    /// How often xx or ×× stands where a name or a year belongs: xx县, 20xx年. Persons are also named so where their names
    /// are kept back (张××), which tells nothing.
    private static func placeholders(in text: Scalars, _ range: Range<Int>, atMost most: Int) -> Int {
        var count = 0
        var index = range.lowerBound
        while index + 2 < range.upperBound, count < most {
            guard isBlank(text[index]), isBlank(text[index + 1]) else {
                index += 1
                continue
            }
            var end = index
            while end < range.upperBound, isBlank(text[end]) { end += 1 }
            if end < range.upperBound, end - index <= 4, filled.match(text, at: text.skipBlanks(from: end)) != nil {
                count += 1
            }
            index = end
        }
        return count
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == "x" || scalar == "×" || scalar == "*" }

    // MARK: - Rules of procedure

    private static let statutes = WordTrie(words: "第一章 第一条 第1条 第1章 一、总则 1总则 总则")
    private static let purposes = WordTrie(
        words:
            "制定本制度 制订本制度 制定本规则 制订本规则 制定本守则 制定本规程 制定本规范 制定本准则 制定本章程 制定本办法 制订本办法 制定本规定 制订本规定 制定本细则 制定本条例 制定本法 制定本预案 制订本预案 制定本方案"
    )

    /// Whether a text lays down rules: opens with 第一条 or says 特制定本制度.
    static func laysDownRules(_ document: DocumentText) -> Bool {
        for line in document.paragraphs.prefix(6) {
            let text = line.folded
            if statutes.match(text, at: 0) != nil { return true }
            if purposes.first(text, in: 0..<min(text.count, 600)) != nil { return true }
        }
        return false
    }

    private static let habits = WordTrie(
        words: """
            一般每 每周 每月 每季度 每半年 每年 每两 每半个月 必要时 随时召开 适时召开 定期召开 不定期召开 原则上 方可召开 方得举行 方可举行 过半数 三分之二以上 会议一般 或委托 或授权 委托副 或受 须向主持人 不得缺席 无故缺席
            不得无故 因故不能 因故缺席 会议组成人员 组成人员 列席会议人员 会议记录由 会议纪要由 与会者 参会者 议事规则 负责会务 会前 应邀列席 确定列席 会议召集人 会议主持人
            """
    )

    /// Whether a text tells how meetings are held and not how one was: what is done as a rule, and no day.
    static func tellsHabits(_ document: DocumentText) -> Bool {
        var count = 0
        for line in document.paragraphs.prefix(10) {
            let text = line.folded
            count += habits.count(in: text, 0..<min(text.count, 600))
        }
        guard count >= 2 else { return false }
        return !document.paragraphs.prefix(3).contains { line in
            DateScanner.first(line.folded, in: 0..<min(line.folded.count, 160)) != nil
        }
    }

    // MARK: - Guides

    private static let guides = WordTrie(words: "原因分析 指南 详解 概述 本文将 本文旨在 结语 背景与 示例代码 摘要 未来展望 常见问题")

    /// Whether short lines head an essay about a notice: 停水原因分析, 应对措施与储水指南, 结语.
    static func isGuide(_ document: DocumentText) -> Bool {
        var found = Set<Int>()
        for line in document.paragraphs.prefix(16) where line.folded.count <= 40 {
            guides.collect(in: line.folded, 0..<line.folded.count, into: &found)
        }
        return found.count >= 2
    }

    // MARK: - Treatises

    private static let definitions = WordTrie(words: "是一种 是记录 是对会议 是指 是什么 怎么写 如何写 写法 格式要求 格式及 格式应")
    private static let papers = WordTrie(words: "会议纪要 会议记录 纪要 通知 通告 公告 公文 公报 会议通知")

    /// 会议纪要是记录…的公文: a text that explains what such papers are.
    static func explainsPapers(_ document: DocumentText) -> Bool {
        let lines = [document.title].compactMap { $0 } + document.paragraphs.prefix(2)
        return lines.contains { line in
            let text = line.folded
            for start in 0..<min(24, text.count) {
                guard let paper = papers.match(text, at: start) else { continue }
                let end = min(text.count, paper.end + 12)
                if let hit = definitions.first(text, in: paper.end..<end), hit.range.lowerBound <= paper.end + 4 {
                    return true
                }
            }
            return false
        }
    }
}
