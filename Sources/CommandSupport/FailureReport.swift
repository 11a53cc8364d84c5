public import Console
public import Ingestor

extension IntakeFailures {
    /// Prints a line for each failure that was kept and throws the sum, which ends the command. Does nothing if there is
    /// no failure. `inputs` is the number of documents and inputs that these are some of.
    public func throwIfAny(of inputs: Int, reporter: ErrorReporter) throws {
        guard let worst = kinds.map(ErrorTranslation.status).max(by: { Self.rank($0) < Self.rank($1) }) else { return }
        if count == 1, inputs <= 1, let only = first.first { throw CommandError("\(only)", exitStatus: worst) }
        for failure in first { reporter.warn("\(failure)") }
        if count > first.count { reporter.warn("and \(count - first.count) more") }
        let rest = count >= inputs ? "nothing was taken" : "the others were taken"
        throw CommandError("\(count) of \(inputs) inputs failed; \(rest)", exitStatus: worst)
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
