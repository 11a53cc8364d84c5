import Foundation
import Testing

@testable import Console

struct Row: Codable, Equatable, Sendable {
    var id: String
    var count: Int
    var title: String?
}

@Suite("Printing records")
struct RecordPrinterTests {
    private static let columns: [Column<Row>] = [
        Column("id", title: "Id") { $0.id },
        Column("count", title: "Count") { $0.count },
        Column("title", title: "Title", isFlexible: true) { $0.title },
    ]

    private func printed(
        _ rows: [Row],
        as format: OutputFormat,
        isTerminal: Bool = false,
        isColored: Bool = false,
        width: Int? = nil
    ) throws -> String {
        let sink = MemorySink()
        let output = ConsoleOutput(capturing: sink, isTerminal: isTerminal, capacity: 65_536)
        var printer = RecordPrinter(
            format: format,
            columns: Self.columns,
            to: output,
            isColored: isColored,
            width: width
        )
        for row in rows { try printer.print(row) }
        try printer.finish()
        return sink.text
    }

    private let rows = [Row(id: "a1", count: 7, title: "區衛健局"), Row(id: "b", count: 1_234, title: nil)]

    @Test("JSON is one array, also when it is empty")
    func json() throws {
        let text = try printed(rows, as: .json)
        #expect(try JSONDecoder().decode([Row].self, from: Data(text.utf8)) == rows)
        #expect(try printed([], as: .json) == "[]\n")
    }

    @Test("ndjson is one object a line, also where the data has line breaks")
    func ndjson() throws {
        let text = try printed(rows + [Row(id: "c\n\u{2028}", count: 0)], as: .ndjson)
        let lines = text.split(separator: "\n")
        #expect(lines.first == #"{"id":"a1","count":7,"title":"區衛健局"}"#)
        #expect(lines.dropFirst().first == #"{"id":"b","count":1234,"title":null}"#)
        #expect(lines.count == 3)
        #expect(try printed([], as: .ndjson).isEmpty)
    }

    @Test("CSV quotes what it must and guards against formulas")
    func csv() throws {
        let text = try printed(
            [
                Row(id: "a,b", count: -5, title: "say \"hi\""), Row(id: "line\nbreak", count: 0, title: nil),
                Row(id: "=1+1", count: 1, title: "@SUM(A1)"), Row(id: "-x", count: 1, title: "+x,y"),
                Row(id: "\tx", count: 1, title: "\rx"),
            ],
            as: .csv
        )
        #expect(
            text == "id,count,title\r\n\"a,b\",-5,\"say \"\"hi\"\"\"\r\n\"line\nbreak\",0,\r\n'=1+1,1,'@SUM(A1)\r\n"
                + "'-x,1,\"'+x,y\"\r\n'\tx,1,\"'\rx\"\r\n"
        )
        #expect(try printed([], as: .csv) == "id,count,title\r\n")
    }

    @Test("Markdown shows text as text")
    func markdown() throws {
        let text = try printed([Row(id: "a|b", count: 1, title: "<b>*x*\r\ny\u{1B}[0m")], as: .markdown)
        #expect(
            text == "| Id | Count | Title |\n| --- | --- | --- |\n"
                + "| a\\|b | 1 | &lt;b&gt;\\*x\\*<br>y\\\\u{1B}\\[0m |\n"
        )
    }

    @Test("Tables align Han characters, right-align numbers and end lines without spaces")
    func table() throws {
        #expect(
            try printed(rows, as: .table) == """
                Id  Count  Title
                a1      7  區衛健局
                b    1234

                """
        )
        #expect(try printed([], as: .table).isEmpty)
    }

    @Test("A table fits its width; flexible columns give way first", arguments: [12, 15, 20, 40])
    func tableFits(width: Int) throws {
        let long = Row(id: "id", count: 12_345, title: String(repeating: "區衛健局 ", count: 20))
        let text = try printed([long], as: .table, width: width)
        for line in text.split(separator: "\n") {
            #expect(TerminalText.width(of: String(line)) <= max(width, 15))
        }
        #expect(text.contains("12345"))
        #expect(text.contains("…"))
    }

    @Test("Into a pipe nothing is cut")
    func tableInPipe() throws {
        let title = String(repeating: "區", count: 500)
        try #require(ProcessInfo.processInfo.environment["COLUMNS"] == nil)
        #expect(try printed([Row(id: "a", count: 1, title: title)], as: .table).contains(title))
    }

    @Test("A table of any length comes out whole")
    func longTable() throws {
        let many = (0..<1_203).map { Row(id: "r\($0)", count: $0, title: "t") }
        let lines = try printed(many, as: .table).split(separator: "\n")
        #expect(lines.count == 1_204)
        #expect(lines.last?.hasPrefix("r1202") == true)
    }

    @Test("Later cells: names and numbers are never cut, flexible columns are", arguments: [nil, 40])
    func laterCells(width: Int?) throws {
        let many = (0..<600).map { Row(id: "r\($0)", count: $0, title: "t") }
        let late = Row(id: "a-later-name", count: 123_456_789, title: String(repeating: "區", count: 50))
        let line = try printed(many + [late], as: .table, width: width).split(separator: "\n").last
        #expect(line?.hasPrefix("a-later-name  123456789  ") == true)
        #expect(line?.hasSuffix("…") == (width != nil))
    }

    @Test("No control character of the data reaches a terminal, in any format", arguments: OutputFormat.allCases)
    func isSafe(format: OutputFormat) throws {
        let evil = "x\u{1B}]0;pwned\u{7}\u{9B}2J\u{202E}y\rz"
        let text = try printed([Row(id: evil, count: 1, title: evil)], as: format, isTerminal: true)
        let shown = text.unicodeScalars.filter { $0 != "\n" }
        // CSV ends its records with CRLF.
        let controls = shown.filter { TerminalText.isUnsafe($0) && !(format == .csv && $0 == "\r") }
        #expect(controls.isEmpty)
        #expect(text.contains("pwned"))
    }

    @Test("Colours: bold header and highlighted marks when they are on, plain text when they are off")
    func colors() throws {
        struct Hit: Encodable { var text: String }
        func table(isColored: Bool) throws -> String {
            let sink = MemorySink()
            var printer = RecordPrinter<Hit>(
                format: .table,
                columns: [Column("text") { HighlightedText($0.text, marks: [1..<3]) }],
                to: ConsoleOutput(capturing: sink),
                isColored: isColored
            )
            try printer.print(Hit(text: "一二三四"))
            try printer.finish()
            return sink.text
        }
        #expect(try table(isColored: false) == "text\n一二三四\n")
        #expect(try table(isColored: true) == "\u{1B}[1mtext\u{1B}[0m\n一\u{1B}[1;33m二三\u{1B}[0m四\n")
    }

    @Test("Marks are counted in scalars, merged and clipped")
    func marks() {
        let text = HighlightedText("e\u{301}ab", marks: [2..<3, 0..<2, 3..<99, 50..<60, 1..<1])
        #expect(text.marks == [0..<4])
        #expect(HighlightedText("abc", marks: [1..<2]).runs.map(\.text) == ["a", "b", "c"])
        #expect(
            TextStyle(isEnabled: true).render(HighlightedText("a\u{1B}b", marks: [2..<3]))
                == "a\\u{1B}\u{1B}[1;33mb\u{1B}[0m"
        )
    }
}
