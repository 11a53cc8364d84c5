import Foundation
import Kafka
import Logging
import ReadModel
import Synchronization
import TestSupport

/// One run: publish, injure, let everything come to rest, compare.
final class ChaosRun: Sendable {
    private let seed: UInt64
    private let duration: Duration
    private let partitions: Int
    private let indexers: Int
    private let rate: Int
    private let pause: ClosedRange<Int>
    private let burst: ClosedRange<Int>
    private let stallAfter: Duration
    private let only: String?
    private let folder: URL
    private let broker: EmbeddedBroker?
    private let brokerCommand: BrokerCommand?
    private let kafka: KafkaConfiguration
    private let topic: String
    private let fleet: IndexerFleet
    private let disk: SmallDisk?
    private let disturbances = Mutex<[Disturbance]>([])

    init(
        seed: UInt64,
        duration: Duration,
        partitions: Int,
        indexers: Int,
        rate: Int,
        pause: ClosedRange<Int>,
        burst: ClosedRange<Int>,
        stallAfter: Duration,
        only: String?,
        programs: URL,
        bootstrapServers: String?,
        brokerCommand: BrokerCommand?,
        folder: URL
    ) async throws {
        self.seed = seed
        self.duration = duration
        self.partitions = partitions
        self.indexers = indexers
        self.rate = rate
        self.pause = pause
        self.burst = burst
        self.stallAfter = stallAfter
        self.only = only
        self.folder = folder
        self.brokerCommand = brokerCommand
        let logger = Logger(label: "chaos")
        topic = bootstrapServers == nil ? "bulletins" : "bulletins-chaos-\(UInt32.random(in: 0...UInt32.max))"
        if let bootstrapServers {
            broker = nil
            kafka = KafkaConfiguration(bootstrapServers: bootstrapServers)
            let admin = try KafkaAdmin(configuration: kafka, logger: logger)
            _ = try await admin.createTopic(
                NewTopic(name: topic, partitions: partitions, configuration: NewTopic.keepsEverything),
                timeout: .seconds(30)
            )
        } else {
            let broker = try EmbeddedBroker(topics: [(topic, partitions), (topic + ".rejected", 1)], logger: logger)
            self.broker = broker
            kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        }
        fleet = IndexerFleet(
            program: programs.appending(path: "bulletin-indexer"),
            root: folder,
            bootstrapServers: kafka.bootstrapServers ?? "",
            topic: topic
        )
        disk = SmallDisk.isPossible ? try SmallDisk(at: fleet.folder(of: 1), megabytes: 256) : nil
    }

    /// Leaves the files for people to look at where the run has found something, and its disk nowhere.
    func finish(_ report: ChaosReport) throws {
        guard let disk else { return }
        if !report.isClean { try FileManager.default.copyItem(atPath: disk.path, toPath: disk.path + ".kept") }
        disk.remove()
    }

    private var access: BrokerAccess {
        if broker != nil { .embedded } else { brokerCommand == nil ? .none : .command }
    }

    func run() async throws -> ChaosReport {
        var report = ChaosReport(seed: seed)
        let publisher = try ChaosPublisher(kafka: kafka, topic: topic, partitions: partitions)
        for _ in 0..<indexers { try fleet.start() }
        async let publishing: Void = publisher.run(rate: rate, seed: seed &+ 1)
        try await injure(publisher, &report)
        try broker?.setUp()
        try broker?.setRoundTripTime(.zero)
        // A while without faults, in which everything has to come to rest while more is published.
        try await Task.sleep(for: .seconds(3))
        publisher.stop()
        try await publishing
        try await publisher.finish()
        for failure in publisher.failures { report.problems["lost", default: []].append("not published: \(failure)") }
        report.published = publisher.acknowledged
        report.producersReplaced = await publisher.replacements
        let oracle = try await DedicatedThread.run(name: "oracle") { [kafka, topic, partitions] in
            try LogOracle(kafka: kafka, topic: topic, partitions: partitions)
        }
        let caughtUp = try await waitUntilCaughtUp(oracle, folders: fleet.folders, &report)
        for failure in await fleet.stopAll() { report.problems["ended", default: []].append(failure) }
        try await compare(oracle, caughtUp: caughtUp, &report)
        let logs = try IndexerLogs(fleet.logs)
        report.commits = logs.commits.values.reduce(0) { $0 + $1.count }
        report.revokes = logs.revokes
        for overlap in logs.overlaps { report.problems["duplicated", default: []].append("applied twice: \(overlap)") }
        report.recoveries = logs.recoveries(after: disturbances.withLock { $0 }, partitions: partitions)
        report.longestStandstill = logs.longestStandstill
        await broker?.close()
        return report
    }

    // MARK: - Faults

    private func injure(_ publisher: ChaosPublisher, _ report: inout ChaosReport) async throws {
        var generator = SeededGenerator(seed: seed)
        let start = ContinuousClock.now
        let end = start.advanced(by: duration)
        var watch = ProgressWatch(partitions: partitions)
        var left = Int.random(in: burst, using: &generator)
        try await withThrowingTaskGroup(of: Void.self) { group in
            while ContinuousClock.now < end {
                let fault = Fault.next(&generator, broker: access)
                let pause = Duration.milliseconds(Int.random(in: pause, using: &generator))
                let length = Duration.milliseconds(Int.random(in: 500...3_500, using: &generator))
                if let only, !fault.kind.hasPrefix(only) { continue }
                if case .diskFull = fault, disk == nil { continue }
                report.faults[fault.kind, default: 0] += 1
                let time = String(format: "%6.1f", (.now - start) / .seconds(1))
                FileHandle.standardError.write(Data("\(time) s \(fault)\n".utf8))
                for fallen in try fleet.replaceFallen() { report.problems["ended", default: []].append(fallen) }
                switch fault {
                case .kill: if try kill(SIGKILL, &generator) { disturbed(fault.kind) }
                case .leave: if try kill(SIGTERM, &generator) { disturbed(fault.kind) }
                case .join:
                    if fleet.awake < indexers + 2 {
                        try fleet.start()
                        disturbed(fault.kind)
                    }
                case .freeze:
                    if broker != nil { try await fleet.settle() }
                    // One has to be left that works.
                    guard fleet.awake > 1, var member = fleet.take(&generator) else { break }
                    Foundation.kill(member.process.processIdentifier, SIGSTOP)
                    member.isFrozen = true
                    fleet.putBack(member)
                    disturbed("SIGSTOP")
                    let process = member.process.processIdentifier
                    group.addTask { [self] in
                        try await Task.sleep(for: IndexerFleet.sessionTimeout + length)
                        Foundation.kill(process, SIGCONT)
                        fleet.thaw(process)
                        disturbed("SIGCONT")
                    }
                case .brokerDown:
                    try ProcessStarts.held { try broker?.setDown() }
                    try await Task.sleep(for: length)
                    try broker?.setUp()
                    disturbed(fault.kind)
                case .brokerKilled, .brokerStopped:
                    if case .brokerKilled = fault {
                        try await brokerCommand?.run(.kill)
                    } else {
                        try await brokerCommand?.run(.stop)
                    }
                    try await Task.sleep(for: length)
                    try await brokerCommand?.run(.start)
                    disturbed(fault.kind)
                case .brokerSlow:
                    try broker?.setRoundTripTime(.milliseconds(Int.random(in: 50...500, using: &generator)))
                    try await Task.sleep(for: length)
                    try broker?.setRoundTripTime(.zero)
                    disturbed(fault.kind)
                case .requestErrors(let request, let code):
                    disturbed(fault.kind)
                    try broker?.pushRequestErrors(Array(repeating: code, count: 3), request: request)
                case .diskFull:
                    guard let disk else { break }
                    try await DedicatedThread.run(name: "filler") { try disk.fill() }
                    try await Task.sleep(for: length)
                    try disk.makeRoom()
                case .poison: try await publisher.poison(&generator)
                case .repetition: try await publisher.repeatSome(&generator)
                }
                try await Task.sleep(for: pause)
                left -= 1
                guard left == 0 else { continue }
                // Who sleeps wakes up first: that is a disturbance, too.
                try await group.waitForAll()
                try await awaitProgress(after: "\(fault) at\(time) s", &watch, &report)
                left = Int.random(in: burst, using: &generator)
            }
            try await group.waitForAll()
        }
    }

    private func disturbed(_ kind: String) {
        disturbances.withLock { $0.append(Disturbance(kind: kind, time: Date())) }
    }

    /// Waits until every partition has moved on since now; one that does not within the bound is a finding.
    private func awaitProgress(
        after fault: String,
        _ watch: inout ProgressWatch,
        _ report: inout ChaosReport
    ) async throws {
        let moment = Date()
        let deadline = ContinuousClock.now.advanced(by: stallAfter)
        while true {
            for fallen in try fleet.replaceFallen() { report.problems["ended", default: []].append(fallen) }
            try watch.read(fleet.logs.map(\.log))
            let standing = watch.standing(since: moment)
            if standing.isEmpty {
                report.settled += 1
                return
            }
            guard ContinuousClock.now < deadline else {
                report.problems["stalled", default: []].append(
                    "partitions \(standing) did not move for \(stallAfter) after \(fault)"
                )
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Ends one indexer and starts another; false if there was none.
    private func kill(_ signal: Int32, _ generator: inout SeededGenerator) throws -> Bool {
        guard let member = fleet.take(&generator) else { return false }
        Foundation.kill(member.process.processIdentifier, signal)
        try fleet.start()
        // Who was told to end does so by itself; it is waited for at the end.
        if signal != SIGKILL { fleet.putAside(member) }
        return true
    }

    // MARK: - Rest and comparison

    /// Waits until each partition has a copy that holds the whole log.
    private func waitUntilCaughtUp(
        _ oracle: LogOracle,
        folders: [String],
        _ report: inout ChaosReport
    ) async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: .seconds(120))
        while ContinuousClock.now < deadline {
            for fallen in try fleet.replaceFallen() { report.problems["ended", default: []].append(fallen) }
            let offsets = await Self.nextOffsets(folders)
            if oracle.ends.allSatisfy({ offsets[$0.key] ?? 0 >= $0.value }) { return true }
            try await Task.sleep(for: .milliseconds(300))
        }
        let offsets = await Self.nextOffsets(folders)
        for (partition, end) in oracle.ends.sorted(by: { $0.key < $1.key }) where offsets[partition] ?? 0 < end {
            report.problems["unseen", default: []].append(
                "partition \(partition): offsets \(offsets[partition] ?? 0) to \(end) after two minutes"
            )
        }
        return false
    }

    private static func nextOffsets(_ folders: [String]) async -> [Int32: Int64] {
        let found = try? await DedicatedThread.run(name: "offsets") {
            try ReadModelReader(dataDirectories: folders).partitions()
        }
        return Dictionary((found ?? []).map { ($0.partition, $0.nextOffset) }, uniquingKeysWith: max)
    }

    private func compare(_ oracle: LogOracle, caughtUp: Bool, _ report: inout ChaosReport) async throws {
        let folders = fleet.folders
        let (problems, compared, files) = try await DedicatedThread.run(name: "check") {
            var checker = FileChecker(oracle: oracle)
            var files = 0
            for location in try folders.flatMap({ try PartitionLocation.all(in: $0) }) {
                _ = try checker.check(location)
                files += 1
            }
            return (checker.problems, checker.compared, files)
        }
        report.problems.merge(problems) { $0 + $1 }
        report.compared = compared
        report.files = files
        guard caughtUp else { return }
        // Without faults: one indexer, a folder of its own.
        let clean = folder.appending(path: "clean").path
        let member = try fleet.start(folder: clean, group: "clean")
        let deadline = ContinuousClock.now.advanced(by: .seconds(120))
        while ContinuousClock.now < deadline {
            let offsets = await Self.nextOffsets([clean])
            if oracle.ends.allSatisfy({ offsets[$0.key] ?? 0 >= $0.value }) { break }
            try await Task.sleep(for: .milliseconds(200))
        }
        for failure in await fleet.stopAll() { report.problems["ended", default: []].append(failure) }
        _ = member
        let (one, other) = try await DedicatedThread.run(name: "digest") {
            (
                try ReadModelDigest.digest(dataDirectories: folders),
                try ReadModelDigest.digest(dataDirectories: [clean])
            )
        }
        for clean in other.partitions {
            // A copy without a record is a file that was made and never read into.
            let best = one.partitions.filter { $0.partition == clean.partition }.max { $0.nextOffset < $1.nextOffset }
            if best != clean {
                report.problems["digest", default: []].append("partition \(clean.partition): \(clean), \(best as Any)")
            }
        }
        if one.bulletins != other.bulletins { report.problems["digest", default: []].append("over all bulletins") }
    }
}
