import Foundation
import Testing

@testable import Console

@Suite("Errors for people")
struct ErrorReporterTests {
    private func report(_ error: any Error) -> (Console.ExitStatus, String) {
        let sink = MemorySink()
        let reporter = ErrorReporter(program: "bulletins", output: ConsoleOutput(capturing: sink)) { error in
            (error as? CocoaError).map { _ in CommandError("translated", exitStatus: .dataError) }
        }
        return (reporter.report(error), sink.text)
    }

    @Test("One line with the program's name, and the error's status")
    func known() {
        let (status, text) = report(CommandError("no such folder: data", exitStatus: .noInput))
        #expect(status.rawValue == 66)
        #expect(text == "bulletins: error: no such folder: data\n")
    }

    @Test("What an error quotes cannot steer the terminal")
    func escapes() {
        let (_, text) = report(CommandError("bad \u{1B}[2J\nname", exitStatus: .usage))
        #expect(text == "bulletins: error: bad \\u{1B}[2J\\nname\n")
    }

    @Test("Unknown errors are internal ones, one line each")
    func unknown() {
        struct Odd: Error, CustomStringConvertible { var description: String { "odd\nthing" } }
        let (status, text) = report(Odd())
        #expect(status == .internalError)
        #expect(text == "bulletins: error: internal error, please report it: Odd: odd\\nthing\n")
        #expect(report(CancellationError()).0 == .temporaryFailure)
    }

    @Test("Errors of other modules are translated")
    func translated() {
        #expect(report(CocoaError(.fileNoSuchFile)).0 == .dataError)
    }

    @Test(
        "System errors on files have the status that says whose turn it is",
        arguments: [
            (ENOENT, CommandError.FileAccess.reading, Console.ExitStatus.noInput), (EACCES, .reading, .noInput),
            (EACCES, .writing, .ioError), (ENOSPC, .writing, .ioError), (EROFS, .writing, .ioError),
            (EIO, .reading, .ioError), (EBUSY, .writing, .temporaryFailure), (EMFILE, .reading, .temporaryFailure),
        ]
    )
    func files(code: Int32, access: CommandError.FileAccess, status: Console.ExitStatus) {
        let error = CommandError(cannot: "open", path: "data/x", code: code, access: access)
        #expect(error.exitStatus == status)
        #expect(error.message.hasPrefix("cannot open data/x: "))
    }

    @Test("The statuses are those of sysexits.h that the commands document")
    func statuses() {
        #expect(Console.ExitStatus.allCases.map(\.rawValue) == [0, 64, 65, 66, 69, 70, 74, 75])
    }

    @Test("Warnings and notes")
    func others() {
        let sink = MemorySink()
        let reporter = ErrorReporter(program: "b", output: ConsoleOutput(capturing: sink), isColored: true)
        reporter.warn("w")
        reporter.note("n")
        #expect(sink.text == "b: \u{1B}[1;33mwarning:\u{1B}[0m w\nb: n\n")
    }

    @Test("Suggestions: near names only")
    func suggestions() {
        let names = ["topic", "partitions", "group"]
        #expect(Suggestion.closest(to: "topci", among: names) == "topic")
        #expect(Suggestion.closest(to: "partition", among: names) == "partitions")
        #expect(Suggestion.closest(to: "TOPIC", among: names) == "topic")
        #expect(Suggestion.closest(to: "zzz", among: names) == nil)
        #expect(Suggestion.closest(to: "区卫建局", among: ["区卫健局", "区民政局"]) == "区卫健局")
        #expect(Suggestion.clause(for: "grup", among: names) == "; did you mean group?")
        #expect(Suggestion.clause(for: "", among: names).isEmpty)
        #expect(Suggestion.editDistance(Array("abcd"), Array("acbd")) == 1)
        #expect(Suggestion.editDistance(Array("kitten"), Array("sitting")) == 3)
    }
}
