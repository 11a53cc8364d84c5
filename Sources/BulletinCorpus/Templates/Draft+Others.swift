/// What is neither a meeting nor a notice: inspections, public announcements, and pages that are no bulletins.
extension Draft {
    /// Somebody visits places and gives instructions there.
    mutating func writeInspection() {
        gold.kind = "other"
        let official = random.chance(60) ? random.pick([cast.secretary, cast.head]) : random.pick(cast.deputies)
        let verb = random.pick(["调研", "督导", "检查", "督查", "专题调研"])
        title = "\(official.name.full)\(verb)\(topic)工作"
        write("\(eventDay())，\(introduced(official))")
        let towns = random.pick(2, of: Array(0..<place.towns.count)).map { town($0) }
        write(random.pick(["深入", "先后来到", "带队到"]) + towns.joined(separator: "、") + verb + topic + "工作。")
        if random.chance(50) {
            let deputy = random.pick(cast.deputies.filter { $0.name != official.name })
            write("\(introduced(deputy))参加\(verb)。")
            Gold.add(deputy.name.full, to: &gold.attendees)
        }
        endParagraph()
        for _ in 0..<random.within(1...2) {
            let visited = random.chance(60) ? "在\(town(random.below(6)))，" : ""
            write("\(visited)\(named(official))详细了解\(matter())情况。\(fact())。")
            endParagraph()
        }
        let speaker = Speaker.person(official.name.full)
        for _ in 0..<random.within(1...2) {
            let name = random.chance(20) ? "他" : named(official)
            write("\(name)\(random.pick(["强调", "要求", "指出"]))，")
            passage(by: speaker, sentences: random.within(3...7))
            endParagraph()
        }
    }

    /// 公示: what is made known, and where objections go.
    mutating func writeAnnouncement() {
        gold.kind = "announcement"
        let issuer = place.level == .university ? place.name : place.name + random.common(OrganNames.bureaus)
        gold.issuer = issuer
        gold.add(organization: issuer)
        title = "关于\(topic)\(random.pick(["先进集体", "示范单位", "补助资金", "项目名单", "考核结果"]))的公示"
        let (_, month, date) = day.advanced(by: 7).parts
        paragraph("根据\(document())，经评审，拟将有关名单予以公示，公示期至\(month)月\(date)日。")
        let objection = "如有异议，请在公示期内以书面形式反映"
        gold.directives.append(Gold.Directive(speakerText: issuer, text: objection, heading: true))
        paragraph("\(objection)。")
        gold.signedOn = day.iso
        paragraph(issuer)
        paragraph(random.weighted(DateForm.ofSignatures).text(day))
    }

    /// A page of a shop, or a text for pupils, on a site that also reprints bulletins.
    mutating func writeOther() {
        gold.kind = "other"
        gold.place = nil
        let number = random.within(100...9_900)
        let thing = random.pick(["恒温试验箱", "离心水泵", "电缆桥架", "不锈钢水箱", "空气压缩机", "除湿机", "叉车", "配电柜"])
        title = "\(random.pick(["WG", "KD", "HX", "ZL", "QB"]))-\(number)型\(thing)"
        paragraph("该产品采用新型结构，运行平稳，噪声低，适用于冶金、化工、纺织等行业。")
        paragraph("型号\(number)，功率\(random.within(1...90))千瓦，质保\(random.within(1...5))年，欢迎来电咨询。")
    }
}
