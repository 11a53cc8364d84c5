import BulletinEvents

@testable import ReadModel

/// Bulletins and events to test with. The texts are made up.
enum Sample {
    static func bulletin(
        _ id: String,
        title: String? = "區政府召開工作會議",
        _ paragraphs: [String] = ["會議強調，各鎮街要落實責任。"],
        parser: String = "1"
    ) -> Bulletin {
        var bulletin = Bulletin(
            id: id,
            kind: .meeting,
            paragraphs: paragraphs,
            contentHash: "hash:" + (title ?? "") + paragraphs.joined(separator: "|")
        )
        bulletin.title = title
        bulletin.parser = ParserIdentity(name: "test", version: parser)
        return bulletin
    }

    /// A bulletin with something in every field.
    static func full(_ id: String) -> Bulletin {
        var bulletin = Bulletin(
            id: id,
            kind: .notice,
            paragraphs: ["林學瑋要求，區市場監管局要建立藥品購買登記制度。", "", "区市场监管局、各鎮街按《登記辦法》執行。"],
            contentHash: "abc"
        )
        bulletin.title = "關於藥品登記的通知"
        bulletin.source = "大洼區人民政府"
        bulletin.issuer = "大洼區政府辦公室"
        bulletin.author = "張三"
        bulletin.byline = ["記者 李四", "圖 \"王五\""]
        bulletin.documentNumber = "大政辦發〔2020〕12號"
        bulletin.publishedOn = BulletinDate("2020-10-17")
        bulletin.publishedAt = "2020-10-17T08:30:00+08:00"
        bulletin.signedOn = BulletinDate("2020-10-16")
        bulletin.eventDate = BulletinDate("--10-15")
        bulletin.eventEndDate = BulletinDate("2020-10-16")
        bulletin.url = "https://example.org/a?b=c"
        bulletin.site = "例子網"
        bulletin.place = "大洼區"
        bulletin.people = [
            Person(
                name: "林學瑋",
                roles: ["區委副書記", "區長"],
                mentions: [Span(paragraph: 0, start: 0, end: 3), Span(paragraph: nil, start: 1, end: 2)]
            ),
            Person(name: "楊棟"),
        ]
        bulletin.organizations = [
            Organization(
                name: "區市場監管局",
                canonicalName: "大洼區市場監管局",
                mentions: [Span(paragraph: 0, start: 6, end: 12)]
            ),
            Organization(name: "区市场监管局", canonicalName: "大洼區市場監管局"),
            Organization(name: "各鎮街", collective: true),
        ]
        bulletin.directives = [
            Directive(
                sequence: 0,
                speaker: "林學瑋",
                responsible: ["區市場監管局"],
                text: "區市場監管局要建立藥品購買 登記制度",
                deadline: "月底前",
                span: Span(paragraph: 0, start: 6, end: 23)
            ),
            Directive(
                sequence: 1,
                speakerText: "通知",
                responsible: ["区市场监管局", "各鎮街"],
                text: "按《登記辦法》執行",
                heading: true
            ),
        ]
        bulletin.documents = [CitedDocument(title: "登記辦法", mentions: [Span(paragraph: 2, start: 12, end: 16)])]
        bulletin.quotedTerms = ["雙隨機", ""]
        bulletin.attendees = ["楊棟", "各鎮街主要負責同志"]
        bulletin.places = ["大洼區", "二界溝"]
        bulletin.text = TextReport(encoding: "gb18030", script: "hant", repairs: [.init(kind: "pinyin", count: 3)])
        bulletin.raw = "原文\r\n\t區(qū)政府"
        bulletin.parser = ParserIdentity(name: "bulletins", version: "1.2")
        return bulletin
    }

    static func event(_ offset: Int64, _ type: EventType = .published) -> EventMetadata {
        EventMetadata(
            id: "event-\(offset)",
            source: "test",
            type: type.rawValue,
            time: "2020-10-17T00:00:0\(offset % 10)Z"
        )
    }

    static func published(_ bulletin: Bulletin, at offset: Int64) -> LogBatch.Entry {
        .published(bulletin, event(offset), offset: offset)
    }

    static func withdrawn(_ id: String, at offset: Int64, reason: String? = "an error") -> LogBatch.Entry {
        .withdrawn(Withdrawal(id: id, reason: reason), event(offset, .withdrawn), offset: offset)
    }

    static func rejected(at offset: Int64, key: [UInt8]? = nil, value: [UInt8]? = []) -> LogBatch.Entry {
        .rejected(
            RejectedRecord(
                topic: "bulletins",
                partition: 0,
                offset: offset,
                stage: .decode,
                reason: "no-json",
                message: "the value is no JSON",
                key: key.map { RejectedRecord.Bytes($0) },
                value: value.map { RejectedRecord.Bytes($0) },
                headers: [
                    .init(name: "a", value: nil), .init(name: "b", value: .init([])),
                    .init(name: "a\u{0}", value: .init([0, 255])),
                ]
            )
        )
    }
}
