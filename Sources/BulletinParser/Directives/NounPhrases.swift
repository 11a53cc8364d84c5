/// Word lists for the ends of noun phrases, matched backwards from where a phrase stops.
enum NounPhrases {
    /// What the head of a phrase denotes.
    static let heads = DirectiveTrie(
        [
            (organs, .organ), (groups, .group), (others, .connective), (meetings, .meeting), (papers, .paper),
            (titles, .title),
        ],
        reversed: true
    )

    /// Organs and institutions, by the end of their names.
    static let organs = """
        部门 单位 机关 机构 政府 党委 党组 支部 党支部 党总支 党工委 工委 纪委 政法委 人大 政协 常委会 委员会 管委会 居委会 村委会 村民委员会 居民委员会 指挥部 领导小组
        办公室 办公厅 安委会 安委办 局 委 办 厅 部 公署 总署 院 办事处 管理处 科 所 站 队 支队 大队 中队 总队 组 专班 中心 公司 企业 集团 银行 协会 学会 商会 联合会 工会 妇联 共青团 团委 团支部
        残联 学校 小学 中学 大学 高校 中小学 幼儿园 学院 医院 卫生院 诊所 药店 社区 街道 乡镇 镇街 镇 乡 村 屯 县 市 区 省 州 旗 盟 地区 县区 区县 市县 市州 盟市 旗县 县市区
        园区 开发区 高新区 新区 示范区 景区 农场 林场 场镇 馆 店 厂 矿 矿山 处 村居 村(居) 居 宾馆 酒店 商场 超市 农贸市场 餐厅 网吧 影院 剧院 图书馆 平台 网站 媒体 法院 检察院 军分区 人武部 武装部 派出所
        消防 公安 交警 城管 党 全社会 社会各界 系统 条线 战线 口岸 班组 车间 项目部 经营户 商户 农户 用户 住户 大户 家庭 合作社 机组 船舶 工地 基地 港 码头 车站 机场 寺院 教堂 场所
        行业 企事业单位 事业单位 团体 组织 党组织 群团组织 社会组织 窗口 分局 分公司 分会 研究院 研究所 实验室 教研室 报社 电视台 各级 方 各方 地方 各地 属地 当地 各层面 上下 我市 我县 我区
        我省 我镇 我州 我乡 我局 我院 我校 本市 本县 网点 门店 委办局 厅局 督查室 政研室 联席会议办公室 组委会 筹委会 县乡 市区
        """

    /// Groups of people.
    static let groups = """
        人员 干部 党员 群众 居民 市民 公民 村民 农民 职工 员工 师生 学生 教师 教职工 教职员工 家长 考生 负责人 负责同志 同志 主要领导 分管领导 领导 领导班子 领导干部 班子 班子成员 成员
        代表 党代表 委员 书记 主任 县长 市长 区长 省长 镇长 乡长 局长 厅长 处长 科长 校长 院长 所长 站长 组长 队长 队员 法人 责任人 者 司机 驾驶员 驾驶人 车主 业主 房东 个人 公众 主播
        乘客 旅客 游客 顾客 客户 患者 人士 人 官兵 民警 警察 辅警 网格员 护林员 河长 林长 田长 路长 楼长 街长 导师 专家 学者 企业家 青年 妇女 儿童 老人 未成年人 监护人 申请人 当事人
        供应商 商家 摊主 朋友 记者 工人 民工 农民工 军人 两委 班长 班主任 辅导员 队伍 骨干 售票员 安全员 值班员 秘书长 总监 经理 董事长 同仁 同学 首长 主管 各界 全体 会员 团员
        少先队员 选手 裁判 主体 大众 牧民 渔民 侨胞 同胞 局处 处室 科室 一把手
        """

    /// Words that end like a party and are none.
    static let others = """
        全部 内部 外部 西部 东部 南部 北部 中部 局部 布局 格局 全局 大局 结局 开局 时局 僵局 重组 督办 承办 主办 举办 包办 经办 严办 交办 转办 新办 协办 创办 开办 帮办 代办
        泵站 好处 坏处 长处 短处 用处 之处 住处 到处 处处 深处 高处 远处 何处 查处 惩处 相处 妥处 入口处 城市 上市 乡村 农村 新农村 误区 盲区 禁区 雷区 红旗 城镇 之所 或者 再者 生态系统 信息系统 体系 育人 做人 用人 引人 惊人 责任到人 落实到人 到人 省 一站 全站 经济社会 地方特色
        对方 四方 一方 官方 排名 产学研 住所 厕所 内省 反省 节省 亲属 法律 都市 菜市 股市 楼市 夜市 试点 片区 山区 库区 矿区 灾区 辖区 城区 校区 厂区 疫区 林区 牧区 管区 街区
        办 新党 建党 从严治党 治党 管党 入党 兴党 爱党 为党 在党 生态系统 大代表 加强领导 组织领导 一组 分组 小组 编组 社会组织建设
        """

    /// Meetings that speak.
    static let meetings = """
        会议 大会 全会 例会 座谈会 推进会 动员会 部署会 调度会 专题会 现场会 工作会 总结会 培训会 常务会 党组会 联席会 办公会 全体会 协调会 汇报会 研讨会 报告会 分析会 视频会 电视电话会 通报会 反馈会 推进会议 会上 会 研判会 表彰会
        """

    /// Papers that speak.
    static let papers = """
        通知 通告 公告 意见 方案 办法 规定 决定 文件 通报 规划 计划 条例 规范 细则 指南 预案 报告 要点 纲要 指引 标准 函 公报 倡议书 令 》 批示 讲话 紧急通知 行动方案 实施方案 意见书 章程 守则 提示 提示函 措施 若干措施
        """

    /// Titles of persons.
    static let titles = """
        书记 副书记 县长 副县长 市长 副市长 区长 副区长 省长 副省长 镇长 副镇长 乡长 州长 副州长 盟长 旗长 局长 副局长 厅长 主任 副主任 主席 副主席 部长 常委 院长 校长 秘书长 总理 副总理 总书记 组长 队长 处长 科长 会长 司令员 政委 检察长 领导 县领导 市领导 区领导 省领导
        委员 主任委员 总指挥 指挥长 董事长 总经理 理事长 代县长 代市长 代区长 同志 关长 所长 站长 支队长 总队长 台长 社长 馆长 行长 负责人 院士 教授 专家
        """

    /// Words that an attribution puts between its subject and its verb.
    static let trailers = DirectiveTrie(
        [
            (
                "还 也 又 再次 再 着重 特别 重点 反复 最后 同时 进一步 均 一致 郑重 严肃 多次 一再 深刻 首先 随后 明白 就此 对此 为此 强烈 明确 分别 则 曾 另 殷切 更 亲切 逐一 现场 当场 已经 已 会上 最 着 重申 认真",
                .adverb
            ),
            ("并 并且 而 且 还并 并就此 并对此 进而 同时并", .connective),
        ],
        reversed: true
    )
}

extension WordTags {
    /// The head of an organ's name.
    static let organ = WordTags(rawValue: 1 << 18)
    /// The head of a group of people.
    static let group = WordTags(rawValue: 1 << 19)
    /// A meeting.
    static let meeting = WordTags(rawValue: 1 << 20)
    /// A document.
    static let paper = WordTags(rawValue: 1 << 21)
    /// A person's title.
    static let title = WordTags(rawValue: 1 << 22)
    /// What can be made responsible.
    static let party: WordTags = [.organ, .group]
}
