import BulletinEvents

extension Bulletin {
    /// A bulletin in which every field of every object is set.
    static var full: Bulletin {
        var bulletin = Bulletin(id: "id", kind: .notice, paragraphs: ["一。", "二"], contentHash: "00")
        bulletin.title = "标题"
        bulletin.source = "来源"
        bulletin.issuer = "机关"
        bulletin.author = "作者"
        bulletin.byline = ["甲", "乙"]
        bulletin.documentNumber = "云政发〔2021〕7号"
        bulletin.publishedOn = BulletinDate(year: 2021, month: 3, day: 4)
        bulletin.publishedAt = "2021-03-04T05:06:00+08:00"
        bulletin.signedOn = BulletinDate(year: 2021, month: 3, day: 3)
        bulletin.eventDate = BulletinDate(year: nil, month: 2, day: 29)
        bulletin.eventEndDate = BulletinDate(year: 2021, month: 3, day: 2)
        bulletin.url = "https://example.org/a?b=c&d"
        bulletin.site = "云溪县人民政府"
        bulletin.place = "云溪县"
        let span = Span(paragraph: 12, start: 345, end: 67890)
        bulletin.people = [Person(name: "周砚秋", roles: ["县长", "县委副书记"], mentions: [span, span])]
        bulletin.organizations = [
            Organization(name: "县水利局", canonicalName: "云溪县水利局", collective: false, mentions: [span]),
            Organization(name: "各乡镇", collective: true, mentions: [Span(paragraph: nil, start: 0, end: 3)]),
        ]
        bulletin.directives = [
            Directive(
                sequence: 0,
                speaker: "周砚秋",
                speakerText: "会议",
                responsible: ["县水利局"],
                text: "排查",
                deadline: "月底前",
                heading: true,
                span: span
            ),
            Directive(sequence: 10, text: "整改"),
        ]
        bulletin.documents = [CitedDocument(title: "预案", mentions: [span])]
        bulletin.quotedTerms = ["四方责任"]
        bulletin.attendees = ["各单位"]
        bulletin.places = ["云溪河"]
        bulletin.text = TextReport(
            encoding: "gb18030",
            script: "hans",
            repairs: [.init(kind: "pinyin", count: 222)],
            conflicts: [.init(field: "title", stated: "甲", found: "乙")]
        )
        bulletin.raw = "原文\r\n\t\"引\" \\ / <b>&\u{7F}\u{2028}\u{1F600}"
        bulletin.parser = ParserIdentity(name: "parser", version: "1.0.0")
        return bulletin
    }
}
