internal import Foundation

/// Reads inputs and prepares their documents on all cores, and hands the results on in the order of the inputs.
public struct ParallelIntake: Sendable {
    /// How many batches of documents are prepared at once.
    private let parallelism: Int

    /// An intake for `parallelism` cores; the number of processors if nil.
    public init(parallelism: Int? = nil) {
        self.parallelism = parallelism ?? ProcessInfo.processInfo.activeProcessorCount
    }

    private enum Event<Prepared: Sendable>: Sendable {
        case read([IntakeSteps.Step])
        case prepared(Int, [Outcome<Prepared>])
    }

    private enum Outcome<Prepared: Sendable>: Sendable {
        case document(Result<Prepared, IntakeFailure>)
        case endOfInput
    }

    /// Takes all documents of the inputs.
    ///
    /// - Parameters:
    ///   - prepare: what is done with a document, on any core and in any order.
    ///   - onDocument: what is done with what came of it, one after the other in the order of the inputs; documents that
    ///     cannot be read fail in their place.
    ///   - onEndOfInput: called behind the last document of each input.
    /// - Throws: `CancellationError` between two documents if the task is cancelled, and what `onDocument` throws.
    public func forEach<Prepared: Sendable>(
        of inputs: [Result<InputFile, IntakeFailure>],
        prepare: @escaping @Sendable (InputDocument) -> Result<Prepared, IntakeFailure>,
        onDocument: (Result<Prepared, IntakeFailure>) async throws -> Void,
        onEndOfInput: () -> Void = {}
    ) async throws {
        try await withThrowingTaskGroup(of: Event<Prepared>.self) { group in
            // A few batches more than processors are in work, so that none waits for a large one to be handed on. An
            // input may hold millions, or be a pipe that somebody writes into slowly: one batch is read at a time, and
            // holds what need not be waited for.
            let window = parallelism * 4
            let source = IntakeQueue(inputs)
            var isReading = false
            var isAtEnd = false
            var next = 0
            var nextToHandOn = 0
            var ready: [Int: [Outcome<Prepared>]] = [:]
            func readOn() {
                guard !isReading, !isAtEnd, next - nextToHandOn < window else { return }
                isReading = true
                group.addTask { .read(await source.next()) }
            }
            readOn()
            while let event = try await group.next() {
                switch event {
                case .read(let steps):
                    isReading = false
                    isAtEnd = steps.isEmpty
                    if isAtEnd { break }
                    let index = next
                    next += 1
                    group.addTask { .prepared(index, steps.map { Self.outcome(of: $0, prepare) }) }
                case .prepared(let index, let outcomes): ready[index] = outcomes
                }
                readOn()
                while let outcomes = ready.removeValue(forKey: nextToHandOn) {
                    nextToHandOn += 1
                    for outcome in outcomes {
                        try Task.checkCancellation()
                        switch outcome {
                        case .document(let prepared): try await onDocument(prepared)
                        case .endOfInput: onEndOfInput()
                        }
                    }
                }
                readOn()
            }
        }
    }

    private static func outcome<Prepared: Sendable>(
        of step: IntakeSteps.Step,
        _ prepare: (InputDocument) -> Result<Prepared, IntakeFailure>
    ) -> Outcome<Prepared> {
        switch step {
        case .document(let document): .document(prepare(document))
        case .failure(let failure): .document(.failure(failure))
        case .endOfInput: .endOfInput
        }
    }
}
