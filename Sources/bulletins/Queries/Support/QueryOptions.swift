internal import ArgumentParser
internal import BulletinEvents
internal import CommandSupport
internal import Console
internal import Foundation
internal import ReadModel

/// What every query takes.
struct QueryOptions: ParsableArguments {
    @OptionGroup var data: SourceOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Fields to print, separated by commas, as JSON names them; a dot leads into an object.",
            valueName: "name,…"
        ),
        transform: Self.fieldSelection
    )
    var fields: FieldSelection?

    @Flag(help: "Say on standard error as of when, and of which offset of each partition, the answer holds.")
    var asOf = false

    @Flag(help: "Print to the terminal at once, without a pager.")
    var noPager = false

    private static func fieldSelection(_ list: String) throws -> FieldSelection {
        guard let selection = FieldSelection(list) else { throw ValidationError("--fields names no field") }
        return selection
    }

    /// Opens the read model; see ``SourceOptions/reader()``.
    func reader() throws -> ReadModelReader { try data.reader() }

    /// Prints rows that `reader` gave.
    func print<Row: Encodable & SendableMetatype>(_ rows: [Row], _ columns: [Column<Row>], from reader: ReadModelReader)
        throws
    {
        startPager()
        try output.print(rows, columns, fields: fields)
        sayAsOf(reader)
    }

    /// Prints a text made for people.
    func print(_ text: String, from reader: ReadModelReader) throws {
        startPager()
        try ConsoleOutput.standardOutput.write(text)
        sayAsOf(reader)
    }

    /// Puts a pager before the terminal, unless told otherwise or the output is meant for a program.
    func startPager() {
        if !noPager, output.resolvedFormat == .table { Pager.start() }
    }

    /// Says what `--as-of` asks for.
    func sayAsOf(_ reader: ReadModelReader) {
        guard asOf else { return }
        let places = reader.asOf.map { "\($0.topic)[\($0.partition)] offset \($0.nextOffset)" }
        note("as of \(Date.now.formatted(.iso8601)): \(places.joined(separator: ", "))")
    }

    /// Tells a person something beside the answer.
    func note(_ message: String) {
        ErrorReporter(program: "bulletins").note(message)
    }

    /// Tells a person who sees the rows that there are more, and how to see them.
    func noteMore(_ what: String, after cursor: String) {
        guard ConsoleOutput.standardOutput.isTerminal, ConsoleOutput.standardError.isTerminal else { return }
        note("\(what); the next ones: --after \(cursor)")
    }

    /// Tells what was probably meant where a name that was asked for is none.
    func suggest(_ name: String?, _ kind: NameKind, _ reader: ReadModelReader) throws {
        guard let name else { return }
        let wanted = ReadModelReader.folded(name)
        let names = try reader.names(kind)
        guard !names.contains(where: { $0.folded.contains(wanted) }) else { return }
        let closest = Suggestion.closest(to: wanted, among: names.map(\.folded))
        let meant =
            closest.flatMap { folded in names.first { $0.folded == folded }?.name } ?? endingLike(wanted, names)
        note("no \(Self.word(kind)) is named '\(name)'\(meant.map { "; did you mean \($0)?" } ?? "")")
    }

    /// A name whose end was probably meant: organs begin with their place (县应急管理局), which is not always said.
    private func endingLike(_ wanted: String, _ names: [(name: String, folded: String)]) -> String? {
        // Two characters of three are near to anything.
        guard wanted.count > 3 else { return nil }
        let longer = names.filter { $0.folded.count > wanted.count }
        let end = Suggestion.closest(to: wanted, among: longer.map { String($0.folded.suffix(wanted.count)) })
        return end.flatMap { end in longer.first { $0.folded.hasSuffix(end) }?.name }
    }

    private static func word(_ kind: NameKind) -> String {
        switch kind {
        case .organization: "organisation"
        case .person: "person"
        case .source: "source"
        case .document: "document"
        }
    }
}

/// How many rows are printed; 0 means all.
struct LimitOption: ParsableArguments {
    @Option(help: "Rows at most; 0 for all.")
    var limit = 50

    var value: Int? { limit == 0 ? nil : limit }

    /// One more than is shown, to know whether there are more.
    var probe: Int? { value.map { min($0, .max - 1) + 1 } }

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit is 0 (all) or a positive number, not \(limit)") }
    }
}

/// A period, both days included.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("First day, YYYY-MM-DD.", valueName: "date"), transform: Self.date)
    var since: BulletinDate?

    @Option(help: ArgumentHelp("Last day, YYYY-MM-DD.", valueName: "date"), transform: Self.date)
    var until: BulletinDate?

    private static func date(_ text: String) throws -> BulletinDate {
        guard let date = BulletinDate(text), date.year != nil else {
            throw ValidationError("'\(text)' is no date of the form YYYY-MM-DD")
        }
        return date
    }
}
