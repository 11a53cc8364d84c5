/// A person who acts in a bulletin.
struct Official: Sendable {
    let name: PeopleNames.Name
    /// The titles in the order in which they stand before the name.
    let roles: [String]
    /// The title that follows the name or the surname when somebody is spoken of again: 副县长 in 王副县长.
    let shortRole: String
}

/// Who holds the offices of a place.
struct Cast: Sendable {
    let secretary: Official
    let head: Official
    /// Deputies and members of the standing committee.
    let deputies: [Official]
    /// Chairs of the people's congress and the consultative conference.
    let chairs: [Official]
    /// Heads of bureaus.
    let bureauHeads: [Official]

    init(of place: Jurisdiction, topic: String, _ random: inout CorpusRandom) {
        let short = place.short
        var taken: [PeopleNames.Name] = []
        func official(_ roles: [String], _ shortRole: String) -> Official {
            var name = PeopleNames.name(&random)
            while taken.contains(where: { $0.full == name.full || $0.surname == name.surname }) {
                name = PeopleNames.name(&random)
            }
            taken.append(name)
            return Official(name: name, roles: roles, shortRole: shortRole)
        }
        let isUniversity = place.level == .university
        let headquarters = random.chance(22) && !isUniversity ? [short + topic + "指挥部"] : []
        if isUniversity {
            secretary = official(["校党委书记"], "书记")
            head = official(random.pick([["校党委副书记", "校长"], ["校长"]]), "校长")
            deputies = [official(["副校长"], "副校长"), official(["校党委副书记", "纪委书记"], "书记"), official(["副校长"], "副校长")]
            chairs = [official(["校工会主席"], "主席")]
            bureauHeads = [official(["教务处处长"], "处长"), official(["学生处处长"], "处长")]
            return
        }
        secretary = official(["\(short)委书记"] + headquarters.map { $0 + "总指挥" }, "书记")
        head = official(
            random.pick([
                ["\(short)委副书记", "\(short)长"], ["\(short)长"], ["\(short)委副书记", "代\(short)长"],
                ["\(short)委副书记", "\(short)政府党组书记", "\(short)长"],
            ]) + headquarters.map { $0 + "总指挥" },
            "\(short)长"
        )
        let vice = "副\(short)长"
        deputies = [
            official(["\(short)委常委", "常务\(vice)"], vice),
            official([vice] + headquarters.map { $0 + "副总指挥" }, vice),
            official(["\(short)委常委", "宣传部部长"], "部长"),
            official([vice], vice),
            official(["\(short)委副书记", "政法委书记"], "书记"),
            official([random.pick(["\(short)政府党组成员", "\(short)委常委"]), vice], vice),
        ]
        chairs = [official(["\(short)人大常委会主任"], "主任"), official(["\(short)政协主席"], "主席")]
        let bureau = place.level == .province ? OrganNames.departments : OrganNames.bureaus
        bureauHeads = (0..<2).map { _ in
            let organ = random.common(bureau)
            let rank = organ.hasSuffix("厅") ? "厅长" : organ.hasSuffix("委") ? "主任" : "局长"
            return random.chance(50)
                ? official(["\(short)\(organ)\(rank)"], rank)
                : official(["\(short)\(organ)党组书记", rank], rank)
        }
    }
}
