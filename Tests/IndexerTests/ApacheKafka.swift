import CRdKafka
import Foundation
import Logging
import TestSupport

@testable import Kafka

/// The Kafka that `BULLETINS_TEST_BOOTSTRAP` names, for what the embedded broker cannot do: to delete topics and records, to
/// compact, to make several partitions at once.
final class ApacheKafka: IndexerBench {
    static let bootstrapServers = ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"]

    let folder: TemporaryFolder
    let topic = "bulletins-test-" + UUID().uuidString.prefix(8).lowercased()
    let bootstrapServers: String
    let admin: KafkaAdmin

    init() throws {
        guard let servers = Self.bootstrapServers else { throw TestFailure("BULLETINS_TEST_BOOTSTRAP is not set") }
        folder = try TemporaryFolder()
        bootstrapServers = servers
        admin = try KafkaAdmin(
            configuration: KafkaConfiguration(bootstrapServers: servers),
            logger: Logger(label: "admin") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Makes the topic, also while one of its name is still being deleted.
    func createTopic(partitions: Int = 1, settings: [String: String] = [:]) async throws {
        let all = NewTopic.keepsEverything.merging(settings) { $1 }
        let topic = NewTopic(name: topic, partitions: partitions, configuration: all)
        try await eventually("the topic is made") {
            if case .created = try? await self.admin.createTopic(topic, timeout: .seconds(10)) { true } else { false }
        }
    }

    func deleteTopic() async throws {
        let (admin, topic) = (admin, topic)
        try await DedicatedThread.run(name: "delete-topic") {
            try admin.request(RD_KAFKA_ADMIN_OP_DELETETOPICS, operation: "delete topic", timeout: .seconds(20)) {
                options,
                queue in
                var topics: [OpaquePointer?] = [rd_kafka_DeleteTopic_new(topic)]
                rd_kafka_DeleteTopics(admin.client.pointer, &topics, 1, options, queue)
                rd_kafka_DeleteTopic_destroy(topics[0])
            } reading: { _ in
            }
        }
    }

    /// Moves the beginning of the log, as retention does.
    func deleteRecords(before offset: Int64, partition: Int32 = 0) async throws {
        let (admin, place) = (admin, TopicPartition(topic: topic, partition: partition))
        try await DedicatedThread.run(name: "delete-records") {
            try admin.request(RD_KAFKA_ADMIN_OP_DELETERECORDS, operation: "delete records", timeout: .seconds(20)) {
                options,
                queue in
                let list = PartitionList([place: offset])
                var requests: [OpaquePointer?] = [rd_kafka_DeleteRecords_new(list.pointer)]
                rd_kafka_DeleteRecords(admin.client.pointer, &requests, 1, options, queue)
                rd_kafka_DeleteRecords_destroy(requests[0])
            } reading: { _ in
            }
        }
    }
}
