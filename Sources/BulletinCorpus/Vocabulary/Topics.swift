/// What bulletins are about, put together from where and what.
enum Topics {
    private static let matters = words(
        """
        安全生产 防汛抗旱 疫情防控 森林防火 食品安全 营商环境优化 生态环境保护 项目建设 乡村振兴 消防安全 道路交通安全 招商引资 信访维稳
        扫黑除恶 燃气安全整治 自建房排查整治 污水治理 垃圾分类 秸秆禁烧 环境卫生整治 河湖长制 根治欠薪 稳岗就业 防溺水 校园安全 防返贫监测
        耕地保护 高标准农田建设 春耕备耕 秋粮收购 地质灾害防治 低温雨雪冰冻防范应对 电力保供 天然气保供 老旧小区改造 城市更新 文明城市创建
        卫生城市创建 平安建设 法治建设 反诈宣传 禁毒 社会救助 养老服务 医保基金监管 药品安全监管 公共卫生 义务教育 双减 科技创新 数字政府建设
        政务公开 基层减负 预算绩效管理 债务化解 审计整改 巡察整改 统计 人口普查 经济普查 退役军人安置 国防动员 征兵 移民后期扶持 征地拆迁
        文物保护 旅游旺季保障 全民健身 特种设备安全 危险化学品整治 水库除险加固 农村饮水安全 农村厕所改造 四好农村路建设 物流保通保畅 价格监测
        粮食储备 种业振兴 动物疫病防控 农产品质量安全 人居环境整治 扬尘污染治理 黑臭水体治理 饮用水水源地保护 尾矿库整治 殡葬改革 移风易俗
        """
    )
    private static let scopes = words(
        """
        农村 城区 重点领域 冬季 夏季 汛期 节日期间 工业园区 全域 校园周边 医疗机构 重点行业 沿江 库区 山区 开发区 城乡接合部 背街小巷 景区
        易地搬迁安置区 交通干线 建筑工地 商贸流通领域 高速公路沿线 企业 社区 机关 民营经济 县域 老城片区 高铁沿线 边远地区 在建工程
        """
    )

    /// A topic such as 森林防火 or 汛期安全生产.
    static func topic(_ random: inout CorpusRandom) -> String {
        let matter = random.common(matters)
        guard random.chance(45) else { return matter }
        let scope = random.common(scopes)
        return matter.hasPrefix(scope) ? matter : scope + matter
    }
}
