/// The word lists of the directive rules, in simplified script: the rules read folded text.
///
/// A list may be extended freely; a word that hides another one (重要 hides 要) only has to be listed, since the
/// longest word that starts first wins.
enum DirectiveLexicon {
    /// All words that are looked for while a paragraph is read.
    static let words = DirectiveTrie([
        (modals, .modal),
        (weakModals, .weakModal),
        (addressing, [.modal, .addressing]),
        (ordering, .orders),
        (orderingAndAddressing, [.orders, .addressing]),
        (reportedOrders, [.orders, .weakModal, .addressing]),
        (stating, .states),
        (giving, .gives),
        (given, .given),
        (givenKinds, .given),
        ("要求", [.orders, .given, .addressing]),
        ("强调", [.orders, .given]),
        (prepositions, .preposition),
        (connectives, .connective),
        (copulas, .copula),
        (narratives, .narrative),
        (provisions, .provision),
        (futures, .future),
        (attendances, .attendance),
        (pronouns, .pronoun),
        (quantifiers, .quantifier),
        (masks, .mask),
        (verbs, .verb),
        (officeVerbs, [.verb, .office]),
        (adverbs, .adverb),
    ])

    static let modals = """
        要 必须 务必 务须 务要 一定要 应当 应该 应 须 均须 不得 严禁 禁止 不准 不许 不允许 不可以 绝不能 决不能 绝不允许
        决不允许 切勿 切忌 请勿 切莫 务请 理应 均应 都应 还应 也应 不应 不应当 应予 应予以 应以 应按 应按照 应于 应由
        应在 应将 应把 应向 应从 应主动 应及时 应立即 应积极 应加强 应严格 应对照 应对接 应用尽用 不要 绝不 决不
        要求同存异 要求真务实 要件件 要领导 要领会 要领悟 要领先 要领跑 要事事 要事先 要地方 要务实 要务必 要务求 要点对点
        要闻令 要闻风 要闻过 要点面 要害怕 须于 须在 须按 须经 必须要 务必要 不宜 勿 莫 杜绝 应有关
        """

    /// 确保 stands among the reports too (確保了…), so it counts only inside a passage.
    static let weakModals = """
        确保 一律 需 均需 还需 也需 须要 不能 不可 方可 力争 力求 务求 谨防 严防 不再 可 不允 不搞 不设 不留 做到 限期
        """

    static let addressing = "请 敬请 恳请 谨请 烦请 特请 望 希 拟请 盼"

    static let orderingAndAddressing = """
        希望 期望 提醒 勉励 号召 呼吁 指示 督促 嘱咐 叮嘱 期勉 期许 告诫
        倡议 建议 寄语 吩咐
        """

    /// These belong to the order that they report.
    static let reportedOrders = "责令 责成 敦促 勒令"

    static let ordering = """
        明确 明确要求 明确规定 明确提出 规定 重申 批示 裁示 命令 强调指出 着重强调 特别强调 反复强调 再三强调
        """

    static let stating = """
        指出 表示 认为 说 说道 谈到 提到 讲到 提出 表明 坦言 介绍 称 直言 写道 明示
        """

    static let giving = "提出 提 作出 做出 作了 做了 作 做 进行 进行了 讲了 讲 谈了 谈 给出 下达 明确了 提出了 作出了 做出了 提了 发表 传达了"

    static let given = "意见 希望 部署 安排 指示 建议 讲话 强调 工作安排 具体安排 批示 强调要求 号召 倡议 方面"

    /// Nouns with 要求 or 部署 inside, which are no verbs of speech.
    static let givenKinds = """
        工作要求 有关要求 相关要求 各项要求 部署要求 总要求 新要求 高要求 严要求 任务要求 目标要求 防控要求 文件要求 标准要求 纪律要求 时限要求 总体要求 具体要求 明确要求 点要求 几点要求 严格要求
        时间要求 质量要求 技术要求 安全要求 硬性要求 基本要求 根本要求 本质要求 实践要求 时代要求 政治要求 原则要求 更高要求 殷切希望 指导意见 工作意见 点意见 宝贵意见 点希望 条意见 项要求 方面要求 个要求
        工作部署 统一部署 总体部署 再部署 周密部署 全面部署 具体部署 详细部署 安排部署 动员部署 重要指示 重要批示 方面意见 点建议 意见建议 意见和建议
        """

    static let prepositions = """
        对 对于 在 按 按照 根据 依据 依照 围绕 以 把 将 就 从 与 包括 向 于 为 为了 针对 结合 通过 经 经过 因 如 若 凡 由 比照 对照
        遵照 参照 借助 依托 利用 凭 沿 朝 自 至 当 遇 遇有 遇到 一旦 如果 如遇 如有 如需 面对 作为 随着 本着 在接到 上岗 外出 进出 出入 出行 返岗 返程 返乡 就餐 就诊 驾驶 驾车 骑乘 接到 接报 收到 发现 到达 离开 办理 违反 原则上 确因 凡是 除 关于
        """

    static let connectives = """
        同时 此外 另外 因此 所以 目前 当前 下一步 下步 下阶段 今后 接下来 今年 明年 为此 对此 其中 例如 比如 首先 其次 再次 最后 一方面
        另一方面 但是 但 而且 并且 并 而 且 也 还 又 特别是 尤其是 尤其 于是 届时 即日起 节日期间 期间 近期 现阶段 下半年 上半年
        年内 会后 会前 会上 随后 与此同时 总之 然而 不过 故 因而 从而 以便 无论 不论 不管 只有 只要 既 既要 更 更要
        """

    static let copulas = """
        是 具有 关系到 关乎 事关 标志着 意味着 体现了 意义重大 任务艰巨 任务繁重 形势严峻 已成为 成为了 取得 有着 来之不易
        必由之路 迫切需要 必然要求 客观需要 客观要求 内在要求 重要举措 有力抓手 十分重要 非常重要 至关重要 责任重大
        """

    static let narratives = """
        听取了 研究了 传达了 通报了 汇报了 取得了 审议了 学习了 讨论了 总结了 分析了 介绍了 回顾了 部署了 安排了 组织了 开展了
        完成了 实现了 查看了 检查了 了解了 解决了 确保了 做到了 加强了 推进了 推动了 落实了 提高了 提升了 促进了 形成了
        营造了 建立了 成立了 进行了 采取了 发放了 制定了 出台了 印发了 召开了 举行了 受到了 得到了 观看了 参观了 签订了
        有权 无权 值班电话 咨询电话 联系电话 举报电话 监督电话 联系人 附件 抄送
        先后 已 已经 曾 据悉 据了解 据介绍 截至 截止 先后 实地查看 实地察看 现场查看 近日 日前 昨日 昨天 上午 下午 当天 当日
        """

    static let provisions = """
        本通告所称 本通知所称 本办法所称 本规定所称 本条例所称 本意见所称 本方案所称 所称 是指 自发布之日起 自公布之日起 自印发之日起
        自颁布之日起 之日起施行 之日起实施 起施行 起实施 起执行 负责解释 有效期 同时废止 自行废止 特此通知 特此通告 特此公告 通知如下 通告如下
        公告如下 如下通知 如下通告 如下公告 现公告 现通告 制定本 制订本 特制定 特制订 现制定 如下方案 如下意见 如下规定 如下措施 事项如下
        追究刑事责任 转载请注明 请注明出处 版权所有 如有侵权 侵权请 请联系我们 敬请期待 敬请关注 敬请谅解 请与我们联系 请谅解 予以处罚
        给予处罚 处以罚款 依法处罚 下列情形之一 下列条件 以下条件 制定如下 提出如下
        """

    static let futures =
        "将会 将于 我局将 我市将 我县将 我区将 我镇将 我们将 我司将 该局将 该镇将 该县将 该市将 该区将 下一步将 还将 也将 将继续 将进一步 将持续 将以 将全面 将严格 将按照 将在 将对 将把 将切实 将认真 将不断 将深入 将加强 将加大 将组织 将积极 将坚持 将结合 将充分 将全力 将会同 将联合 将依法 将从 将通过 将根据 将视"

    static let attendances = "参加会议 出席会议 列席会议 参加 出席 列席 陪同 参会 与会 一同 随同 参加活动 参加调研 参加检查 主持会议 陪同调研 陪同检查"

    static let pronouns = "他 她 其"

    static let quantifiers = "各 有关 相关 全体 广大 所有 全县 全市 全区 全省 全镇 全国 全州 全乡 全旗 任何 一切 每个 每位 各级 各地 市直 县直 区直 省直"
}
