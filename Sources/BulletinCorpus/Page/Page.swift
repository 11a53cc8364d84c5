/// A bulletin as a site shows it, before its form is chosen: title, header, body, and what stands around them.
struct Page {
    /// The lines of the title; more than one where the site broke it.
    var titleLines: [String] = []
    /// The lines above the title: breadcrumbs, the index of a notice.
    var above: [String] = []
    /// The lines between title and body.
    var header: [String] = []
    var body: [String] = []
    /// The lines below the body.
    var below: [String] = []
    /// What the meta block of an HTML page says, in its order.
    var metas: [(name: String, content: String)] = []
    /// The name of the hosting site.
    var site = ""

    /// Sets a finished draft as a page, and completes its gold.
    init(_ draft: inout Draft, index: Int) {
        let style = draft.random.below(100)
        // A dateline names the publisher, if no header does.
        let hasDateline = draft.gold.kind == "meeting" && draft.random.chance(14)
        let fields = HeaderFields(
            of: &draft,
            withSource: !hasDateline && draft.gold.place != nil && draft.random.chance(84)
        )
        draft.gold.source = fields.source
        body = draft.paragraphs
        if hasDateline, let first = body.first {
            let (dateline, source) = Self.dateline(&draft)
            body[0] = dateline + first
            draft.gold.source = source
        }
        draft.gold.title = draft.title
        draft.gold.bodyStart = Self.start(of: body)
        titleLines = Self.broken(draft.title, &draft.random)
        site = (draft.place.level == .university ? draft.place.name : draft.place.name + "人民政府")

        if draft.gold.kind == "notice", draft.gold.documentNumber != nil, style < 35 {
            setIndex(&draft)
        } else {
            if let number = draft.gold.documentNumber { header.append(number) }
            let lines = draft.random.weighted(HeaderLayout.weights).lines(fields.fields, &draft.random)
            if style < 88 {
                header = lines + header
            } else {
                above += lines
            }
        }
        setBoilerplate(&draft, index: index)
        setMetas(&draft, fields: fields, index: index)
    }

    /// The index block above a notice, each field on a line, the publisher's label being 发文机关 or 发布机构.
    private mutating func setIndex(_ draft: inout Draft) {
        let issuer = draft.gold.issuer ?? draft.place.name
        draft.gold.source = issuer
        let apart = draft.random.chance(40)
        let number = draft.random.within(1_000...99_999)
        var fields: [(String, String)] = [
            ("索 引 号", "\(draft.random.within(100_000...999_999))/\(draft.day.parts.year)-\(number)"),
            ("主题分类", draft.random.pick(["综合政务", "城乡建设", "农业、林业、水利", "卫生、体育", "安全生产监管"])),
            (draft.random.pick(["发文机关", "发布机构", "发文单位"]), issuer),
            ("成文日期", DateForm.paddedCharacters.text(draft.day)),
            ("标　　题", draft.title),
            ("发文字号", draft.gold.documentNumber ?? ""),
        ]
        draft.gold.signedOn = draft.day.iso
        if let published = draft.published { fields.append(("发布日期", DateForm.paddedCharacters.text(published))) }
        above += fields.flatMap { apart ? [$0.0 + "：", $0.1] : [$0.0 + "：" + $0.1] }
        if draft.random.chance(60), let number = draft.gold.documentNumber { header.append(number) }
    }

    private mutating func setBoilerplate(_ draft: inout Draft, index: Int) {
        if draft.random.chance(22) {
            above.insert("当前位置：首页 > 政务公开 > \(draft.random.pick(["通知公告", "政务要闻", "工作动态"])) > 正文", at: 0)
        }
        if draft.random.chance(30) {
            header.append(
                draft.random.pick([
                    "【字体：大 中 小】", "【字体：大 中 小】 打印 分享到：", "字号：[大 中 小] 打印本页 关闭窗口", "[打印] [收藏] [关闭]",
                ])
            )
        }
        if draft.random.chance(18) { below.append("责任编辑：\(PeopleNames.name(&draft.random).full)") }
        if draft.random.chance(16) { below.append("扫一扫在手机打开当前页") }
        if draft.random.chance(12) {
            below.append("上一篇：\(draft.place.towns[0])镇开展\(Topics.topic(&draft.random))宣传活动")
            below.append("下一篇：没有了")
        }
        if draft.random.chance(8) { below.append("版权所有：\(site)") }
    }

    private mutating func setMetas(_ draft: inout Draft, fields: HeaderFields, index: Int) {
        let date = draft.published.map { $0.iso + " 09:30" } ?? ""
        metas = [
            ("SiteName", site), ("SiteDomain", "www.example.gov.cn"), ("SiteIDCode", "\(1_000_000_000 + index)"),
            ("ColumnName", "政务要闻"), ("ColumnType", "工作动态"), ("ArticleTitle", draft.title),
            ("PubDate", draft.random.chance(85) ? date : ""),
            ("ContentSource", draft.random.chance(70) ? draft.gold.source ?? "" : ""), ("Keywords", draft.topic),
            ("Author", ""), ("Description", ""),
            ("Url", "https://www.example.gov.cn/art/\(draft.day.parts.year)/\(index).html"),
        ]
    }

    private static func dateline(_ draft: inout Draft) -> (text: String, source: String?) {
        let reporter = "（记者 \(PeopleNames.name(&draft.random).full)）"
        let day = draft.published ?? draft.day
        let (_, month, date) = day.parts
        let medium = draft.place.base + draft.random.pick(["新闻网", "日报", "在线", "电视台"])
        switch draft.random.below(4) {
        case 0: return ("本报讯\(reporter)", nil)
        case 1: return ("本网讯 ", nil)
        case 2: return ("\(medium)\(month)月\(date)日讯\(reporter)", medium)
        default: return ("\(medium)讯\(reporter)", medium)
        }
    }

    /// A long title on two lines, as sites break them.
    private static func broken(_ title: String, _ random: inout CorpusRandom) -> [String] {
        guard title.count > 20, let about = title.firstRange(of: "关于"), about.lowerBound > title.startIndex,
            random.chance(14)
        else { return [title] }
        return [String(title[..<about.lowerBound]), String(title[about.lowerBound...])]
    }

    static func start(of body: [String]) -> String {
        var start = String.UnicodeScalarView()
        for paragraph in body {
            for scalar in paragraph.unicodeScalars where !scalar.properties.isWhitespace {
                start.append(scalar)
                if start.count >= 60 { return String(start) }
            }
        }
        return String(start)
    }
}
