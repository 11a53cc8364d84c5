/// Clauses that say what is to be done, each a verb and what it governs.
extension Draft {
    /// 全面排查在建工地风险隐患
    mutating func deed() -> String {
        let words = ClauseWords.self
        let matter = self.matter()
        let adverb = random.chance(45) ? random.common(words.adverbs) : ""
        switch random.below(15) {
        case 0...3: return adverb + random.common(words.workVerbs) + matter + random.pick(words.work)
        case 4...5: return adverb + random.pick(words.mechanismVerbs) + matter + random.pick(words.mechanisms)
        case 6: return random.pick(words.dutyVerbs) + matter + random.pick(words.duties)
        case 7: return adverb + "加大" + matter + random.pick(words.efforts)
        case 8: return adverb + random.pick(words.problemVerbs) + matter + random.pick(words.problems)
        case 9: return adverb + random.pick(words.abilityVerbs) + matter + random.pick(words.abilities)
        case 10: return "对\(matter)进行\(random.pick(["全面排查", "逐户走访", "集中整治", "分类施策", "动态监测", "回访核查"]))"
        case 11: return "把\(matter)作为\(random.pick(["重中之重", "头等大事", "硬任务", "首要任务", "民生实事"]))来抓"
        case 12: return "落实\(quoted())\(random.pick(["制度", "要求", "机制", "工作法"]))"
        case 13: return "按照\(document())\(random.pick(["要求", "规定", "安排"]))\(random.pick(["抓好落实", "对照检查", "逐条整改"]))"
        default:
            let partner = place.level == .university || random.chance(50) ? bureau() : superiorOrgan()
            return random.pick(words.partners) + partner + random.pick(words.partnerWork)
        }
    }

    /// An organ of the city above: 市水利局.
    private mutating func superiorOrgan() -> String {
        guard place.hasTowns else { return bureau() }
        let stem = random.common(OrganNames.bureaus)
        gold.add(organization: "市" + stem, canonicalName: place.city + stem)
        return "市" + stem
    }

    /// What a sentence begins with: 坚持问题导向
    mutating func lead() -> String {
        switch random.below(4) {
        case 0: "聚焦\(matter())"
        case 1: "紧盯\(matter())"
        default: random.pick(ClauseWords.leads)
        }
    }

    /// What it is to lead to: 确保各项任务落地见效
    mutating func aim() -> String {
        switch random.below(6) {
        case 0: "坚决防止\(random.pick(ClauseWords.prevented))"
        case 1: "严防\(random.pick(ClauseWords.prevented))"
        case 2: "切实维护\(random.pick(["人民群众切身利益", "社会大局稳定", "良好秩序", "群众合法权益"]))"
        default: "确保\(random.pick(ClauseWords.aims))\(random.pick(ClauseWords.outcomes))"
        }
    }

    /// Several clauses joined by commas, what they follow from first and what they lead to last.
    mutating func deeds() -> String {
        var clauses: [String] = random.chance(40) ? [lead()] : []
        for _ in 0..<random.within(1...4) {
            let clause = deed()
            if !clauses.contains(clause) { clauses.append(clause) }
        }
        if random.chance(50) { clauses.append(aim()) }
        return clauses.joined(separator: "，")
    }

    /// A clause with a deadline, and the deadline as it stands there.
    mutating func dated() -> (clause: String, deadline: String) {
        let (_, month, date) = day.advanced(by: random.within(3...60)).parts
        let deadline =
            switch random.below(7) {
            case 0, 1: "\(month)月\(date)日前"
            case 2: "\(month)月底前"
            case 3: "年底前"
            case 4: "本月底前"
            case 5: "\(month)月\(date)日\(random.within(8...18))时前"
            default: "两周内"
            }
        let matter = self.matter()
        let thing = random.chance(50) ? random.pick(ClauseWords.mechanisms) : random.pick(ClauseWords.problems) + "整改"
        let verb = thing.hasSuffix("整改") ? "完成" : random.pick(["建立", "完善"])
        return ("\(random.pick(["在", "于", ""]))\(deadline)\(verb)\(matter)\(thing)", deadline)
    }

    /// Something that is so, and nobody is told to do: figures, findings.
    mutating func fact() -> String {
        let scope = place.level == .university ? "全校" : "全" + place.short
        let matter = self.matter()
        switch random.below(6) {
        case 0: return "今年以来，\(scope)共排查\(matter)问题\(random.within(12...986))个，已整改\(random.within(70...99))%"
        case 1: return "\(scope)累计投入资金\(random.within(1...90)).\(random.within(1...9))亿元，\(matter)得到明显改善"
        case 2: return "目前，\(matter)相关项目已开工\(random.within(3...60))个，完工\(random.within(1...30))个"
        case 3: return "去年，\(scope)\(matter)工作连续\(random.within(2...9))年位居前列"
        case 4:
            return
                "\(scope)共有\(matter)点位\(random.within(100...9_999))处，数量比上年增长\(random.within(1...30)).\(random.below(10))%"
        default: return "从检查情况看，\(matter)总体平稳，个别地方还存在差距"
        }
    }

    /// A judgement, without an order in it.
    mutating func evaluation() -> String {
        "\(random.chance(50) ? topic : matter())\(random.chance(60) ? "工作" : "")\(random.pick(ClauseWords.evaluations))"
    }
}
