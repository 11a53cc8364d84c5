import BulletinEvents
import Foundation
import ReadModel
import TestSupport
import Testing

@testable import Reports

/// The page of a report: whole, safe, and each claim with its sentence.
struct ReportPageTests {
    private func reader(in folder: TemporaryFolder) throws -> ReadModelReader {
        let file = try PartitionFile(PartitionLocation(dataDirectory: folder.path, topic: "bulletins", partition: 0))
        _ = try file.verifyLog(clusterID: "test")
        var first = Bulletin(id: "a1", kind: .meeting, paragraphs: ["张三要求，市水利局要监测<script>，市财政局要保障。"], contentHash: "1")
        first.title = "会议 <b>\"一\"</b>"
        first.url = "javascript:alert(1)"
        first.publishedOn = BulletinDate("2023-05-12")
        first.organizations = [Organization(name: "市水利局", canonicalName: "青岚市水利局")]
        first.directives = [
            Directive(
                sequence: 0,
                speaker: "张三",
                responsible: ["市水利局"],
                text: "市水利局要监测<script>",
                deadline: "月底前",
                span: Span(paragraph: 0, start: 5, end: 20)
            ),
            // Overlaps, and stands nowhere.
            Directive(sequence: 1, responsible: ["市水利局"], text: "要监测", span: Span(paragraph: 0, start: 9, end: 12)),
            Directive(sequence: 2, responsible: ["市水利局"], text: "到处都没有", span: Span(paragraph: 7, start: 0, end: 3)),
        ]
        var second = Bulletin(id: "b2", kind: .notice, paragraphs: ["市水利局要值守。"], contentHash: "2")
        second.publishedOn = BulletinDate("2023-08-01")
        second.directives = [
            Directive(
                sequence: 0,
                speakerText: "通知",
                responsible: ["市水利局"],
                text: "市水利局要值守",
                span: Span(paragraph: 0, start: 0, end: 7)
            )
        ]
        let entries = [first, second].enumerated().map { offset, bulletin in
            LogBatch.Entry.published(
                bulletin,
                EventMetadata(id: "e\(offset)", source: "urn:test", type: EventType.published.rawValue),
                offset: Int64(offset)
            )
        }
        _ = try file.apply(LogBatch(begin: 0, end: 2, entries: entries))
        return try ReadModelReader(dataDirectories: [folder.path])
    }

    @Test func everyClaimLeadsToItsSentence() throws {
        let folder = try TemporaryFolder()
        let report = try Report(
            try reader(in: folder),
            DirectiveFilter(organization: "市水利局"),
            title: nil,
            question: "organisation 市水利局",
            time: "2023-09-01T00:00:00Z"
        )
        #expect(report.count == 4)
        #expect(report.byMonth.map(\.name) == ["2023-05", "2023-06", "2023-07", "2023-08"])
        #expect(report.byMonth.map(\.value) == [3, 0, 0, 1])
        let page = ReportPage(report).html
        let links = Set(page.matches(of: /href="#(b-[^"]+)"/).map { String($0.1) })
        let places = page.matches(of: /id="(b-[^"]+)"/).map { String($0.1) }
        #expect(links == ["b-a1-0", "b-a1-1", "b-a1-2", "b-b2-0"])
        #expect(places.sorted() == links.sorted())
        #expect(page.contains("<mark id=\"b-b2-0\">市水利局要值守</mark>。"))
    }

    @Test func thePageNeedsNothingAndTrustsNothing() throws {
        let folder = try TemporaryFolder()
        let report = try Report(try reader(in: folder), DirectiveFilter(), title: "<i>", question: "\"&", time: "t")
        let page = ReportPage(report).html
        #expect(!page.contains("<script"))
        #expect(!page.contains("javascript:"))
        #expect(!page.contains("<i>"))
        #expect(page.contains("会议 &lt;b&gt;&quot;一&quot;&lt;/b&gt;"))
        #expect(page.matches(of: /(src|href)="(?!#)[^"]*"/).isEmpty)
        #expect(!page.contains("@import") && !page.contains("url("))
    }

    @Test func aReportOfNothingIsAPage() throws {
        let folder = try TemporaryFolder()
        let report = try Report(
            try reader(in: folder),
            DirectiveFilter(organization: "没有"),
            title: nil,
            question: "",
            time: "t"
        )
        let page = ReportPage(report).html
        #expect(page.contains("Nothing was found."))
        #expect(page.hasSuffix("</html>\n"))
    }
}
