import Foundation
import Kafka
import Logging
import Synchronization
import TestSupport
import Testing

/// Commits while the group is joined anew, which a real coordinator answers otherwise than the embedded one.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: ApacheKafka.bootstrapServers != nil, "needs a Kafka that BULLETINS_TEST_BOOTSTRAP names")
)
struct GroupCommitTests {
    /// A member that commits what it owns, again and again.
    private final class Member: Sendable {
        struct State {
            var owned: Set<TopicPartition> = []
            var losses = 0
            var offset: Int64 = 0
            var isStopping = false
        }

        let state = Mutex(State())

        func run(_ kafka: KafkaConfiguration, topic: String) async throws {
            try await DedicatedThread.run(name: "member") { [self] in
                let consumer = try KafkaConsumer(configuration: kafka, logger: LogLines().logger())
                try consumer.subscribe(to: [topic])
                while !state.withLock(\.isStopping) {
                    try answer(try consumer.poll(timeout: .milliseconds(5)), consumer)
                    let (owned, offset) = state.withLock { state in
                        state.offset += 1
                        return (state.owned, state.offset)
                    }
                    for partition in owned { try consumer.commit([partition: offset]) { _ in } }
                }
                try consumer.close(timeout: .seconds(10))
            }
        }

        private func answer(_ event: ConsumerEvent?, _ consumer: KafkaConsumer) throws {
            switch event {
            case .rebalance(.assigned(let partitions)):
                _ = try consumer.accept(assignment: Dictionary(uniqueKeysWithValues: partitions.map { ($0, 0) }))
                state.withLock { $0.owned.formUnion(partitions) }
            case .rebalance(.revoked(let partitions)), .rebalance(.lost(let partitions)):
                if case .rebalance(.lost) = event { state.withLock { $0.losses += 1 } }
                state.withLock { $0.owned.subtract(partitions) }
                try consumer.giveUp(partitions)
            case .failure, nil: break
            }
        }
    }

    @Test func whoCommitsWhileOthersJoinKeepsItsPartitions() async throws {
        let bench = try ApacheKafka()
        try await bench.createTopic(partitions: 6)
        let (fast, slow, late) = (Member(), Member(), Member())
        let (topic, servers) = (bench.topic, bench.bootstrapServers)
        func run(_ member: Member, heartbeat: String) async throws {
            let kafka = KafkaConfiguration(
                bootstrapServers: servers,
                properties: [
                    ("group.id", topic), ("partition.assignment.strategy", "cooperative-sticky"),
                    ("session.timeout.ms", "10000"), ("heartbeat.interval.ms", heartbeat),
                ]
            )
            try await member.run(kafka, topic: topic)
        }
        func owns(_ member: Member, _ count: Int) -> Bool { member.state.withLock { $0.owned.count == count } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await run(fast, heartbeat: "200") }
            group.addTask { try await run(slow, heartbeat: "3000") }
            try await eventually("two share the partitions") { owns(fast, 3) && owns(slow, 3) }
            // The fast one asks to join at once, and is answered when the slow one has asked, too.
            group.addTask { try await run(late, heartbeat: "200") }
            try await eventually("three share the partitions") { owns(fast, 2) && owns(slow, 2) && owns(late, 2) }
            let kept = fast.state.withLock(\.owned)
            #expect(fast.state.withLock(\.losses) == 0 && slow.state.withLock(\.losses) == 0)
            // What was held back has been committed since.
            let offset = fast.state.withLock(\.offset)
            try await eventually("commits go on") {
                let committed = try await bench.admin.committed(group: topic, Array(kept), timeout: .seconds(5))
                return kept.allSatisfy { committed[$0] ?? 0 > offset }
            }
            for member in [fast, slow, late] { member.state.withLock { $0.isStopping = true } }
            try await group.waitForAll()
        }
    }
}
