/// Notices and notifications: number, addressees, numbered sections, signature.
extension Draft {
    mutating func writeNotice() {
        gold.kind = "notice"
        let issuer = place.issuer(&random)
        gold.issuer = issuer
        gold.add(organization: issuer)
        let isPublic = random.chance(22)
        title = isPublic ? publicTitle(issuer) : noticeTitle(issuer)
        documentNumber()
        if !isPublic { salutation() }
        purpose(isPublic: isPublic)
        let speaker = Speaker.word(issuer)
        if isPublic {
            for _ in 0..<random.within(1...3) { publicItem(by: speaker) }
        } else {
            sections(by: speaker)
        }
        signature(issuer)
    }

    private mutating func noticeTitle(_ issuer: String) -> String {
        let head = random.chance(60) ? issuer : ""
        let what =
            switch random.below(6) {
            case 0: "做好\(topic)工作的通知"
            case 1: "进一步加强\(topic)工作的通知"
            case 2: "开展\(topic)专项行动的通知"
            case 3: "印发\(document())的通知"
            case 4: "加强\(topic)的意见"
            default: "切实做好\(random.common(["春节", "国庆节", "元旦", "五一", "中秋", "汛期", "岁末年初"]))期间\(topic)工作的通知"
            }
        return head + "关于" + what
    }

    private mutating func publicTitle(_ issuer: String) -> String {
        let what = random.common([
            "\(PlaceNames.street(&random))路封闭施工", "禁止露天焚烧", "调整公交线路", "城区部分区域停水", "依法打击非法营运", "森林禁火", "开展\(topic)集中整治",
            "限制货车通行",
        ])
        return (random.chance(50) ? issuer : "") + "关于" + what + "的" + random.pick(["公告", "通告", "通告"])
    }

    /// 云政办发〔2020〕12号, in all forms of brackets.
    private mutating func documentNumber() {
        guard random.chance(66) else { return }
        let year = day.parts.year
        let number = random.within(1...180)
        if random.chance(8) {
            gold.documentNumber = "\(year)年第\(number)号"
            return
        }
        let head = String(place.base.prefix(1)) + random.common(["政办发", "政发", "政办函", "办发", "府办", "教字", "政办发明电", "防指"])
        let (open, close) = random.weighted([
            (70, ("〔", "〕")), (10, ("[", "]")), (6, ("(", ")")), (6, ("（", "）")), (4, ("【", "】")), (4, ("［", "］")),
        ])
        gold.documentNumber = "\(head)\(open)\(year)\(close)\(number)号"
    }

    private mutating func salutation() {
        let short = place.short
        let addressees =
            switch place.level {
            case .university: ["各学院", "各部门"]
            case .province: ["各市（州）人民政府", "省直各部门"]
            case .county, .district, .city, .banner, .prefecture:
                ["各\(place.townKind)人民政府", random.pick(["\(short)直各有关单位", "\(short)政府各部门", "\(short)直各单位"])]
            }
        paragraph(addressees.map { collective($0) }.joined(separator: random.pick(["，", "、"])) + "：")
    }

    private mutating func purpose(isPublic: Bool) {
        let basis = random.chance(50) ? "根据\(document())" + citedNumber() + random.pick(["精神", "要求"]) + "，" : ""
        let consent: String
        if place.level != .university, random.chance(30) {
            consent = "经\(organ("政府"))同意，"
        } else {
            consent = ""
        }
        let end = title.hasSuffix("意见") ? "现提出如下意见。" : "现将有关事项\(isPublic ? title.suffix(2) : "通知")如下。"
        paragraph("为进一步加强\(topic)工作，\(basis)\(consent)\(end)")
    }

    /// The number of a cited document, which is not the document's own.
    private mutating func citedNumber() -> String {
        random.chance(40) ? "（\(place.base.prefix(1))政发〔\(day.parts.year - 1)〕\(random.within(1...99))号）" : ""
    }

    /// 一、… with paragraphs of orders.
    private mutating func sections(by speaker: Speaker) {
        let headings = words("提高思想认识 压实工作责任 突出工作重点 强化督促检查 严肃工作纪律 做好宣传引导 加强组织领导 狠抓问题整改")
        for (index, heading) in random.pick(random.within(2...5), of: headings).enumerated() {
            let head = "\(DateForm.numeral(index + 1))、\(heading)"
            gold.directives.append(
                Gold.Directive(speakerText: speaker.text, text: head, heading: true)
            )
            if random.chance(55) {
                write(head + "。")
            } else {
                paragraph(head)
            }
            for _ in 0..<random.within(1...4) { instruction(by: speaker) }
            endParagraph()
        }
    }

    private mutating func publicItem(by speaker: Speaker) {
        if random.chance(40) { write(fact() + "。") }
        request(by: speaker)
        if random.chance(40) { directive(by: speaker) }
        endParagraph()
    }

    private mutating func signature(_ issuer: String) {
        paragraph(issuer)
        guard random.chance(90) else { return }
        gold.signedOn = day.iso
        paragraph(random.weighted(DateForm.ofSignatures).text(day))
    }
}
