/// Terms in quotation marks and titles of documents, put together from parts.
enum Terms {
    private static let numerals = words("一 两 三 四 五 六 七 八 九 十")
    private static let counted = words(
        "个必须 个清单 个到位 项制度 方责任 张网 个一批 道防线 个不放过 类人员 个确保 项行动 张清单 个严禁 条底线 个转变 大工程 个聚焦 项机制 本台账"
    )
    private static let slogans = words(
        """
        一户一策 一企一策 后半篇文章 最后一公里 放管服 互联网+监管 零容忍 一网通办 门前三包 码上办 首问负责 一把手工程 吹哨报到 店小二 拉网式
        回头看 双随机、一公开 人防、物防、技防 早发现、早报告、早处置 白加黑 清单制+责任制 全科网格 最多跑一次 揭榜挂帅 亩均论英雄 不见面审批
        """
    )
    private static let domains = words("安全 服务 监管 治理 防疫 创建 整改 帮扶 招商 环保 平安 文明 健康 质量 诚信 绿色 数字 法治")
    private static let papers = words("实施方案 应急预案 管理办法 若干措施 行动计划 工作方案 实施意见 规定 考核办法 专项规划 工作要点 实施细则")
    private static let remarks = words("（试行） （暂行） （修订） （征求意见稿） （2021—2025年）")

    /// A term without its quotation marks: 四方责任.
    static func quoted(_ random: inout CorpusRandom) -> String {
        switch random.below(4) {
        case 0: return random.common(slogans)
        case 1: return random.pick(numerals) + random.common(counted)
        case 2: return random.common(domains) + random.pick(numerals) + random.common(counted)
        default: return random.pick(numerals) + "个" + random.common(domains)
        }
    }

    /// The title of a document without its marks: 云溪县森林防火应急预案（试行）.
    static func document(of place: String, on topic: String, _ random: inout CorpusRandom) -> String {
        let head = random.chance(70) ? place : ""
        let remark = random.chance(18) ? random.pick(remarks) : ""
        return head + topic + random.common(papers) + remark
    }
}
