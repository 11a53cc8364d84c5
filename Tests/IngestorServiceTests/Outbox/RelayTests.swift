import Foundation
import Kafka
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import IngestorService

/// Against librdkafka's own broker, which can be taken down and told to fail.
@Suite("Relay", .timeLimit(.minutes(20))) struct RelayTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("outbox.sqlite")
    }

    private func configuration(_ broker: EmbeddedBroker) -> RelayConfiguration {
        RelayConfiguration(
            kafka: KafkaConfiguration(bootstrapServers: broker.bootstrapServers, properties: [("linger.ms", "5")]),
            topic: "t",
            rejectedTopic: "t.rejected",
            partitions: 4,
            replicationFactor: 1
        )
    }

    /// Runs a relay beside `body` and ends it as SIGTERM would.
    private func withRelay(
        _ outbox: Outbox,
        _ broker: EmbeddedBroker,
        _ body: (Relay) async throws -> Void
    ) async throws {
        let relay = Relay(outbox: outbox, configuration: configuration(broker), logger: quiet)
        let group = ServiceGroup(services: [relay], logger: quiet)
        async let running: Void = group.run()
        try await body(relay)
        await group.triggerGracefulShutdown()
        try await running
    }

    private func sequences(_ broker: EmbeddedBroker) async throws -> [String: [String]] {
        var order: [String: [String]] = [:]
        for record in try await readTopic("t", on: broker.bootstrapServers) {
            order[record.key, default: []].append(String(decoding: record.value.prefix { $0 != 0x78 }, as: UTF8.self))
        }
        return order
    }

    @Test("A broker is heard while there is nothing to publish")
    func idle() async throws {
        let broker = try EmbeddedBroker(topics: [("t", 4), ("t.rejected", 1)], logger: quiet)
        let outbox = try await open(path)
        try await withRelay(outbox, broker) { relay in
            try await eventually("it is heard at the start") { relay.health?.lastHeardFromBroker != nil }
            // Connecting is over by then; from there on only questions of its own tell that the broker is there.
            let later = Date().addingTimeInterval(5)
            try await eventually(within: .seconds(90), "it is heard again") {
                relay.health?.lastHeardFromBroker ?? .distantPast > later
            }
        }
        await broker.close()
    }

    @Test("Everything arrives once and in order, over a broker that goes away and comes back")
    func outage() async throws {
        let broker = try EmbeddedBroker(topics: [("t", 4), ("t.rejected", 1)], logger: quiet)
        let outbox = try await open(path)
        for revision in 0..<5 { _ = try await outbox.submit((0..<40).map { entry("b\($0)", revision: revision) }) }
        try await withRelay(outbox, broker) { relay in
            try await eventually("it begins to publish") { outbox.status.pendingRecords < 200 }
            try ProcessStarts.held { try broker.setDown() }
            for revision in 5..<8 { _ = try await outbox.submit((0..<40).map { entry("b\($0)", revision: revision) }) }
            try await eventually("it notices") { relay.health?.isBrokerReachable == false }
            #expect(outbox.status.pendingRecords > 0)
            try await setUp(broker)
            try await eventually(within: .seconds(300), "the backlog drains") { outbox.status.pendingRecords == 0 }
        }
        await outbox.close()
        let order = try await sequences(broker)
        #expect(order.count == 40)
        for (id, values) in order { #expect(values == (0..<8).map { "\(id) \($0) " }) }
        await broker.close()
    }

    @Test("Errors of the broker that pass are sat out, in order")
    func brokerErrors() async throws {
        let broker = try EmbeddedBroker(topics: [("t", 4), ("t.rejected", 1)], logger: quiet)
        try broker.pushRequestErrors(
            [.topicAuthorizationFailed, .notLeaderForPartition, .topicAuthorizationFailed, .notEnoughReplicas],
            request: .produce
        )
        let outbox = try await open(path)
        for revision in 0..<4 { _ = try await outbox.submit((0..<10).map { entry("b\($0)", revision: revision) }) }
        try await withRelay(outbox, broker) { _ in
            try await eventually(within: .seconds(300), "all is published") { outbox.status.pendingRecords == 0 }
        }
        await outbox.close()
        let order = try await sequences(broker)
        #expect(order.count == 10)
        for (id, values) in order { #expect(values == (0..<4).map { "\(id) \($0) " }) }
        await broker.close()
    }

    @Test("An event that Kafka will never take is set aside with the reason, and holds nobody up")
    func tooLarge() async throws {
        let broker = try EmbeddedBroker(topics: [("t", 4), ("t.rejected", 1)], logger: quiet)
        let outbox = try await open(path)
        _ = try await outbox.submit([entry("large", size: 9_000_000), entry("large", revision: 1), entry("small")])
        try await withRelay(outbox, broker) { _ in
            try await eventually("the others are published") { outbox.status.pendingRecords == 0 }
        }
        #expect(outbox.status.refusedRecords == 1)
        #expect(try await outbox.delivery(of: "large")?.status == .delivered)
        await outbox.close()
        let order = try await sequences(broker)
        #expect(order["large"] == ["large 1 "])
        #expect(order["small"] == ["small 0 "])
        await broker.close()
    }

    @Test("What is left when the service ends goes out at the next start")
    func restart() async throws {
        let broker = try EmbeddedBroker(topics: [("t", 4), ("t.rejected", 1)], logger: quiet)
        try ProcessStarts.held { try broker.setDown() }
        let outbox = try await open(path)
        _ = try await outbox.submit((0..<20).map { entry("b\($0)") })
        try await withRelay(outbox, broker) { _ in }
        #expect(outbox.status.pendingRecords == 20)
        await outbox.close()
        try await setUp(broker)
        let again = try await open(path)
        try await withRelay(again, broker) { _ in
            try await eventually(within: .seconds(300), "all is published") { again.status.pendingRecords == 0 }
        }
        await again.close()
        let order = try await sequences(broker)
        #expect(order.count == 20 && order.allSatisfy { $0.value == ["\($0.key) 0 "] })
        await broker.close()
    }
}
