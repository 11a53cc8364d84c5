/// The place, or university, that a bulletin speaks of: what its relative names are relative to.
struct Jurisdiction: Sendable {
    enum Level: Sendable {
        case county, district, city, banner, prefecture, province, university
    }

    let level: Level
    /// The name without its kind: 云溪.
    let base: String
    /// The full name: 云溪县.
    let name: String
    /// What relative names begin with: 县 in 县水利局 and 县委书记; 校 in 校党委书记.
    let short: String
    /// The city above, for organs of the next level: 澜江市.
    let city: String
    /// Names of towns without their kind.
    let towns: [String]
    /// How towns are spoken of together: 乡镇, 镇街, 街道.
    let townKind: String

    init(_ random: inout CorpusRandom) {
        level = random.weighted([
            (40, .county), (22, .district), (20, .city), (4, .banner), (3, .prefecture), (4, .province),
            (7, .university),
        ])
        base = PlaceNames.base(&random)
        short =
            switch level {
            case .county: "县"
            case .district: "区"
            case .city: "市"
            case .banner: "旗"
            case .prefecture: "州"
            case .province: "省"
            case .university: "校"
            }
        name = level == .university ? base + random.common(OrganNames.universities) : base + short
        city = PlaceNames.base(&random) + "市"
        var towns: [String] = []
        while towns.count < 6 {
            let town = PlaceNames.base(&random)
            if !towns.contains(town), town != base { towns.append(town) }
        }
        self.towns = towns
        townKind =
            switch level {
            case .county, .banner: random.pick(["乡镇", "乡镇", "乡镇（街道）"])
            case .district: random.pick(["镇街", "街道", "街镇"])
            case .city: random.pick(["县（市、区）", "县区", "镇街"])
            case .prefecture: "县市"
            case .province: "市（州）"
            case .university: "学院"
            }
    }

    /// Whether towns are spoken of by name together (石渡、白芷等乡镇).
    var hasTowns: Bool {
        switch level {
        case .county, .district, .banner: true
        case .city, .prefecture, .province, .university: false
        }
    }

    /// The organ that issues its documents: 云溪县人民政府办公室.
    func issuer(_ random: inout CorpusRandom) -> String {
        switch level {
        case .university: name
        case .province, .prefecture, .county, .district, .city, .banner:
            random.chance(55)
                ? name + "人民政府办公室" : random.chance(50) ? name + "人民政府" : name + random.common(OrganNames.bureaus)
        }
    }
}
