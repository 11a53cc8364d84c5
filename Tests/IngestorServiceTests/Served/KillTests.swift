import Foundation
import Kafka
import Synchronization
import TestSupport
import Testing

/// `kill -9` under several clients, while the broker comes and goes, hangs, and the disk fills up: what was answered with
/// 202 is in the topic, in order, and nothing that was refused is.
///
/// `BULLETINS_TEST_KILLS` sets the number of kills, `BULLETINS_TEST_SEED` moments and faults; `scripts/fault-run.sh` does
/// both.
@Suite("Kill -9", .serialized, .timeLimit(.minutes(60))) struct KillTests {
    static let kills = ProcessInfo.processInfo.environment["BULLETINS_TEST_KILLS"].flatMap(Int.init) ?? 8
    static let seed = ProcessInfo.processInfo.environment["BULLETINS_TEST_SEED"].flatMap(UInt64.init) ?? 1
    static let clients = 6

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A broker that can be taken away and given back.
    private struct Broker {
        let bootstrapServers: String
        let takeAway: @Sendable () throws -> Void
        /// Called only after the former.
        let giveBack: @Sendable () async throws -> Void
    }

    /// What happens around a kill.
    private enum Fault: String, CaseIterable {
        case killAlone = "kill alone"
        case brokerAway = "broker away"
        case diskFull = "disk full"
    }

    /// What the clients see of the service.
    private final class Scene: Sendable {
        private let state: Mutex<(ingestor: ServedIngestor?, isOver: Bool)>

        init(_ ingestor: ServedIngestor) { state = Mutex((ingestor, false)) }

        var ingestor: ServedIngestor? {
            get { state.withLock { $0.ingestor } }
            set { state.withLock { $0.ingestor = newValue } }
        }
        var isOver: Bool { state.withLock { $0.isOver } }

        func end() { state.withLock { $0.isOver = true } }
    }

    /// Bulletins of each client; small, so that hundreds of kills fit into the embedded broker's 5 MB a partition.
    private static let bulletinsPerClient = 40
    private static let topics = [("bulletins", 96), ("bulletins.rejected", 1)]

    @Test("At random moments, with a broker that comes and goes")
    func killed() async throws {
        let broker = try EmbeddedBroker(topics: Self.topics, logger: quiet)
        try await story(
            "broker stopped and started",
            kills: Self.kills - Self.kills / 4,
            Broker(
                bootstrapServers: broker.bootstrapServers,
                takeAway: { try ProcessStarts.held { try broker.setDown() } },
                giveBack: { try await setUp(broker) }
            )
        )
        await broker.close()
    }

    @Test("At random moments, with a broker that hangs (SIGSTOP)")
    func killedWhileTheBrokerHangs() async throws {
        let portFile = folder.path("broker.port")
        let arguments = ["broker", "--partitions", "96", "--port-file", portFile]
        let process = try RunningCommand("bulletins", arguments, in: folder)
        try await eventually("the broker listens") { FileManager.default.fileExists(atPath: portFile) }
        let bootstrap = try String(contentsOfFile: portFile, encoding: .utf8).trimmingCharacters(in: .newlines)
        try await story(
            "broker paused (SIGSTOP) and continued",
            kills: Self.kills / 4,
            Broker(
                bootstrapServers: bootstrap,
                takeAway: { process.signal(SIGSTOP) },
                giveBack: { process.signal(SIGCONT) }
            )
        )
        process.signal(SIGTERM)
        _ = try await process.finish()
    }

    private func story(_ name: String, kills: Int, _ broker: Broker) async throws {
        let disk = SmallDisk.isPossible ? try SmallDisk(at: folder.folder("disk"), megabytes: 48) : nil
        func start() async throws -> ServedIngestor {
            try await ServedIngestor(
                in: folder,
                broker: broker.bootstrapServers,
                outbox: disk.map { $0.path + "/outbox.sqlite" },
                ["--kafka", "socket.timeout.ms=2000"]
            )
        }
        let ledger = FaultLedger()
        var random = SeededGenerator(seed: Self.seed)
        var current = try await start()
        let scene = Scene(current)
        var faults: [Fault: Int] = [:]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<Self.clients { group.addTask { try await Self.send(client, scene, ledger) } }
            func pause(upTo milliseconds: Int) async throws {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<milliseconds, using: &random)))
            }
            for _ in 0..<kills {
                let before = ledger.acceptedCount
                try await eventually("clients get on") { ledger.acceptedCount > before + 3 }
                try await pause(upTo: 250)
                var fault = Fault.allCases.randomElement(using: &random) ?? .killAlone
                if disk == nil, fault == .diskFull { fault = .killAlone }
                faults[fault, default: 0] += 1
                switch fault {
                case .killAlone: break
                case .brokerAway: try broker.takeAway()
                case .diskFull: try disk?.fill()
                }
                try await pause(upTo: 100)
                scene.ingestor = nil
                try await current.kill()
                current = try await start()
                scene.ingestor = current
                try await pause(upTo: 200)
                if fault == .brokerAway { try await broker.giveBack() }
                try disk?.makeRoom()
            }
            scene.end()
            try await group.waitForAll()
        }
        try await current.drained()
        let ended = try await current.stop()
        #expect(ended.status == 0, "\(ended.messages)")
        let records = try await readTopic("bulletins", on: broker.bootstrapServers)
        let complaints = try ledger.complaints(about: records)
        #expect(complaints.isEmpty, "\(complaints.prefix(20))")
        #expect(ledger.acceptedCount > kills * 3)
        let doubled = records.count - Set(records.map { $0.key + String(decoding: $0.value, as: UTF8.self) }).count
        let summary = faults.map { "\($0.value) \($0.key.rawValue)" }.sorted().joined(separator: ", ")
        print(
            "\(name): \(kills) kills (\(summary)), seed \(Self.seed), answers \(ledger.summary);",
            "\(records.count) records, \(doubled) published twice, \(ledger.bulletins) bulletins"
        )
        disk?.remove()
    }

    /// A client: revision after revision of its own bulletins, whatever happens.
    private static func send(_ client: Int, _ scene: Scene, _ ledger: FaultLedger) async throws {
        var random = SeededGenerator(seed: seed &+ UInt64(client) &* 1_000)
        var revisions: [Int: Int] = [:]
        while !scene.isOver {
            let number = client * 1_000 + Int.random(in: 0..<bulletinsPerClient, using: &random)
            let revision = revisions[number, default: 0]
            guard let ingestor = scene.ingestor else {
                try await Task.sleep(for: .milliseconds(5))
                continue
            }
            do {
                let answer = try await ingestor.post(sample(number, revision: revision))
                ledger.answered("\(number)", revision, answer.status)
            } catch {
                ledger.brokeOff()
            }
            // Whether it was taken or not, the next one says something new.
            revisions[number] = revision + 1
        }
    }
}
