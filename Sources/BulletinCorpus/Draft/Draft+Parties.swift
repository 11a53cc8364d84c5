/// Who is to do something: the phrase as it stands before 要, and the parties in it.
struct Party {
    var phrase: String
    var responsible: [String]

    /// The phrase as the only party.
    init(_ phrase: String) {
        self.phrase = phrase
        responsible = [phrase]
    }

    init(phrase: String, responsible: [String]) {
        self.phrase = phrase
        self.responsible = responsible
    }
}

extension Draft {
    /// A set of organs that bulletins of this place speak of.
    mutating func collectiveParty() -> String {
        let short = place.short
        let kind = place.townKind
        let names =
            place.level == .university
            ? ["各学院", "各部门", "各单位", "各二级单位", "各有关部门", "相关部门"]
            : [
                "各级各部门", "各\(kind)", "各有关部门", "各部门", "各相关单位", "\(short)直各部门", "\(short)直各单位", "各级党组织", "各成员单位",
                "相关部门", "有关部门", "各责任单位", "各级各单位", "各行业主管部门", "各学校", "各医疗机构",
            ]
        return collective(random.common(names))
    }

    /// Any party, in one of the forms that bulletins write.
    mutating func party() -> Party {
        switch random.below(100) {
        case 0..<30: return Party(bureau())
        case 30..<44: return joined(bureaus(random.within(2...3)))
        case 44..<54: return mixed(bureaus(random.within(1...2)), collectiveParty())
        case 54..<74: return Party(collectiveParty())
        case 74..<82: return place.hasTowns ? townParty() : Party(collectiveParty())
        case 82..<90: return place.level == .university ? Party(bureau()) : fieldParty()
        case 90..<94: return Party(company())
        default: return Party(random.pick(["各级领导干部", "全体党员干部", "分管领导", "主要负责同志", "各级干部"]))
        }
    }

    /// 县水利局、县应急局
    private func joined(_ names: [String]) -> Party {
        Party(phrase: names.joined(separator: "、"), responsible: names)
    }

    /// 县水利局、县应急局及各乡镇
    private mutating func mixed(_ names: [String], _ collective: String) -> Party {
        Party(
            phrase: names.joined(separator: "、") + random.pick(["及", "和", "、"]) + collective,
            responsible: names + [collective]
        )
    }

    /// 石渡、白芷、枫桥等乡镇
    private mutating func townParty() -> Party {
        let towns = random.pick(random.within(2...4), of: place.towns)
        for town in towns {
            Gold.add(town, to: &gold.places)
            Gold.add(town, to: &gold.organizationsOptional)
        }
        let kind = place.townKind == "乡镇（街道）" ? "乡镇" : place.townKind
        return Party(phrase: towns.joined(separator: "、") + "等" + kind, responsible: towns)
    }

    /// 县卫健、民政、商务等部门及各乡镇
    private mutating func fieldParty() -> Party {
        var fields = random.pick(random.within(2...4), of: OrganNames.fields)
        fields[0] = place.short + fields[0]
        for field in fields { Gold.add(field, to: &gold.organizationsOptional) }
        let head = fields.joined(separator: "、") + "等部门"
        guard random.chance(50) else { return Party(phrase: head, responsible: fields) }
        let towns = collective("各" + place.townKind)
        return Party(phrase: head + "及" + towns, responsible: fields + [towns])
    }
}
