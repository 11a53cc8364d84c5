internal import Dispatch

/// The documents of several inputs in their order, and where each input ends.
struct IntakeSteps: IteratorProtocol {
    enum Step: Sendable {
        case document(InputDocument)
        case failure(IntakeFailure)
        case endOfInput
    }

    /// Steps that are handed on at once.
    private static let batchSteps = 16

    private var inputs: IndexingIterator<[Result<InputFile, IntakeFailure>]>
    private var current: InputDocuments?

    init(_ inputs: [Result<InputFile, IntakeFailure>]) {
        self.inputs = inputs.makeIterator()
    }

    mutating func next() -> Step? {
        if current == nil {
            guard let input = inputs.next() else { return nil }
            current = InputDocuments(in: input)
        }
        switch current?.next() {
        case .success(let document): return .document(document)
        case .failure(let failure): return .failure(failure)
        case nil:
            current = nil
            return .endOfInput
        }
    }

    /// The next step, and those behind it that need not be waited for; none at the end.
    mutating func nextBatch() -> [Step] {
        var steps: [Step] = []
        while let step = next() {
            steps.append(step)
            guard steps.count < Self.batchSteps, current?.hasNextAtHand == true else { break }
        }
        return steps
    }
}

/// Reads inputs on a thread of its own: a disk may be slow, and a pipe may wait for ever.
actor IntakeQueue {
    private let queue: ReadingQueue
    private var steps: IntakeSteps

    init(_ inputs: [Result<InputFile, IntakeFailure>]) {
        queue = ReadingQueue()
        steps = IntakeSteps(inputs)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    func next() -> [IntakeSteps.Step] { steps.nextBatch() }
}

private final class ReadingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "bulletins.intake")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
