/// What the header of a page states, with the gold of it.
struct HeaderFields {
    struct Field {
        var label: String
        var value: String
    }

    /// The fields in the order in which the page shows them.
    private(set) var fields: [Field] = []
    /// The publisher; nil where the header names none.
    private(set) var source: String?

    private static let sourceLabels = words("来源 来源 来源 信息来源 信息来源 文章来源 稿源 发布机构 发布单位 稿件来源")
    private static let dateLabels = words("日期 发布时间 发布时间 发布日期 时间 发布日期")

    /// What headers of this bulletin's site say.
    init(of draft: inout Draft, withSource: Bool) {
        let dateLabel = draft.random.pick(Self.dateLabels)
        let date = draft.published.map { day in
            Field(
                label: dateLabel,
                value: draft.random.weighted(DateForm.ofHeaders).text(day) + Self.time(&draft.random)
            )
        }
        var origin: Field?
        if withSource {
            let source = Self.publisher(of: draft.place, &draft.random)
            self.source = source
            origin = Field(label: draft.random.pick(Self.sourceLabels), value: source)
        }
        fields = draft.random.chance(55) ? [origin, date].compactMap(\.self) : [date, origin].compactMap(\.self)
        if draft.random.chance(22) { append("作者", PeopleNames.name(&draft.random).full) }
        if draft.random.chance(12) { append("编辑", PeopleNames.name(&draft.random).full) }
        if draft.random.chance(8) { append("审核", PeopleNames.name(&draft.random).full) }
        if draft.random.chance(18), !fields.isEmpty {
            append(draft.random.pick(["浏览次数", "点击数", "阅读次数"]), "\(draft.random.below(9_999))")
        }
    }

    /// The date as the header writes it, for a meta field.
    private mutating func append(_ label: String, _ value: String) {
        fields.append(Field(label: label, value: value))
    }

    private static func time(_ random: inout CorpusRandom) -> String {
        guard random.chance(24) else { return "" }
        let clock = "\(CivilDay.padded(random.within(7...22))):\(CivilDay.padded(random.below(60)))"
        return " " + clock + (random.chance(40) ? ":\(CivilDay.padded(random.below(60)))" : "")
    }

    private static func publisher(of place: Jurisdiction, _ random: inout CorpusRandom) -> String {
        if place.level == .university { return random.pick(["党委宣传部", "新闻中心", "学校办公室", "教务处", place.name + "新闻网"]) }
        switch random.below(9) {
        case 0: return place.base + "发布"
        case 1: return place.base + "新闻网"
        case 2: return place.base + "日报"
        case 3: return place.name + "人民政府办公室"
        case 4: return place.name + "融媒体中心"
        case 5: return place.base + "宣传"
        case 6: return place.short + random.common(OrganNames.bureaus)
        case 7: return "“\(place.base)发布”微信公众号"
        default: return place.name + "人民政府网"
        }
    }
}
