import CRdKafka
import Foundation
public import Logging
import Synchronization

/// Reads partitions, as a member of a group or on its own.
///
/// **Group member.** One dedicated thread, the event loop, calls ``subscribe(to:)``, ``poll(timeout:)`` again and
/// again, ``accept(assignment:)``, ``giveUp(_:)`` and ``close(timeout:)``. Each accepted partition gives a
/// ``PartitionQueue``, which one worker thread reads.
///
/// Rebalances are taken as librdkafka *events*, not through its callback: a callback would have to finish the workers'
/// transactions before it returns, and would block the event loop that long. With events librdkafka waits for the
/// answer while the loop goes on polling, so that workers end their transactions on their own threads, and polling goes
/// on within `max.poll.interval.ms`. Whether the group revokes everything or only some partitions (`range` or
/// `cooperative-sticky` in `partition.assignment.strategy`) makes no difference to the caller.
///
/// (librdkafka 2.0.2 counts reads of partition queues as polls, too, so `max.poll.interval.ms` guards against all
/// threads hanging, not against one hanging worker.)
///
/// **On its own.** ``assignManually(_:events:)`` takes partitions without a group; an event loop is needed only if the
/// caller says that it has one.
///
/// Defaults, all of which the configuration can override: `enable.auto.commit=false`,
/// `enable.auto.offset.store=false`, `auto.offset.reset=error`, `statistics.interval.ms=2000`,
/// `queued.max.messages.kbytes=16384` (for each partition).
public final class KafkaConsumer: Sendable {
    struct State {
        enum Phase { case idle, subscribed, manual, closed }

        var phase = Phase.idle
        var isPolling = false
        /// Whether the group has ever answered with an assignment, if an empty one.
        var hasBeenAssigned = false
        var assignment = AssignmentState()
        var queues: [TopicPartition: PartitionQueue] = [:]
        /// Commits whose result has not come yet; the key travels through librdkafka as the opaque pointer.
        var commits: [UInt: @Sendable (Result<Void, KafkaError>) -> Void] = [:]
        var nextCommit: UInt = 1
        /// Commits that wait until the group has been joined anew.
        var held: [HeldCommit] = []
    }

    /// A commit that librdkafka has not been given yet.
    struct HeldCommit {
        var offsets: [TopicPartition: Int64]
        var completions: [@Sendable (Result<Void, KafkaError>) -> Void]
    }

    let client: ClientHandle
    /// Where librdkafka puts everything but records.
    let events: QueueHandle
    let state = Mutex(State())
    /// What stands beside each offset that this consumer commits.
    let commitMetadata: String?
    private let hasGroup: Bool

    var context: ClientContext { client.context }

    /// Makes a consumer; connecting goes on in the background.
    ///
    /// - Parameter commitMetadata: a text that stands beside each offset that this consumer commits, for people and
    ///   tools; brokers take 4096 bytes by default (`offset.metadata.max.bytes`).
    /// - Throws: ``KafkaError`` of category `configuration` that names the setting.
    public init(
        configuration: KafkaConfiguration,
        commitMetadata: String? = nil,
        logger: Logger
    ) throws(KafkaError) {
        try configuration.validate()
        self.commitMetadata = commitMetadata
        hasGroup = configuration["group.id"] != nil
        let configuration = configuration.withDefaults([
            ("client.id", "bulletins-consumer"),
            // librdkafka's assign needs a group id even where no group is joined; this one is never joined.
            ("group.id", "bulletins-reader"),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", "error"),
            ("queued.max.messages.kbytes", "16384"),
            ("statistics.interval.ms", "2000"),
        ])
        let context = ClientContext(
            role: .consumer,
            logger: logger,
            bootstrapServers: configuration.bootstrapServers ?? ""
        )
        client = try ClientHandle(
            RD_KAFKA_CONSUMER,
            configuration: configuration,
            events: RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_OFFSET_COMMIT | RD_KAFKA_EVENT_ERROR
                | RD_KAFKA_EVENT_STATS,
            context: context
        )
        // Errors and statistics, too, shall arrive in the consumer's queue.
        try context.check(rd_kafka_poll_set_consumer(client.pointer), operation: "create Kafka consumer")
        guard let pointer = rd_kafka_queue_get_consumer(client.pointer) else {
            throw KafkaError(
                .wrongState,
                operation: "create Kafka consumer",
                reason: "librdkafka has no consumer queue"
            )
        }
        events = QueueHandle(pointer, client: client)
    }

    /// Joins the group of `group.id` for these topics.
    public func subscribe(to topics: [String]) throws(KafkaError) {
        let operation = "subscribe to \(topics.joined(separator: ", "))"
        guard hasGroup else {
            throw KafkaError(
                .invalidArgument,
                operation: operation,
                reason: "group.id is not set",
                nextStep: "set group.id: consumers of one group share the partitions"
            )
        }
        let isAllowed = state.withLock { state in
            switch state.phase {
            case .idle, .subscribed:
                state.phase = .subscribed
                return true
            case .manual, .closed:
                return false
            }
        }
        guard isAllowed else {
            throw KafkaError(.wrongState, operation: operation, reason: "the consumer is closed or assigned manually")
        }
        let list = PartitionList(topics.map { TopicPartition(topic: $0, partition: -1) })
        try context.check(rd_kafka_subscribe(client.pointer, list.pointer), operation: operation)
    }

    /// What this consumer owns now.
    public var assignment: Set<TopicPartition> { state.withLock { $0.assignment.owned } }

    /// Whether the group has given this member's partitions to others, known even before the event comes: open work
    /// should be discarded then.
    public var isAssignmentLost: Bool { rd_kafka_assignment_lost(client.pointer) != 0 }

    /// What is known about the brokers.
    public var health: KafkaHealth { context.health }

    /// Ends a blocked ``poll(timeout:)``, or else the next one. From any thread.
    public func wakePoll() { events.wake() }

    /// Where the partition's log starts and ends. Blocks.
    public func queryWatermarks(_ partition: TopicPartition, timeout: Duration) throws(KafkaError) -> Watermarks {
        try client.watermarks(of: partition, timeout: timeout)
    }

    /// Where the partition's log starts and ends as the last fetch had it; nil before the first. Asks nobody.
    public func knownWatermarks(_ partition: TopicPartition) -> Watermarks? {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_get_watermark_offsets(client.pointer, partition.topic, partition.partition, &low, &high)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 else { return nil }
        return Watermarks(low: max(0, low), high: high)
    }

    /// The cluster's id. Blocks.
    public func clusterID(timeout: Duration) throws(KafkaError) -> String {
        try client.clusterID(timeout: timeout)
    }

    /// The number of the topic's partitions. Blocks.
    ///
    /// - Throws: ``KafkaError`` of category `unknownTopicOrPartition` if there is no such topic (the embedded broker
    ///   creates it instead).
    public func partitionCount(of topic: String, timeout: Duration) throws(KafkaError) -> Int {
        try client.partitionCount(of: topic, timeout: timeout)
    }
}
