/// Who speaks in a passage.
enum Speaker {
    case person(String)
    case word(String)

    var name: String? {
        switch self {
        case .person(let name): name
        case .word: nil
        }
    }

    var text: String? {
        switch self {
        case .person: nil
        case .word(let word): word
        }
    }
}

/// Sentences that tell somebody to do something.
extension Draft {
    /// The verbs of obligation, the usual ones most often.
    private mutating func must() -> String {
        random.weighted([(82, "要"), (6, "必须"), (5, "要切实"), (3, "务必"), (2, "应当"), (2, "一定要")])
    }

    /// Writes a directive that ends with `ending`, and records it.
    private mutating func order(
        _ text: String,
        by speaker: Speaker,
        responsible: [String] = [],
        deadline: String? = nil,
        ending: String = "。"
    ) {
        gold.directives.append(
            Gold.Directive(
                speaker: speaker.name,
                speakerText: speaker.text,
                responsible: responsible,
                text: text,
                deadline: deadline
            )
        )
        write(text + ending)
    }

    /// One sentence of any form.
    mutating func directive(by speaker: Speaker, ending: String = "。") {
        switch random.below(100) {
        case 0..<34: order(must() + deeds(), by: speaker, ending: ending)
        case 34..<66:
            let party = party()
            order(party.phrase + must() + deeds(), by: speaker, responsible: party.responsible, ending: ending)
        case 66..<76: clauseByClause(by: speaker, ending: ending)
        case 76..<84:
            let party = party()
            let situation = random.pick(ClauseWords.situations)
            let text = "\(situation)，\(party.phrase)\(must())\(deeds())"
            order(text, by: speaker, responsible: party.responsible, ending: ending)
        case 84..<93:
            let party = random.chance(70) ? party() : Party(phrase: "", responsible: [])
            let (clause, deadline) = dated()
            let text = "\(party.phrase)要\(clause)，\(deeds())"
            order(text, by: speaker, responsible: party.responsible, deadline: deadline, ending: ending)
        case 93..<97:
            let ban = random.pick(["严禁", "不得", "坚决不能"])
            let vice = random.pick(["弄虚作假", "敷衍塞责", "瞒报漏报", "层层加码", "一罚了之"])
            order("\(ban)在\(matter())工作中\(vice)，\(aim())", by: speaker, ending: ending)
        default: order("一要\(deeds())，二要\(deed())，三要\(deed())", by: speaker, ending: ending)
        }
    }

    /// 县水利局要…，县应急局要…，各乡镇要…: each clause with a party of its own.
    private mutating func clauseByClause(by speaker: Speaker, ending: String) {
        var parties = bureaus(random.within(2...3))
        if random.chance(50) { parties.append(collectiveParty()) }
        let text = parties.map { "\($0)要\(deed())" }.joined(separator: "，")
        order(text, by: speaker, responsible: parties, ending: ending)
    }

    /// The sentences after an attribution that is already written, up to the end of the paragraph.
    mutating func passage(by speaker: Speaker, sentences: Int) {
        if random.chance(30) {
            write(evaluation() + "。")
        } else if random.chance(20) {
            enumeration(by: speaker)
            return
        }
        for _ in 0..<sentences { directive(by: speaker) }
    }

    /// 一是要…；二是要…；三是要…。
    private mutating func enumeration(by speaker: Speaker) {
        let numerals = ["一", "二", "三", "四"]
        let count = random.within(2...4)
        let form = random.pick(["是要", "是", "要"])
        for index in 0..<count {
            let head = numerals[index] + form
            order(head + deeds(), by: speaker, ending: index == count - 1 ? "。" : "；")
        }
    }

    /// A bare order of a notice, with the parties in parentheses at its end.
    mutating func assigned(by speaker: Speaker) {
        let lead = bureaus(1)
        let others = random.chance(60) ? [collective("各" + place.townKind)] : bureaus(1)
        let responsible = lead + others.filter { $0 != lead[0] }
        let text =
            responsible.count > 1 && random.chance(50)
            ? "要\(deeds())（牵头单位：\(lead[0])，责任单位：\(others[0])）"
            : "要\(deeds())（责任单位：\(responsible.joined(separator: "、"))）"
        order(text, by: speaker, responsible: responsible)
    }

    /// 请…: what the public is asked to do.
    mutating func request(by speaker: Speaker) {
        let group = random.pick(["广大市民", "沿线居民", "过往车辆", "相关企业", "广大用户", "考生", "广大师生", "各经营户"])
        let wish = random.pick(["提前做好准备", "合理安排出行时间", "注意防范", "主动配合", "遵守现场管理", "留意后续信息"])
        switch random.below(3) {
        case 0: order("请\(group)\(wish)，\(deed())", by: speaker, responsible: [group])
        case 1: order("\(group)应当\(wish)", by: speaker, responsible: [group])
        default: order("请\(wish)", by: speaker)
        }
    }

    /// 县水利局要…, as a sentence of a notice.
    mutating func instruction(by speaker: Speaker) {
        if random.chance(18) { assigned(by: speaker) } else { directive(by: speaker) }
    }
}
