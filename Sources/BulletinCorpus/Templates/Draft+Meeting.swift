/// Reports of meetings: who met, who presided, what was heard, who was told to do what, who attended.
extension Draft {
    mutating func writeMeeting() {
        gold.kind = "meeting"
        let meeting = meetingName()
        let isRegular = meeting.hasSuffix("常务会议") || meeting.hasSuffix("常委会会议")
        let chair = isRegular && meeting.hasSuffix("常务会议") ? cast.head : random.chance(62) ? cast.secretary : cast.head
        let other = chair.name == cast.head.name ? cast.secretary : cast.head
        let presides = isRegular || random.chance(25)
        title = meetingTitle(meeting, chair: chair, presides: presides)

        opening(meeting, chair: chair, other: other, presides: presides)
        reports()
        passages(by: chair)
        if random.chance(75) { passages(by: random.chance(60) ? other : random.pick(cast.deputies)) }
        if random.chance(35) { passages(by: random.pick(cast.chairs + cast.deputies)) }
        closing()
    }

    private mutating func meetingName() -> String {
        let short = place.short
        if place.level == .university {
            return random.pick(["校党委常委会会议", "校长办公会议", topic + "工作会议", topic + "专题会议", "本科教学工作会议"])
        }
        if random.chance(22) {
            let number = random.within(2...96)
            let government = "\(short)政府第\(number)次常务会议"
            Gold.add("\(short)政府", to: &gold.organizationsOptional)
            let committee = "\(short)委常委会会议"
            return random.chance(60) ? government : committee
        }
        let form = random.common([
            "工作会议", "推进会", "专题会议", "调度会", "工作部署会", "动员会", "现场会", "视频会议", "电视电话会议", "座谈会", "工作例会", "联席会议", "指挥部会议",
            "警示教育大会",
        ])
        let count = random.chance(14) ? "第\(DateForm.numeral(random.within(2...29)))次" : ""
        let scale = random.chance(25) ? "全" + short : ""
        return scale + count + topic + form
    }

    private mutating func meetingTitle(_ meeting: String, chair: Official, presides: Bool) -> String {
        // Where somebody presides, the text does not name the place: neither does the title.
        switch presides ? 6 + random.below(2) * 2 : random.below(10) {
        case 0...5: return place.name + random.pick(["召开", "召开", "召开", "举行", "组织召开"]) + meeting
        case 6: return "\(chair.name.full)主持召开\(meeting)"
        case 7: return "\(place.name)安排部署\(topic)工作"
        case 8: return "\(meeting)\(random.pick(["召开", "举行", "强调压实责任抓好落实"]))"
        default: return "\(chair.name.full)在\(meeting)上强调：\(aim())"
        }
    }

    private mutating func opening(_ meeting: String, chair: Official, other: Official, presides: Bool) {
        let date = eventDay()
        if presides {
            write("\(date)，\(introduced(chair))主持召开\(meeting)")
            Gold.add(chair.name.full, to: &gold.attendees)
            write(random.chance(50) ? "，研究部署\(topic)等工作。" : "。")
            if random.chance(50) {
                write("\(introduced(other))\(random.pick(["出席会议", "参加会议", "列席会议", "出席"]))。")
                Gold.add(other.name.full, to: &gold.attendees)
            }
            endParagraph()
            return
        }
        write("\(date)，\(territory())\(random.pick(["召开", "召开", "举行", "组织召开"]))\(meeting)，")
        write(random.pick(["安排部署下一阶段工作。", "贯彻落实上级会议精神，总结前期工作。", "分析研判形势，部署当前重点任务。", "通报有关情况，推动工作落实。"]))
        if random.chance(40) {
            endParagraph()
        }
        attendance(chair: chair, other: other)
        endParagraph()
    }

    /// Who presided and attended, by name.
    private mutating func attendance(chair: Official, other: Official) {
        func attends(_ official: Official) { Gold.add(official.name.full, to: &gold.attendees) }
        switch random.below(5) {
        case 0:
            write("\(introduced(chair))出席会议并讲话，\(introduced(other))主持会议。")
            for official in [chair, other] { attends(official) }
        case 1:
            write("\(introduced(chair))主持会议并讲话。")
            attends(chair)
            let present = random.pick(random.within(1...3), of: cast.deputies + cast.chairs)
            write(present.map { introduced($0) }.joined(separator: "，") + "\(random.pick(["出席会议", "参加会议"]))。")
            for official in present { attends(official) }
        case 2:
            write("\(introduced(chair))主持会议并讲话。")
            attends(chair)
            write("\(introduced(other))\(random.pick(["出席会议并作具体部署", "就有关工作作了安排", "通报有关情况"]))。")
        case 3:
            write("\(introduced(chair))出席会议并讲话。")
            attends(chair)
            sharedTitle(
                random.pick(["\(place.short)领导", "\(place.short)级领导"]),
                of: random.pick(random.within(2...3), of: cast.deputies)
            )
        default:
            let deputies = cast.deputies.filter { $0.roles.count == 1 }
            write("\(introduced(chair))主持会议。")
            attends(chair)
            if deputies.count > 1 { sharedTitle(deputies[0].roles[0], of: Array(deputies.prefix(2))) }
        }
    }

    /// 县领导王建国、李明参加会议: one title for all of them.
    private mutating func sharedTitle(_ title: String, of officials: [Official]) {
        for official in officials {
            gold.add(person: official.name.full, roles: [title])
            Gold.add(official.name.full, to: &gold.attendees)
        }
        let names = officials.map(\.name.full).joined(separator: "、")
        write("\(title)\(names)\(random.pick(["参加会议", "出席会议", "参加"]))。")
    }

    /// What was heard, read and approved: no orders.
    private mutating func reports() {
        if random.chance(35) {
            gold.add(person: "习近平", roles: ["总书记"])
            write("会议传达学习了习近平总书记关于\(topic)工作的重要\(random.pick(["指示", "讲话", "论述"]))精神。")
        }
        if random.chance(55) {
            let reporters = bureaus(random.within(1...3))
            write(
                "会上，\(reporters.joined(separator: "、"))\(random.pick(["分别汇报了有关工作情况", "作了汇报发言", "通报了\(topic)工作进展", "作交流发言"]))。"
            )
        }
        if random.chance(30) { write("会议审议通过了\(document())。") }
        if random.chance(12) {
            let university = place.base + random.pick(OrganNames.universities)
            let name = PeopleNames.name(&random)
            gold.add(organization: university)
            gold.add(person: name.full, roles: ["教授"])
            write("\(university)\(name.full)教授围绕\(topic)作了专题讲座。")
        }
        if random.chance(40) { write("\(fact())。") }
        endParagraph()
    }

    /// A paragraph or two of what somebody, or the meeting, demands.
    private mutating func passages(by official: Official) {
        if random.chance(22) {
            let word = random.pick(["会议", "会议", "会议", "会议"])
            write("\(word)\(random.pick(["强调", "要求", "指出", "强调"]))，")
            passage(by: .word(word), sentences: random.within(2...6))
            endParagraph()
            return
        }
        let speaker = Speaker.person(official.name.full)
        let verb = random.pick(["强调", "强调", "要求", "指出"])
        switch isKnown(official) ? random.below(8) : 3 {
        case 0: write("就做好下一步工作，\(named(official))\(verb)，")
        case 1: write("\(named(official))在讲话中\(verb)，")
        case 2: write("\(followed(official))\(verb)，")
        case 3: write("\(introduced(official))在会上\(verb)，")
        case 4: write("\(named(official))\(verb)：")
        default: write("\(named(official))\(verb)，")
        }
        passage(by: speaker, sentences: random.within(3...8))
        if random.chance(35) {
            endParagraph()
            let again = random.pick([
                named(official), named(official), official.name.surname + official.shortRole,
            ])
            write("\(again)\(random.pick(["要求", "最后强调", "还要求", "指出"]))，")
            passage(by: speaker, sentences: random.within(2...5))
        }
        endParagraph()
    }

    /// Groups that attended, as one string each.
    private mutating func closing() {
        guard random.chance(72) else { return }
        let short = place.short
        let head = random.pick(["主要负责同志", "主要负责人", "分管负责同志", "负责人", "有关负责同志"])
        let (first, second) =
            place.level == .university
            ? ("各学院", "机关各部门")
            : ("各\(place.townKind)", random.pick(["\(short)直各单位", "\(short)直有关部门", "\(short)直各部门"]))
        let parties: [String]
        switch random.below(4) {
        case 0: parties = [collective(first), collective(second)]
        case 1: parties = bureaus(2) + [collective(first)]
        case 2: parties = [collective(random.chance(50) ? "各成员单位" : "各有关单位")]
        default: parties = [collective(first), collective(second), company()]
        }
        let group = parties.joined(separator: "、") + head
        Gold.add(group, to: &gold.attendees)
        paragraph("\(group)\(random.pick(["参加会议", "参加会议", "参加", "列席会议", "在主会场参加会议"]))。")
    }
}
