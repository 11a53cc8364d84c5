public import Console
public import Ingestor

/// How inputs that failed are told: a line each, then one that sums up and ends the command.
public enum IntakeFailures {
    /// Lines printed at most; a folder of a million broken files is no reason to flood a terminal.
    static let linesPrinted = 50

    /// Prints a line per failure and throws the sum. Does nothing if there is no failure.
    public static func throwIfAny(_ failures: [IntakeFailure], of inputs: Int, reporter: ErrorReporter) throws {
        guard let worst = failures.map(ErrorTranslation.status).max(by: { rank($0) < rank($1) }) else { return }
        if failures.count == 1, inputs <= 1 { throw CommandError("\(failures[0])", exitStatus: worst) }
        for failure in failures.prefix(linesPrinted) { reporter.warn("\(failure)") }
        if failures.count > linesPrinted { reporter.warn("and \(failures.count - linesPrinted) more") }
        let rest = failures.count >= inputs ? "nothing was taken" : "the others were taken"
        throw CommandError("\(failures.count) of \(inputs) inputs failed; \(rest)", exitStatus: worst)
    }

    /// What an operator must mend first decides the exit code: the broker, then the disk, then the names, then data.
    private static func rank(_ status: ExitStatus) -> Int {
        switch status {
        case .unavailable: 4
        case .ioError: 3
        case .noInput: 2
        case .dataError: 1
        case .success, .usage, .internalError, .temporaryFailure: 0
        }
    }
}

extension [Result<InputFile, IntakeFailure>] {
    /// The inputs that could not be found.
    public var failures: [IntakeFailure] {
        compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
    }
}
