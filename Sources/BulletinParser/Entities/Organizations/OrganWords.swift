/// Small sets of words that the rules on organisations ask for.
enum OrganWords {
    /// Units that make an unnamed set of any field: 宣传部门.
    static let sets = WordTrie<Bool>(
        words:
            "二级学院 二级单位 下属单位 下属企业 权属企业 机关部室 机关科室 驻地单位 驻区单位 驻镇单位 驻街单位 职能科室 业务科室 党群部门 政府部门 行业主管部门 行业监管部门 行业管理部门 业务主管部门 涉农部门 教育行政部门 市级部门 政法单位 政法机关 新闻媒体单位 媒体单位 新闻单位 部门 机关 党政部门 职能部门 主管部门 监管部门 执法部门 司法机关 公安机关 检察机关 审判机关 税务机关 纪检监察机关 行政机关"
    )
    /// Units that make one only behind the organ that they belong to: 市安委会成员单位.
    static let ownedSets = WordTrie<Bool>(words: "成员单位 直属机构 直属单位 派出机构 派驻机构 内设机构 工作机构 基层党组织 党组织 组成部门")
    /// Heads of 被…单位.
    static let passives = WordTrie<Bool>(words: "单位 部门 企业 机构 乡镇 镇街 村 社区")
    /// 全市, 全县: before a set, not before a single organ.
    static let wholes = WordTrie<Bool>(words: "全省 全市 全区 全县 全州 全旗 全镇 全乡 全校 全国 全院 全局")
    /// Heads before which any word may belong to the name.
    static let strong = WordTrie<Bool>(
        words:
            "有限公司 责任公司 有限责任公司 股份公司 股份有限公司 集团公司 集团 总公司 分公司 控股集团 银行 大学 学院 中学 小学 幼儿园 医院 协会 学会 商会 联合会 促进会 基金会 研究院 研究所 合作社 专业合作社 事务所 律师事务所 会计师事务所 总局 研究会 出版社 杂志社 艺术团 药业 实业 使馆 大使馆"
    )
    /// Heads that ordinary words stand before as often as names do: 城市的政治中心, 重点学校.
    static let common = WordTrie<Bool>(
        words:
            "文化中心 活动中心 服务中心 学校 中学 小学 幼儿园 高中 初中 医院 中心 部队 企业集团 集团 车站 农场 林场 煤矿 工厂 厂 公司 基金 资本 法院 政府 人民政府 党委 党组 党支部 支部 总部 海关 诊所 议会 法庭"
    )
    /// Words before a set that is told by its place in a row: 首期电视问政单位.
    static let sequences = WordTrie<Bool>(words: "首期 首批 本期 本批 本次 此次 这次 第一批 第二批 第一 第二 首轮 本轮")
    /// Heads of branches of an organ.
    static let branches = WordTrie<Bool>(words: "分局 支队 大队")
    static let membership = WordTrie<Bool>(words: "党组成员 党委成员")
    static let autonomous = WordTrie<Bool>(words: "自治区 自治州 自治县 自治旗 特别行政区")
    /// Jurisdiction of the whole country, before single organs as well.
    static let national = WordTrie<Bool>(words: "全国 国家 中央 中国 中华 中华全国 省级 国际 世界")
    /// Units that begin the name of a set: 市县|自考办.
    static let territories = WordTrie<Bool>(words: "市县 县区 区县 县市区 乡镇 镇街 市州 州市 县市 街镇 乡镇街道")
    /// What may stand before the jurisdiction.
    static let prefixes = WordTrie<Bool>(
        words: "中国民主促进会 中国民主同盟 中国民主建国会 中国农工民主党 中国致公党 中国国民党革命委员会 中共 中国共产党 政协 武警 国网 共青团 民建 民盟 民进 民革 农工党 致公党 九三学社 驻 原"
    )
    /// Organs that may be part of another: 秘书处|党委.
    static let inner = WordTrie<Bool>(words: "安委办 安委会 安办 党委 党组 党工委 纪委 工会 团委 妇联 人大 政协 常委会 人大常委会")
    /// Titles that begin names: 律师|事务所.
    static let innerTitles = WordTrie<Bool>(words: "律师 会计师 专家 教师 院士 企业家 作家 书法家 艺术家 科学家 工程师 医师 护士 法官 检察官 记者 志愿者")
    /// Organs of a committee of the party: 区委政法委.
    static let partyOrgans = WordTrie<Bool>(words: "政法委 编委 编办 中央编办 政法委员会 老干部局 党校 党史办 保密办 机要局 信访局 网信办 国安办 财经办 改革办")
    /// Committees of a committee, by their field.
    static let workCommittees = WordTrie<Bool>(words: "工委 工作委员会 党工委")
    /// What groups of inspectors do, before 组.
    static let inspections = WordTrie<Bool>(words: "检查 督导 督查 巡查 督办 调研 指导 暗访")
    static let staff = WordTrie<Bool>(words: "工作人员")
    static let being = WordTrie<Bool>(words: "作为 是 系")
    /// Heads that a task in quotation marks may stand before.
    static let tasked = WordTrie<Bool>(words: "领导小组办公室 工作领导小组办公室 指挥部办公室 领导小组 工作领导小组 指挥部 工作指挥部 专班 工作专班 工作组 办公室")
    /// Organs that govern an area and have departments, besides governments.
    static let governing = WordTrie<Bool>(words: "管委会 管理委员会")
    /// Heads that are an ordinary noun before some words.
    static let centres = WordTrie<Bool>(words: "中心")
    static let centred = WordTrie<Bool>(words: "户 村 工作 任务 大局 城区 思想 环节")
    /// What stands behind 所 where it is no head: 所做出, 所需.
    static let doings = WordTrie<Bool>(words: "做 作 取得 需 有 付出 能 要 带来 产生 形成 涉及 处 见 在 谓 说 提 列 属 指出 反映 反馈")
    /// Houses that name themselves by their kind alone.
    static let houses = WordTrie<Bool>(words: "集团公司 总公司 集团")
    /// Titles before 办公室.
    static let executives = WordTrie<Bool>(words: "校长 院长 市长 省长 县长 区长 书记 秘书长 局长 董事长 总经理")
    /// Assemblies between their sessions, which have committees and offices.
    static let standing = WordTrie<Bool>(words: "常委会 人大常委会")
    /// Heads of branches, before which their place stands behind the name of the whole: 农业银行|云岭县支行.
    static let branchHeads = WordTrie<Bool>(
        words:
            "电厂 供电局 供电所 发电公司 电力局 支行 分行 中心支行 分公司 支公司 子公司 分局 调查队 税务局 供电公司 电力公司 监管组 营业部 营业所 营业厅 分中心 管理部 分院 分校 分会 支部 大队 中队 工作站 附属中学 附属小学 附属学校 附属幼儿园 附属医院"
    )
    /// Organs of a house, which name it by its kind alone: 学校|党委.
    static let houseOrgans = WordTrie<Bool>(words: "党委 党总支 纪委 工会 团委 董事会 监事会")
    static let houseKinds = WordTrie<Bool>(words: "学校 学院 医院 集团 集团公司 公司 总公司")
    /// Heads before which a proper name stands that no lexicon holds.
    static let local = WordTrie<Bool>(
        words:
            "办事处 街道办 街道办事处 派出所 司法所 财政所 税务所 国土所 卫生院 卫生所 村委会 居委会 村两委 党支部 党总支 敬老院 水厂 电厂 酒厂 林场 农场 煤矿 中队 大队 中学 小学 幼儿园 医院 中心校 管理处 管理所"
    )
    /// The same, where the proper name is no ordinary word.
    static let branchesOfOwnName = WordTrie<Bool>(
        words:
            "学校 总厂 海关 军分区 法庭 支行 分行 车站 火车站 汽车站 客运站 收费站 检查站 边检站 分公司 支公司 营业所 供电所 变电站 水管站 监狱 高中 初中 中心小学 中心学校 中心卫生院 中心幼儿园 社区卫生服务中心 供销社 信用社 兽医站 林业站 海事处 航道处 税务分局 分局 管委会 居民委员会 村民委员会 党工委 小学校 养老院 福利院 农技站 工作站 煤业 矿业 汽车站 水泥厂 砖厂 化肥厂 发电公司 海事处 航道段"
    )
    /// What is done to an office, and no part of its name.
    static let founding = WordTrie<Bool>(
        words: "成立 组建 设立 召开 组织 建立 调整 印发 撤销 明确 派出 抽调 要求 组成 健全 充实 设置 下设 参加 出席 听取 加入 依托 责成 委托"
    )
    /// Committees of a set of offices: 县直机关|党工委.
    static let ofOffices = WordTrie<Bool>(words: "工委 党工委 纪工委 党委 工会 幼儿园")
    /// The party and the government of an area by one word.
    static let leadership = WordTrie<Bool>(
        words: "党委政府"
    )
    /// Verbs behind the organ that holds a meeting or sends somebody.
    static let predicates = WordTrie<Bool>(words: "召开 举行 举办 组织 开展 组织召开 召集 派出 印发 下发 发布 承办 主办 协办 牵头")
    /// Characters in a parenthesis that belongs to a name: （筹）.
    static let insertions = LineScan.StaticSet("筹所校院街场办园居村社馆企区")

    /// Words that end a name although they are nouns.
    static let blocking = WordTrie<Bool>(
        words:
            "新学期 镇域 县域 市域 区域 在家 近年来 日前 同志 会议 工作 精神 文件 情况 问题 意见 方案 措施 目标 任务 责任 要求 内容 制度 机制 方面 高度 高度重视 明确 联合 全面 应当 应该 必须 相关 相应 来自 来到 成为 达到 获得 群众 居民 干部 党员 代表 人员 我们 他们 记者 形势 期间 有序 有效 有力"
    )

    static func blocks(_ line: PhraseLine, _ index: Int) -> Bool {
        line.isWord(index, in: blocking)
    }
}

extension PhraseLine {
    /// Whether a head names nothing by itself: 公司, 委员会, 党组.
    func isGeneric(_ index: Int) -> Bool { isWord(index, in: OrganKinds.generic) }

    /// Whether a head can be the department of an organ: 办公室, 监督所.
    func isSubUnit(_ index: Int) -> Bool {
        if isWord(index, in: OrganKinds.subUnits) { return true }
        guard words.indices.contains(index), words[index].kind == .head else { return false }
        // 公安局|交警大队
        return OrganKinds.forces.ends(text, words[index].start..<words[index].end)
    }

    /// Whether a word obliges: 要, 应.
    func isTold(_ index: Int) -> Bool {
        guard words.indices.contains(index) else { return false }
        return lexicon.directiveWords.value(in: text, words[index].start..<words[index].end)?.contains(.modal) ?? false
    }

    func isUnit(_ index: Int) -> Bool { classes(index).contains(.unit) }

    /// Whether an organ's name begins with its level: 市委, 县政府.
    func isRegional(_ index: Int) -> Bool {
        guard kind(index) == .organ else { return false }
        switch text[words[index].start] {
        case 0x7701, 0x5E02, 0x53BF, 0x533A, 0x5DDE, 0x65D7, 0x76DF, 0x9547, 0x4E61, 0x5730: return true
        default: return false
        }
    }

    /// Whether the next word is the head of a name: 督查|室.
    func isHeadNext(_ index: Int) -> Bool {
        isJoined(index + 1) && (kind(index + 1) == .headCharacter || kind(index + 1) == .head)
    }

    /// Whether a head of one character is not the beginning of something else.
    func follows(_ index: Int, isFreeAfterCharacter: Bool) -> Bool {
        guard let word = words.indices.contains(index) ? words[index] : nil else { return false }
        return scan.reach[word.start] == word.end || !isFreeAfterCharacter
    }

    /// Whether a head of one character ends the phrase: before punctuation, a verb or people.
    func isFree(_ index: Int) -> Bool {
        guard index + 1 < words.count, isJoined(index + 1) else { return true }
        switch words[index + 1].kind {
        case .stop, .mark, .comma, .joint, .etc, .close, .person: return true
        default: return isPeople(index + 1)
        }
    }

    /// 党组成员 behind an organ, as the name of a group and not as somebody's title.
    func isMembership(_ index: Int) -> Bool {
        guard kind(index) == .title, isJoined(index), begins(words[index].start, with: OrganWords.membership) else {
            return false
        }
        switch kind(index + 1) {
        case .person, .comma, .title: return false
        default: return true
        }
    }

    /// 自治州 and the like: a jurisdiction without its name.
    func isAutonomous(_ index: Int) -> Bool {
        kind(index) == .level && begins(words[index].start, with: OrganWords.autonomous)
    }

    /// Whether a place is inside 《》.
    func isHidden(_ place: Int) -> Bool { hidden[place] }
}

enum OrganKinds {
    static let forces = WordTrie<Bool>(words: "支队 大队 中队 总队 派出所 分局 车管所 看守所")
    static let generic = WordTrie<Bool>(
        words:
            "养殖场 家庭农场 水泥厂 砖厂 化肥厂 钢铁厂 铝厂 发电公司 海事处 航道段 巡查组 考核巡查组 考核检查组 督查检查组 督导检查组 督导考核组 督查考核组 督导服务组 综合督导组 综合督查组 服务指导组 联合检查组 联合督查组 联合督导组 执法检查组 专项检查组 专项督查组 暗查组 观摩团 观摩组 宣讲团 考评组 评议组 汽车站 污水处理厂 自来水厂 供水站 消防站 养老中心 火葬场 殡仪馆 水电站 电站 变电站 总厂 委员会 管理委员会 管委会 工委 工作委员会 筹委会 组委会 执委会 常委会 居委会 村委会 两委 村两委 理事会 董事会 监事会 办公室 办公厅 研究室 指挥部 分指挥部 领导小组 工作领导小组 工作组 专项工作组 专项组 专项小组 工作专班 专班 工作队 督导组 督查组 督察组 巡视组 巡察组 调研组 考察组 检查组 考核组 验收组 专家组 指导组 调查组 评估组 政府 人民政府 公署 街道办 街道办事处 办事处 派出所 司法所 卫生院 卫生所 卫生室 卫生服务中心 服务中心 活动中心 文化中心 服务站 文化站 工作站 服务所 管理所 管理处 管理局 管理站 管理中心 研究院 研究所 研究中心 研究会 学院 大学 中学 小学 学校 幼儿园 高中 初中 党校 师范 医院 总医院 诊所 敬老院 养老院 福利院 设计院 检察院 法院 人民法院 人民检察院 公司 有限公司 责任公司 有限责任公司 股份公司 集团公司 集团 总公司 分公司 子公司 企业集团 银行 支行 分行 总行 合作社 厂 工厂 电厂 水厂 煤矿 矿业 基金会 协会 学会 商会 联合会 总会 促进会 联谊会 联盟 工会 支队 大队 中队 总队 分队 部队 分局 总局 检查站 收费站 车站 客运站 火车站 电视台 报社 博物馆 图书馆 文化馆 体育馆 党支部 党总支 机关党委 总支 支部 基层党委 事务所 俱乐部 剧院 指挥中心 信息中心 救助站 营业部 秘书处 总部 联防联控机制 中心组 理论学习中心组 林场 农场 法庭 议会 公所 基金 资本 电力 体育中心 会展中心 文化中心 党委 党组 党工委 人大 政协 纪委 监委 编办 法院 检察院 解放军 军区 联席会议 实验室 交易所 中心 党委政府 海关 妇联 团委 残联 两委 出版社 监督站 监测站 特区政府 监狱 企联 银行 联社 旅行社 电台 乐团 剧团"
    )
    static let subUnits = WordTrie<Bool>(
        words:
            "巡查组 附属中学 附属小学 附属学校 附属幼儿园 附属第一医院 附属第二医院 附属第三医院 安委办 安委会 领导小组办公室 工作领导小组办公室 巡察组 巡视组 督导组 督查组 督察组 检查组 考核组 调研组 考察组 办公室 办公厅 党委 党组 党工委 党支部 党总支 机关党委 纪委 工会 团委 秘书处 研究室 委员会 工作委员会 常委会 指挥部 领导小组 工作领导小组 总队 支队 大队 中队 执法支队 执法大队 执法总队 分局 分公司 支公司 支行 分行 研究院 研究所 研究中心 服务中心 管理中心 指挥中心 中心 管理处 管理所 管理站 督查室 派出所 监督所 监测站 监测中心 检测站 营业部 分院 附属医院 医院 党校 学院 图书馆 实验室 有限公司 有限责任公司 股份有限公司 集团公司 集团 公司 总公司 管委会 管理委员会 组织部 宣传部 统战部 政研室 工作组 专班 工作专班 总部 联席会议 秘书科 办事处 总局 管理局 法庭 事务所 协会 学会 基金会 商会 联防联控机制 中心组 理论学习中心组 纪检监察组 纪检组 纪检监察工委 监察组"
    )
}
