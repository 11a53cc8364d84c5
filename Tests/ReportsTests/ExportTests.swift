import BulletinEvents
import Console
import Foundation
import TestSupport
import Testing

@testable import Reports

/// What is written out can be read back.
struct ExportTests {
    private func bulletin() -> Bulletin {
        var bulletin = Bulletin(
            id: "81ac4ae3d7d352b5",
            kind: .notice,
            paragraphs: ["市水利局要#1 *监测*\u{1B}[31m。", "", "<b>结束</b>"],
            contentHash: String(repeating: "0", count: 64)
        )
        bulletin.title = "关于\"监测\"的通知\u{0}"
        bulletin.publishedOn = BulletinDate("2023-05-12")
        bulletin.directives = [
            Directive(sequence: 0, speakerText: "通知", responsible: ["市水利局"], text: "=监测", deadline: "月底前")
        ]
        return bulletin
    }

    @Test func anEventLineIsTheEvent() throws {
        let metadata = EventMetadata(
            id: "a\"b\n",
            source: "urn:test",
            type: EventType.published.rawValue,
            time: "2023-05-12T00:00:00Z",
            subject: "81ac4ae3d7d352b5"
        )
        for event in [
            Event.published(bulletin(), metadata),
            Event.withdrawn(
                Withdrawal(id: "81ac4ae3d7d352b5", reason: "错了"),
                EventMetadata(id: "w", source: "urn:test", type: EventType.withdrawn.rawValue)
            ),
        ] {
            let line = EventLine.encode(event)
            #expect(!line.contains(0x0A))
            let header = RejectedRecord.Header(
                name: "content-type",
                value: .init(Array("application/cloudevents+json".utf8))
            )
            let read = try line.withUnsafeBytes { try EventDecoder().decode(headers: [header], value: $0) }
            #expect(read == event)
        }
    }

    @Test func aMarkdownPageShowsTextAsText() throws {
        let page = MarkdownExport.page(of: bulletin())
        #expect(page.contains("id: \"81ac4ae3d7d352b5\"\n"))
        #expect(page.contains("市水利局要\\#1 \\*监测\\* \\[31m。"))
        #expect(page.contains("\\<b\\>结束\\</b\\>"))
        #expect(page.contains("- 通知 → 市水利局 \\[月底前\\]: =监测"))
        #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(MarkdownExport.fileName(of: bulletin()) == "2023/2023-05-12-81ac4ae3d7d3.md")
        var hostile = bulletin()
        hostile.id = "../../etc/passwd"
        hostile.publishedOn = BulletinDate("--05-12")
        #expect(MarkdownExport.fileName(of: hostile) == "undated/etcpasswd.md")
    }

    @Test func tablesAreWrittenWholeIntoAnEmptyFolder() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("tables")
        try TableExport.write(to: OutputFolder(path)) { try $0(bulletin()) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == TableExport.fileNames.sorted())
        let directives = try String(contentsOfFile: path + "/directives.csv", encoding: .utf8)
        // A clause that a spreadsheet would take for a formula is guarded.
        #expect(directives.contains("81ac4ae3d7d352b5,0,,通知,'=监测,月底前,false,,,\r\n"))
        #expect(throws: CommandError.self) { try OutputFolder(path) }
    }

    @Test func aFileThatFailsIsNotLeftBehind() throws {
        let folder = try TemporaryFolder()
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try OutputFile.write(folder.path("a.ndjson")) { file in
                try file.write("half")
                throw Stop()
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
