import Foundation
import Kafka
import Synchronization
import TestSupport
import Testing

/// `kill -9` under several clients: what was answered with 202 is in the topic, in order, and nothing else is.
///
/// `BULLETINS_TEST_KILLS` sets the number of kills, `BULLETINS_TEST_SEED` the moments; `scripts/fault-run.sh` does both.
@Suite("Kill -9", .serialized, .timeLimit(.minutes(20))) struct KillTests {
    static let kills = ProcessInfo.processInfo.environment["BULLETINS_TEST_KILLS"].flatMap(Int.init) ?? 5
    static let seed = ProcessInfo.processInfo.environment["BULLETINS_TEST_SEED"].flatMap(UInt64.init) ?? 1
    static let clients = 6

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

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

    @Test("At random moments, with a broker that comes and goes")
    func killed() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 24), ("bulletins.rejected", 1)], logger: quiet)
        let ledger = FaultLedger()
        var random = SeededGenerator(seed: Self.seed)
        var current = try await ServedIngestor(in: folder, broker: broker.bootstrapServers)
        let scene = Scene(current)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<Self.clients {
                group.addTask {
                    var random = SeededGenerator(seed: Self.seed &+ UInt64(client) &* 1_000)
                    var revisions: [Int: Int] = [:]
                    while !scene.isOver {
                        let number = client * 1_000 + Int.random(in: 0..<Self.bulletinsPerClient, using: &random)
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
            for kill in 0..<Self.kills {
                let before = ledger.acceptedCount
                try await eventually("clients get on") { ledger.acceptedCount > before + 3 }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<250, using: &random)))
                scene.ingestor = nil
                try await current.kill()
                // Every third time the broker is away at the kill and comes back some time after the restart.
                if kill % 3 == 1 { try broker.setDown() }
                current = try await ServedIngestor(in: folder, broker: broker.bootstrapServers)
                scene.ingestor = current
                if kill % 3 == 2 { try broker.setUp() }
            }
            try broker.setUp()
            scene.end()
            try await group.waitForAll()
        }
        try await current.drained()
        let ended = try await current.stop()
        #expect(ended.status == 0, "\(ended.messages)")
        let records = try await readTopic("bulletins", on: broker.bootstrapServers)
        let complaints = try ledger.complaints(about: records)
        #expect(complaints.isEmpty, "\(complaints.prefix(20))")
        #expect(ledger.acceptedCount > Self.kills * 3)
        let doubled = records.count - Set(records.map { $0.key + String(decoding: $0.value, as: UTF8.self) }).count
        print(
            "kills: \(Self.kills), seed: \(Self.seed), answers: \(ledger.summary), records: \(records.count),",
            "published twice: \(doubled), bulletins: \(ledger.bulletins)"
        )
        await broker.close()
    }
}
