@testable import Ingestor

/// What an input holds, for tests.
enum InputText {
    /// Names and results of all documents of an input.
    static func documents(
        _ path: String,
        limits: InputLimits = InputLimits()
    ) -> [Result<InputDocument, IntakeFailure>] {
        documents(.success(InputFile(path: path)), limits: limits)
    }

    static func documents(
        _ input: Result<InputFile, IntakeFailure>,
        limits: InputLimits = InputLimits()
    ) -> [Result<InputDocument, IntakeFailure>] {
        var iterator = InputDocuments(in: input, limits: limits)
        var all: [Result<InputDocument, IntakeFailure>] = []
        while let document = iterator.next() { all.append(document) }
        return all
    }

    /// The documents' texts; throws the first failure.
    static func all(of input: Result<InputFile, IntakeFailure>) throws -> [String] {
        try documents(input).map { String(decoding: try $0.get().input?.bytes ?? [], as: UTF8.self) }
    }
}

extension [Result<InputDocument, IntakeFailure>] {
    var names: [String] { compactMap { try? $0.get().name } }
    var failures: [IntakeFailure] { compactMap { if case .failure(let failure) = $0 { failure } else { nil } } }
}
