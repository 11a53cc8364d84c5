internal import ArgumentParser
internal import BulletinEvents
internal import CommandSupport
internal import Console
internal import ReadModel
internal import Reports

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Take bulletins out: as events, as pages of Markdown, as tables of CSV.",
        discussion: """
              bulletins export -o bulletins.ndjson
              bulletin-ingestor publish bulletins.ndjson
              bulletins export org:市水利局 --format markdown -o pages/
              bulletins export --format csv -o tables/

            ndjson holds all revisions and withdrawals as events, a line each;
            published again they make an identical read model. Markdown and CSV hold
            the current revisions of what is not withdrawn.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case ndjson, markdown, csv
    }

    @Argument(help: "Which bulletins, as in 'bulletins search'; all if missing.") var text: [String] = []
    @Option(help: "ndjson, markdown or csv.") var format = Format.ndjson
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A file for ndjson (default: standard output), a new folder for the others.",
            valueName: "path"
        ),
        completion: .file()
    )
    var output: String?
    @OptionGroup var data: SourceOptions

    func validate() throws {
        if format != .ndjson, output == nil { throw ValidationError("--format \(format) needs a folder: --output DIR") }
    }

    func run() async throws {
        let reader = try data.reader()
        let query = text.isEmpty ? nil : text.joined(separator: " ")
        switch format {
        case .ndjson:
            try OutputFile.write(output ?? "-") { file in
                try reader.forEachEvent(matching: query) { event in
                    try file.write(String(decoding: EventLine.encode(event), as: UTF8.self) + "\n")
                }
            }
        case .markdown:
            let folder = try OutputFolder(output ?? "")
            try reader.forEachBulletin(matching: query) { bulletin in
                try folder.write(MarkdownExport.fileName(of: bulletin)) { file in
                    try file.write(MarkdownExport.page(of: bulletin))
                }
            }
        case .csv:
            try TableExport.write(to: try OutputFolder(output ?? "")) { body in
                try reader.forEachBulletin(matching: query, body)
            }
        }
    }
}
