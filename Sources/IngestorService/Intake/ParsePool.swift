internal import BulletinParser
internal import Foundation
internal import HTTPService
internal import Kafka
internal import Synchronization

/// Parses on threads of its own, each document for a bounded time.
///
/// A parse cannot be stopped from outside. One that takes too long is given up: its caller gets an answer, its thread
/// goes on to the end and another takes its place, up to a bound.
final class ParsePool: Sendable {
    typealias Outcome = Result<PreparedDocument, Refusal>

    private final class Job: Sendable {
        private struct State {
            var reply: (@Sendable (Outcome) -> Void)?
            var started: ContinuousClock.Instant?
        }

        let document: IntakeDocument
        private let state: Mutex<State>

        init(_ document: IntakeDocument, reply: @escaping @Sendable (Outcome) -> Void) {
            self.document = document
            state = Mutex(State(reply: reply))
        }

        func start() { state.withLock { $0.started = .now } }

        /// True for the one call that answers.
        func finish(_ outcome: Outcome) -> Bool {
            let reply = state.withLock { state in
                defer { state.reply = nil }
                return state.reply
            }
            reply?(outcome)
            return reply != nil
        }

        func hasRun(for limit: Duration, at now: ContinuousClock.Instant) -> Bool {
            state.withLock { state in state.reply != nil && state.started.map { $0 + limit <= now } ?? false }
        }
    }

    private struct State {
        var queue = Fifo<Job>()
        var running: [ObjectIdentifier: Job] = [:]
        /// Threads that work on a job that was given up.
        var lost = 0
        var isClosed = false
    }

    private final class Core: Sendable {
        let state = Mutex(State())
        let work = DispatchSemaphore(value: 0)
        /// Wakes the watch when there is something to watch, or to end.
        let alarm = DispatchSemaphore(value: 0)
        let parser: BulletinParser
        let source: String
        let limit: Duration

        init(parser: BulletinParser, source: String, limit: Duration) {
            self.parser = parser
            self.source = source
            self.limit = limit
        }

        /// The life of a parsing thread.
        func loop() {
            while true {
                work.wait()
                let (job, isClosed) = state.withLock { state -> (Job?, Bool) in
                    let job = state.queue.removeFirst()
                    if let job { state.running[ObjectIdentifier(job)] = job }
                    return (job, state.isClosed)
                }
                guard let job else {
                    if isClosed { return }
                    continue
                }
                job.start()
                let outcome = Outcome { () throws(Refusal) in
                    try PreparedDocument(job.document, parser: parser, source: source)
                }
                let isLost = !job.finish(outcome)
                state.withLock { state in
                    state.running[ObjectIdentifier(job)] = nil
                    if isLost { state.lost -= 1 }
                }
                // Another thread has taken its place.
                if isLost { return }
            }
        }

        /// The life of the watching thread.
        func watch(replace: (Int) -> Void) {
            let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
            let interval = DispatchTimeInterval.milliseconds(min(max(Int(seconds * 250), 5), 250))
            while true {
                let (isIdle, isClosed) = state.withLock { ($0.running.isEmpty && $0.queue.isEmpty, $0.isClosed) }
                if isIdle, isClosed { return }
                if isIdle { alarm.wait() } else { _ = alarm.wait(timeout: .now() + interval) }
                let lost = expire()
                if lost > 0 { replace(lost) }
            }
        }

        /// Gives up what has run for too long; returns how many threads must be replaced.
        func expire() -> Int {
            let now = ContinuousClock.now
            let late = state.withLock { state in state.running.values.filter { $0.hasRun(for: limit, at: now) } }
            var lost = 0
            for job in late {
                let refusal = Refusal(.parseTimeout, "parsing it takes longer than \(limit); send it in parts")
                // Counted before the answer, so that the thread finds itself counted when it ends.
                state.withLock { $0.lost += 1 }
                if job.finish(.failure(refusal)) { lost += 1 } else { state.withLock { $0.lost -= 1 } }
            }
            return lost
        }
    }

    private let core: Core
    private let queueLimit: Int
    private let maximumLost: Int
    private let threads: Int

    /// - Parameters:
    ///   - parser: with the words it knows.
    ///   - source: the CloudEvents `source` of the events.
    ///   - threads: documents parsed at once.
    ///   - queueLimit: documents that may wait.
    ///   - timeLimit: how long one may take.
    init(parser: BulletinParser, source: String, threads: Int, queueLimit: Int, timeLimit: Duration) {
        let core = Core(parser: parser, source: source, limit: timeLimit)
        self.core = core
        self.queueLimit = queueLimit
        self.threads = threads
        maximumLost = threads * 4
        @Sendable func start(_ count: Int) {
            for _ in 0..<count { _ = DedicatedThread(name: "parse") { core.loop() } }
        }
        start(threads)
        _ = DedicatedThread(name: "parse-watch") { core.watch { start($0) } }
    }

    deinit { close() }

    /// Parses a document. Never throws; refuses with `overloaded` where too many wait, or threads are lost.
    func parse(_ document: IntakeDocument) async -> Outcome {
        await withCheckedContinuation { continuation in
            let job = Job(document) { continuation.resume(returning: $0) }
            let (refusal, wasIdle) = core.state.withLock { state -> (Refusal?, Bool) in
                if state.isClosed {
                    return (Refusal(.closing, "the service is ending: send it again in a moment"), false)
                }
                if state.queue.count >= queueLimit || state.lost >= maximumLost {
                    return (Refusal(.overloaded, "too many documents wait to be parsed: send it again soon"), false)
                }
                let wasIdle = state.queue.isEmpty && state.running.isEmpty
                state.queue.append(job)
                return (nil, wasIdle)
            }
            if let refusal {
                _ = job.finish(.failure(refusal))
            } else {
                core.work.signal()
                if wasIdle { core.alarm.signal() }
            }
        }
    }

    /// Whether so many threads hang in parses that were given up that nothing more is taken.
    var isExhausted: Bool { core.state.withLock { $0.lost } >= maximumLost }

    /// Takes no more, parses what is queued, ends the threads; those that are lost end when their parse does.
    func close() {
        core.state.withLock { $0.isClosed = true }
        for _ in 0..<threads { core.work.signal() }
        core.alarm.signal()
    }
}
