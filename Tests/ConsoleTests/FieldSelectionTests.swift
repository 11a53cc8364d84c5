import Testing

@testable import Console

/// `--fields`: which fields are printed.
struct FieldSelectionTests {
    private struct Record: Codable, Sendable {
        struct Part: Codable, Sendable { var text: String, size: Int? }
        var id = "a"
        var part = Part(text: "x,y", size: nil)
        var parts = [Part(text: "一", size: 1), Part(text: "二", size: 2)]
        var names = ["p", "q"]
        var flag = true
    }

    private func printed(_ list: String, as format: OutputFormat, rows: Int = 1) throws -> String {
        let sink = MemorySink()
        let output = ConsoleOutput(capturing: sink, capacity: 65_536)
        let columns = [Column<Record>("id", tablePrefix: 1) { $0.id }, Column("count") { $0.parts.count }]
        let fields = try #require(FieldSelection(list))
        var printer = RecordPrinter(format: format, columns: columns, to: output, fields: fields)
        for _ in 0..<rows { try printer.print(Record()) }
        try printer.finish()
        return sink.text
    }

    @Test func fieldsArePickedByPathInTheirOrder() throws {
        #expect(try printed("flag,id", as: .ndjson) == "{\"flag\":true,\"id\":\"a\"}\n")
        #expect(
            try printed(" part.text , parts.size,part.size ", as: .ndjson)
                == "{\"part.text\":\"x,y\",\"parts.size\":[1,2],\"part.size\":null}\n"
        )
        #expect(try printed("parts", as: .ndjson).hasPrefix("{\"parts\":[{\"text\":\"一\""))
    }

    @Test func columnsShowThemToo() throws {
        #expect(
            try printed("names,part.text,id,flag", as: .csv) == "names,part.text,id,flag\r\np; q,\"x,y\",a,true\r\n"
        )
        #expect(
            try printed("parts.text,count", as: .markdown) == "| parts.text | count |\n| --- | --- |\n| 一; 二 | 2 |\n"
        )
        #expect(try printed("parts.size,id", as: .table) == "parts.size  id\n1; 2        a\n")
    }

    @Test func anUnknownFieldIsWrongUsage() throws {
        let error = #expect(throws: CommandError.self) { try printed("idd", as: .json) }
        #expect(error?.exitStatus == .usage)
        #expect(error?.message == "there is no field 'idd'; did you mean id?")
        #expect(throws: CommandError.self) { try printed("part.nothing", as: .csv) }
        // Nothing is known of the fields of no record.
        #expect(try printed("idd", as: .json, rows: 0) == "[]\n")
        #expect(FieldSelection(" , ") == nil)
    }

    @Test func barsAreAsLongAsTheirValues() {
        #expect(BarChart.bar(8, of: 8, width: 4) == "████")
        #expect(BarChart.bar(4, of: 8, width: 4) == "██")
        #expect(BarChart.bar(1, of: 1000, width: 4) == "▏")
        #expect(BarChart.bar(0, of: 8, width: 4) == "")
        #expect(BarChart.sparkline([0, 1, 8, 4]) == " ▁█▄")
    }
}
