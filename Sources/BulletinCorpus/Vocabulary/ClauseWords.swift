/// The parts that clauses of directives are put together from.
enum ClauseWords {
    static let adverbs = words("切实 进一步 全面 持续 认真 扎实 坚决 严格 深入 大力 主动 及时 统筹 从严 全力 有序 稳步 精准 逐项 逐级")

    /// What is worked on; stands before the nouns below.
    static let matters = words(
        """
        重点行业 安全生产 疫情防控 防汛抗旱 森林防火 食品安全 项目建设 营商环境 基层治理 环境卫生 老旧小区 在建工地 学校周边 医疗机构 道路运输
        危险化学品 燃气管网 消防通道 高层建筑 自建房 旅游景区 客运场站 物流仓储 特种设备 冷链食品 农贸市场 水库堤防 山塘河道 地质灾害 饮用水源
        污水管网 生活垃圾 黑臭水体 扬尘污染 秸秆焚烧 招商引资 政务服务 数据共享 政府债务 预算绩效 社保基金 工程款支付 农民工工资 就业创业 义务教育
        校外培训 公共卫生 药品采购 医保基金 慢性病 养老服务 社会救助 信访积案 矛盾纠纷 网络安全 反诈宣传 网格管理 河湖管护 林区巡护 电力保供
        天然气供应 春耕备耕 秋粮收购 粮食储备 耕地保护 高标准农田 畜禽养殖 动物疫病 农药使用 农村厕所 农村公路 村级集体经济 乡村产业 易返贫群众
        文物保护 非遗传承 全民健身 图书馆 实验室 学生宿舍 食堂 科研经费 科技成果 人才引进 专利 中小企业 民营经济 工业园区 开发区 跨境电商 港口码头
        铁路沿线 高速公路 城市道路 停车场 公交线路 路灯 广告牌 窨井盖 行道树 公园绿地 殡葬设施 退役军人 残疾人 留守儿童 独居老人 流动人口 出租房屋
        """
    )

    static let workVerbs = words("抓好 做好 推进 加强 开展 统筹抓好 组织开展 加快推进 深化 落实")
    static let work = words("整治工作 排查整治 日常监管 监督检查 保障工作 治理 宣传教育 应急演练 隐患整改 服务保障 规范化管理 信息报送 值班值守 跟踪问效 分类管控 提质升级 攻坚行动")

    static let mechanismVerbs = words("建立 健全 完善 落实 严格执行")
    static let mechanisms = words(
        "长效机制 联动机制 工作台账 责任清单 问题清单 登记制度 巡查制度 报告制度 考核办法 信息平台 标准体系 应急预案 会商机制 包保制度 公示制度 档案"
    )

    static let duties = words("主体责任 监管责任 属地责任 包保责任 领导责任 岗位责任 行业主管责任 整改责任")
    static let dutyVerbs = words("压实 靠实 夯实 扛牢 层层压实")

    static let efforts = words("监管力度 排查力度 执法力度 宣传力度 帮扶力度 投入力度 督查力度 整改力度 打击力度 培训力度")

    static let problemVerbs = words("排查 消除 化解 整改 解决 补齐")
    static let problems = words("突出问题 风险隐患 堵点难点 薄弱环节 短板弱项 历史遗留问题 安全漏洞 监管盲区")

    static let abilityVerbs = words("提升 提高 增强")
    static let abilities = words("处置能力 保障能力 服务水平 监测预警能力 监管效能 群众满意度 精细化水平 信息化水平 数字化水平 治理水平 规范化程度")

    static let leads = words("坚持问题导向 坚持底线思维 提高政治站位 强化系统观念 立足本职 结合实际 对标先进 举一反三 突出重点 统一思想 上下联动 紧盯目标任务 倒排工期 挂图作战")

    static let aims = words("人民群众生命财产安全 各项任务 工程质量 资金使用 社会大局 全年目标任务 重点项目 整改事项 群众基本生活 各类物资 政策措施 节日市场")
    static let outcomes = words("落地见效 得到切实保障 经得起检验 安全规范高效 平稳有序 圆满完成 如期落地 按期销号 不出问题 落到实处 供应充足 件件有回音")
    static let prevented = words("各类事故 疫情反弹 问题反弹 形式主义 数据失真 推诿扯皮 次生灾害 规模性返贫 重特大事故 群体性事件")

    static let partners = words("加强与 密切与 强化与")
    static let partnerWork = words("的沟通衔接 的协调配合 的信息共享 的工作对接")

    static let evaluations = words("事关人民群众切身利益 责任重大 是一项重要政治任务 意义深远 时间紧、任务重 关系发展大局 当前正处在关键阶段 取得了阶段性成效 形势依然严峻复杂 来之不易")
    static let situations = words("当前形势依然严峻 时间紧迫、任务繁重 面对新形势新任务 今年任务十分艰巨 面对复杂严峻的形势 汛期已至 年关将近")
}
