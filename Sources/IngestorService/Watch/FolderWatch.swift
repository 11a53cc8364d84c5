internal import BulletinParser
internal import Foundation
internal import HTTPService
internal import Ingestor
internal import Kafka
internal import Logging
internal import Metrics
internal import ServiceLifecycle
internal import Synchronization

/// Takes in the files of a folder, each once it is whole, and moves it to `done/` or `rejected/` afterwards.
///
/// A file is moved when what it holds is on the disk of the outbox: a crash in between takes it in again, and that
/// changes nothing. What is amiss with the moment (a full disk, a full backlog) leaves it where it is.
final class FolderWatch: Service {
    /// The folder is looked into at least so often, whatever inotify says.
    static let lookInterval = Duration.seconds(10)
    /// Documents that are parsed side by side and share a transaction.
    static let chunk = 64
    /// Their bytes.
    static let chunkBytes = 16 << 20

    private let folder: WatchedFolder
    private let notifier: FolderNotifier
    private let settleTime: Duration
    private let documentBytes: Int
    private let intake: Intake
    private let logger: Logger
    private let isEnding = Mutex(false)

    /// Opens the folder. Throws ``WatchError``.
    init(path: String, settleTime: Duration, documentBytes: Int, intake: Intake, logger: Logger) throws(WatchError) {
        folder = try WatchedFolder(path: path)
        notifier = try FolderNotifier(path: path)
        self.settleTime = settleTime
        self.documentBytes = documentBytes
        self.intake = intake
        self.logger = logger
    }

    func run() async throws {
        let thread = DedicatedThread(name: "watch") { [self] in loop() }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await thread.join()
            } onGracefulShutdown: {
                self.end()
            }
        } onCancel: {
            self.end()
        }
    }

    private func end() {
        isEnding.withLock { $0 = true }
        notifier.wake()
    }

    private var mustEnd: Bool { isEnding.withLock { $0 } }

    // MARK: - On the thread

    private func loop() {
        logger.notice("watching a folder", metadata: ["folder": "\(folder.path)"])
        var queue = WatchQueue(settleTime: settleTime)
        var journal: WatchJournal?
        var isAmiss = false
        while !mustEnd {
            do throws(WatchError) {
                if journal == nil { journal = try folder.journal() }
                queue.look(try folder.look(), now: .now)
                let due = queue.due(at: .now)
                if let journal, !due.isEmpty {
                    defer { journal.survived(due.map(\.name)) }
                    try take(due, journal, &queue)
                }
                if isAmiss { logger.notice("the watched folder can be used again") }
                isAmiss = false
            } catch {
                if !isAmiss { logger.error("\(error)") }
                isAmiss = true
            }
            let latest = ContinuousClock.now + (isAmiss ? .seconds(5) : Self.lookInterval)
            let next = isAmiss ? latest : min(queue.nextDue(now: .now) ?? latest, latest)
            for name in notifier.wait(until: next) { queue.arrived(name) }
        }
    }

    /// A file that is being taken in.
    private struct Taking {
        let name: [UInt8]
        let fingerprint: WatchQueue.Fingerprint
        var accepted = 0
        var unchanged = 0
        var refused: [(document: String?, refusal: Refusal)] = []
        var refusedCount = 0
        /// Why it has to wait.
        var moment: Refusal?

        mutating func refuse(_ document: String?, _ refusal: Refusal) {
            refusedCount += 1
            if refused.count < WatchReason.listed { refused.append((document, refusal)) }
        }
    }

    /// Takes files in their order: documents of several share a transaction, and none overtakes another.
    private func take(
        _ due: [(name: [UInt8], fingerprint: WatchQueue.Fingerprint)],
        _ journal: WatchJournal,
        _ queue: inout WatchQueue
    ) throws(WatchError) {
        var chunk: [(file: Int, document: String, input: ParserInput)] = []
        var bytes = 0
        var files: [Taking] = []
        for (name, fingerprint) in due {
            if mustEnd { break }
            let badEnds = journal.badEnds(name)
            if badEnds > 0 {
                // Those before it must not be counted as its company once more.
                flush(&chunk, &bytes, &files)
                if files.contains(where: { $0.moment != nil }) { break }
                try settle(files, &queue)
                files = []
                journal.survived(due.map(\.name).filter { $0 != name && journal.badEnds($0) == 0 })
            }
            if badEnds >= WatchJournal.limit {
                var file = Taking(name: name, fingerprint: fingerprint)
                file.refuse(nil, .bringsTheServiceDown(times: badEnds))
                try settle([file], &queue)
                continue
            }
            journal.begin(name)
            guard let opened = folder.open(name) else {
                queue.finished(name)
                continue
            }
            switch opened {
            case .failure(let refusal):
                var file = Taking(name: name, fingerprint: fingerprint)
                if refusal.code.isFinal { file.refuse(nil, refusal) } else { file.moment = refusal }
                files.append(file)
            case .success(let file):
                files.append(Taking(name: name, fingerprint: file.fingerprint))
                let index = files.count - 1
                var limits = InputLimits()
                limits.documentBytes = documentBytes
                let text = String(decoding: name, as: UTF8.self)
                // The descriptor belongs to the documents from here on.
                var documents = InputDocuments(descriptor: file.descriptor, name: text, limits: limits)
                while !mustEnd, files[index].moment == nil, let document = documents.next() {
                    switch document {
                    case .failure(let failure):
                        files[index].refuse(failure.name == text ? nil : failure.name, Refusal(failure))
                    case .success(let document):
                        guard let input = document.input else {
                            let refusal = Refusal(
                                .unsupportedMediaType,
                                "it is an event already; load it with 'bulletin-ingestor publish'"
                            )
                            files[index].refuse(document.name == text ? nil : document.name, refusal)
                            continue
                        }
                        chunk.append((index, document.name, input))
                        bytes += input.bytes.count
                    }
                    if chunk.count >= Self.chunk || bytes >= Self.chunkBytes { flush(&chunk, &bytes, &files) }
                }
                // Half a file is taken in again from the start.
                if mustEnd { files[index].moment = files[index].moment ?? Refusal(.closing, "the service is ending") }
            }
            if files.contains(where: { $0.moment != nil }) { break }
            if badEnds > 0 || files.count >= Self.chunk { flush(&chunk, &bytes, &files) }
            if chunk.isEmpty {
                try settle(files, &queue)
                files = []
            }
        }
        flush(&chunk, &bytes, &files)
        try settle(files, &queue)
    }

    private func flush(
        _ chunk: inout [(file: Int, document: String, input: ParserInput)],
        _ bytes: inout Int,
        _ files: inout [Taking]
    ) {
        guard !chunk.isEmpty else { return }
        let documents = chunk.map { _, _, input in
            Result<IntakeDocument, Refusal>.success(IntakeDocument(input: input, trace: TraceParent()))
        }
        for ((file, document, _), result) in zip(chunk, waitFor(documents)) {
            switch result {
            case .success(let receipt):
                switch receipt.acceptance {
                case .accepted: files[file].accepted += 1
                case .unchanged: files[file].unchanged += 1
                }
            case .failure(let refusal) where refusal.code.isFinal:
                let name = String(decoding: files[file].name, as: UTF8.self)
                files[file].refuse(document == name ? nil : document, refusal)
            case .failure(let refusal): files[file].moment = files[file].moment ?? refusal
            }
        }
        chunk = []
        bytes = 0
    }

    /// This thread is made for waiting; the work is done on others.
    private func waitFor(_ documents: [Result<IntakeDocument, Refusal>]) -> [Result<Intake.Receipt, Refusal>] {
        let answer = Answer()
        Task { [intake] in answer.give(await intake.take(documents, by: .watch)) }
        return answer.wait()
    }

    /// Carries results from a task to a thread that waits for them.
    private final class Answer: Sendable {
        private let results = Mutex<[Result<Intake.Receipt, Refusal>]>([])
        private let semaphore = DispatchSemaphore(value: 0)

        func give(_ results: [Result<Intake.Receipt, Refusal>]) {
            self.results.withLock { $0 = results }
            semaphore.signal()
        }

        func wait() -> [Result<Intake.Receipt, Refusal>] {
            semaphore.wait()
            return results.withLock { $0 }
        }
    }

    /// Moves each file to where it belongs, if it is still the one that was read.
    private func settle(_ files: [Taking], _ queue: inout WatchQueue) throws(WatchError) {
        for file in files {
            let name = String(decoding: file.name, as: UTF8.self)
            if let moment = file.moment {
                queue.hold(now: .now)
                if moment.code != .closing {
                    logger.warning("a file has to wait", metadata: ["file": "\(name)", "why": "\(moment.detail)"])
                }
                continue
            }
            guard folder.isUnchanged(file.name, file.fingerprint) else {
                // Written to, or replaced, meanwhile: the next look finds it as a new one.
                queue.finished(file.name)
                continue
            }
            if file.refusedCount == 0 {
                try folder.finish(file.name)
                count("done")
                logger.info(
                    "a file was taken in",
                    metadata: [
                        "file": "\(name)", "accepted": "\(file.accepted)", "unchanged": "\(file.unchanged)",
                    ]
                )
            } else {
                let reason = WatchReason(
                    file: name,
                    accepted: file.accepted,
                    unchanged: file.unchanged,
                    refused: file.refused,
                    count: file.refusedCount
                )
                try folder.reject(file.name, reason: reason.json)
                count("rejected")
                logger.warning(
                    "a file was rejected",
                    metadata: [
                        "file": "\(name)", "why": "\(file.refused.first?.refusal.detail ?? "")",
                        "refused": "\(file.refusedCount)",
                    ]
                )
            }
            queue.finished(file.name)
        }
    }

    private func count(_ outcome: String) {
        Metrics.Counter(label: "bulletins_ingestor_watch_files_total", dimensions: [("outcome", outcome)]).increment()
    }
}
