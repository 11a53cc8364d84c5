/// Names of organs, without the place that they belong to.
enum OrganNames {
    /// Of a county, district or city: what follows 县 in 县水利局.
    static let bureaus = words(
        """
        教育局 卫健局 应急管理局 市场监管局 交通运输局 住建局 水利局 农业农村局 财政局 民政局 公安局 商务局 人社局 生态环境局 林业局 文旅局 发改局
        司法局 城管局 医保局 审计局 统计局 科技局 信访局 自然资源局 退役军人事务局 住房和城乡建设局 人力资源和社会保障局 卫生健康局 发展和改革局
        市场监督管理局 应急局 交通局 综合行政执法局 文化和旅游局 工业和信息化局 乡村振兴局 气象局 税务局 行政审批局 机关事务管理局 粮食和物资储备局
        """
    )
    /// Of a province: departments are 厅.
    static let departments = words("教育厅 财政厅 水利厅 民政厅 商务厅 交通运输厅 农业农村厅 生态环境厅 住房和城乡建设厅 卫生健康委 应急管理厅 市场监管局 司法厅 科技厅 自然资源厅 审计厅")
    /// Other organs of a place.
    static let others = words(
        "委组织部 委宣传部 委政法委 委统战部 委办 政府办 纪委监委 总工会 妇联 残联 工商联 红十字会 消防救援大队 疾控中心 融媒体中心 供销社 政务服务中心 人民医院 城投集团 交投集团 水务集团"
    )
    /// The fields that stand for bureaus in 县卫健、民政、商务等部门.
    static let fields = words("水利 教育 卫健 应急 交通 民政 商务 公安 财政 住建 农业农村 生态环境 市场监管 林业 城管 人社 消防 气象 司法")
    /// Of a university.
    static let offices = words(
        "教务处 学生处 保卫处 后勤处 人事处 科研处 财务处 国际交流处 研究生院 图书馆 校医院 团委 党委宣传部 党委组织部 信息中心 招生就业处 基建处 资产管理处 实验室管理处 继续教育学院"
    )
    /// Endings of companies and institutions that carry the name of a place.
    static let companies = words("水务集团 燃气公司 供电公司 公交公司 城投集团 粮油集团 农商银行 文旅集团 第一中学 实验小学 中心医院 物流园管委会 经济开发区管委会")
    /// Universities that experts come from.
    static let universities = words("农业大学 师范大学 理工大学 政法大学 医科大学 交通大学 林业大学 财经大学 海洋大学 工业大学")
}
