internal import ArgumentParser
internal import BulletinEvents
internal import CommandSupport
internal import Console
internal import Foundation
internal import ReadModel

/// What every query takes.
struct QueryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of the read model, repeatable (default: BULLETINS_DATA_DIR, else ./data).",
            valueName: "dir"
        )
    )
    var dataDir: [String] = []

    @OptionGroup var output: OutputOptions

    /// Opens the read model. Throws `ReadModelError` for a missing folder, `CommandError` for an empty one.
    func reader() throws -> ReadModelReader {
        let folders = dataDir.isEmpty ? environmentFolders : dataDir
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

    private var environmentFolders: [String] {
        let folders = ProcessInfo.processInfo.environment["BULLETINS_DATA_DIR"]?.split(separator: ":").map(String.init)
        return folders.flatMap { $0.isEmpty ? nil : $0 } ?? ["./data"]
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
