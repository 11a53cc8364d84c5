internal import ArgumentParser
internal import BulletinEvents
internal import CommandSupport
internal import Console
internal import ReadModel

/// What every query takes.
struct QueryOptions: ParsableArguments {
    @OptionGroup var data: DataFolderOptions
    @OptionGroup var output: OutputOptions

    /// Opens the read model. Throws `ReadModelError` for a missing folder, `CommandError` for an empty one.
    func reader() throws -> ReadModelReader {
        let folders = try data.folders()
        let reader = try ReadModelReader(dataDirectories: folders)
        if reader.isEmpty {
            throw CommandError(
                "\(folders.joined(separator: ", ")): holds no indexed bulletins; fill it with "
                    + "'bulletins up --data-dir \(folders[0]) PATH'",
                exitStatus: .noInput
            )
        }
        return reader
    }
}

/// How many rows are printed; 0 means all.
struct LimitOption: ParsableArguments {
    @Option(help: "Rows at most; 0 for all.")
    var limit = 50

    var value: Int? { limit == 0 ? nil : limit }

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
