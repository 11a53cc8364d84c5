import BulletinParser
import TestSupport
import Testing

@testable import Ingestor

@Suite struct DumpTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func documents(_ text: String, in name: String) throws -> [Result<InputDocument, IntakeFailure>] {
        InputText.documents(try folder.write(text, to: name))
    }

    private func content(_ json: String) throws -> ParserInput {
        let document = try #require(try documents(json, in: "one.json").first)
        return try #require(try document.get().input)
    }

    @Test func fieldsAreMappedWhateverTheirCase() throws {
        let input = try content(
            #"""
            {"Title": "标题", "CONTENT": "正文", "publish_time": "2020-10-17", "content-source": "县府办", "Author": ["甲", "乙"],
             "url": "http://example.org/1", "siteName": "某县人民政府", "views": 3, "tags": [1, {"a": null}], "ok": true}
            """#
        )
        #expect(String(decoding: input.bytes, as: UTF8.self) == "正文")
        #expect(
            input.stated
                == .init(title: "标题", source: "县府办", date: "2020-10-17", author: "甲 乙", site: "某县人民政府")
        )
        #expect(input.url == "http://example.org/1")
        #expect(input.mediaType == .unknown)
    }

    @Test func markupWinsOverTextAndEmptyFieldsDoNotCount() throws {
        let both = try content(#"{"text": "a", "html": "<p>b</p>"}"#)
        #expect(both.mediaType == .html)
        #expect(try content(#"{"html": " ", "text": null, "body": "a", "title": ""}"#).stated.title == nil)
        #expect(try content(#"{"text": ["一", "二"]}"#).bytes == Array("一\n二".utf8))
    }

    @Test(arguments: [
        ("1602892800", "2020-10-17 08:00:00"), ("1602892800000", "2020-10-17 08:00:00"),
        ("\"2020-10-16T16:30:00Z\"", "2020-10-17 00:30:00"), ("\"2020-10-17T00:30:00+08:00\"", "2020-10-17 00:30:00"),
        ("\"2020-10-16T16:30:00.250Z\"", "2020-10-17 00:30:00"), ("20201017", "20201017"),
        ("\"2020年10月17日\"", "2020年10月17日"), ("\"昨天\"", "昨天"),
    ])
    func datesOfMachinesAreBroughtToBeijing(written: String, expected: String) throws {
        #expect(try content(#"{"text": "a", "date": \#(written)}"#).stated.date == expected)
    }

    @Test func aBrokenLineCostsItselfOnly() throws {
        let lines = "{\"text\":\"一\"}\n\n{\"text\": \"二\n{\"text\":\"三\"} x\r\n{\"text\":\"四\"}"
        let documents = try documents(lines, in: "d.ndjson")
        let path = folder.path("d.ndjson")
        #expect(documents.names == ["\(path), line 1", "\(path), line 5"])
        #expect(
            documents.failures.map(\.description) == [
                "\(path), line 3: the text that begins here has no end (column 10, byte 25); mend it or leave it out",
                "\(path), line 4: something stands behind the object (column 16, byte 45); mend it or leave it out",
            ]
        )
    }

    @Test func listsAndRowsOfObjectsAreCutWithoutHoldingThemAll() throws {
        let path = folder.path("d.json")
        #expect(
            try documents(#"[{"text": "一, ]}\"{"}, {"text": "二"}]"#, in: "d.json").names
                == ["\(path), item 1", "\(path), item 2"]
        )
        #expect(
            try documents("{\n\"text\": \"一\"\n}\n{\"text\": \"二\"}", in: "d.json").names == [
                path, "\(path), object 2",
            ]
        )
        #expect(try documents("{\"text\":\"一\"}\n{\"text\":\"二\"}\n", in: "d.json").names.last == "\(path), line 2")
    }

    @Test(arguments: [
        ("{\"text\": \"a\",}", "a name or text in double quotes is expected (line 1, column 14, byte 13)"),
        ("{\n \"text\": tru }", "a value is expected (line 2, column 10, byte 11)"),
        ("{\"text\": \"a\\x\"}", "there is no such escape (line 1, column 12, byte 11)"),
        ("{\"text\": \"\\ud800\"}", "half of a surrogate pair (line 1, column 11, byte 10)"),
        ("{\"text\": 01}", "a number may not begin with 0 (line 1, column 10, byte 9)"),
        ("{\"text\": \"a\"", "the object breaks off here (line 1, column 13, byte 12)"),
        ("nothing", "a JSON object is expected, beginning with { (line 1, column 1, byte 0)"),
        (
            "{\"title\": \"a\"}",
            "the object has no field text, content or html with a text in it (line 1, column 1, byte 0)"
        ),
        ("{\"text\": {}}", "the field text must be a text, not an object (line 1, column 1, byte 0)"),
    ])
    func errorsNameLineAndByte(json: String, message: String) throws {
        #expect(try documents(json, in: "d.json").failures.map(\.message) == [message + "; mend it or leave it out"])
    }

    @Test func escapesAreUndone() throws {
        let input = try content(#"{"text": "\u4e00\n\ud842\udfb7\/\t\"\\"}"#)
        #expect(String(decoding: input.bytes, as: UTF8.self) == "一\n𠮷/\t\"\\")
    }

    @Test func deepNestingIsRefusedNotTrapped() throws {
        let deep = #"{"text": "# + String(repeating: "[", count: 200_000)
        #expect(try documents(deep, in: "d.jsonl").failures.count == 1)
    }

    @Test func oneLineThatIsTooLongFailsAlone() throws {
        var limits = InputLimits()
        limits.documentBytes = 30
        let path = try folder.write(
            "{\"text\":\"\(String(repeating: "x", count: 40))\"}\n{\"text\":\"二\"}\n",
            to: "d.jsonl"
        )
        let documents = InputText.documents(path, limits: limits)
        #expect(documents.names == ["\(path), line 2"])
        #expect(documents.failures.map(\.name) == ["\(path), line 1"])
    }

    /// A stream is read in parts of 64 KiB: lines that end with one, begin with one and span several.
    @Test func linesAreWholeWhereverThePartsOfAStreamEnd() throws {
        let frame = "{\"text\":\"\"}".utf8.count
        for length in [65_535, 65_536, 65_537, 131_072, 200_000] {
            let long = String(repeating: "a", count: length - frame)
            let lines = "{\"text\":\"\(long)\"}\n \r\n{\"text\":\"\(long)b\"}\n{\"text\":\"c\"}"
            let documents = try documents(lines, in: "long.ndjson")
            let path = folder.path("long.ndjson")
            #expect(documents.names == ["\(path), line 1", "\(path), line 3", "\(path), line 4"])
            let texts = documents.compactMap { try? $0.get().input?.bytes }
            #expect(texts == [long, long + "b", "c"].map { Array($0.utf8) })
        }
    }

    @Test func aDumpInAnotherEncodingIsRead() throws {
        // {"text":"会议"} in GBK.
        let bytes: [UInt8] = Array("{\"text\":\"".utf8) + [0xBB, 0xE1, 0xD2, 0xE9] + Array("\"}".utf8)
        let path = try folder.write(bytes, to: "gbk.json")
        #expect(try InputText.all(of: .success(InputFile(path: path))) == ["会议"])
    }

    @Test func whatIsStatedWinsAndTheDifferenceIsKept() throws {
        let json = """
            {"title": "县政府召开防汛会议", "source": "县融媒体中心", "date": "2021-06-03",
             "text": "全县防汛工作会议召开\\n发布时间：2021-06-04 来源：县水利局\\n6月3日，全县防汛工作会议召开，县长李明远出席会议并讲话。"}
            """
        let document = try #require(try documents(json, in: "d.json").first).get()
        let bulletin = try DocumentReader().parse(document).get().bulletin
        #expect(bulletin.title == "县政府召开防汛会议")
        #expect(bulletin.source == "县融媒体中心")
        #expect(bulletin.publishedOn?.description == "2021-06-03")
        #expect(bulletin.paragraphs == ["6月3日，全县防汛工作会议召开，县长李明远出席会议并讲话。"])
        #expect(
            bulletin.text.conflicts == [
                .init(field: "title", stated: "县政府召开防汛会议", found: "全县防汛工作会议召开"),
                .init(field: "source", stated: "县融媒体中心", found: "县水利局"),
                .init(field: "publishedOn", stated: "2021-06-03", found: "2021-06-04"),
            ]
        )
    }
}
