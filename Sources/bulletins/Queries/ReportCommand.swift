internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Foundation
internal import ReadModel
internal import Reports

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "One page of HTML on who was asked to do what: charts, timeline, sources.",
        discussion: """
              bulletins report --organization 市水利局 --since 2023-01-01 -o report.html

            The page needs nothing but itself: no network, no script. Each claim
            leads to its sentence in the bulletin.
            """
    )

    @OptionGroup var which: DirectiveOptions
    @Option(help: ArgumentHelp("The heading.", valueName: "text")) var title: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file (default: standard output).", valueName: "file"),
        completion: .file(extensions: ["html"])
    )
    var output: String?
    @OptionGroup var data: SourceOptions

    func run() async throws {
        let reader = try data.reader()
        let report = try Report(
            reader,
            which.filter,
            title: title,
            question: question,
            time: Date.now.formatted(.iso8601)
        )
        let page = ReportPage(report).html
        try OutputFile.write(output ?? "-") { try $0.write(page) }
    }

    private var question: String {
        let parts: [String?] = [
            which.organization.map { "organisation \($0)" }, which.speaker.map { "speaker \($0)" },
            which.text.map { "text \($0)" }, which.source.map { "source \($0)" },
            which.kind.map { "kind \($0.rawValue)" },
            which.withDeadline ? "with a deadline" : nil, which.period.since.map { "since \($0)" },
            which.period.until.map { "until \($0)" },
        ]
        let given = parts.compactMap { $0 }
        return given.isEmpty ? "all directives" : given.joined(separator: ", ")
    }
}
