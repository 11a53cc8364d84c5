import CRdKafka
public import Logging
import Synchronization

/// A Kafka broker inside this process: librdkafka's mock cluster.
///
/// It listens on loopback only, keeps records in memory, and drops the oldest ones of a partition past 5 MB or 100,000
/// batches. It supports idempotent producers, groups and committed offsets; it doesn't support topic creation by
/// clients (unknown topics are made with four partitions on first use). Each instance has a cluster id of its own.
public final class EmbeddedBroker: Sendable {
    /// Owns the cluster and the client instance that librdkafka needs for it.
    private final class Cluster: @unchecked Sendable {  // Constant; the mock cluster locks itself.
        let pointer: OpaquePointer
        let client: ClientHandle

        init(pointer: OpaquePointer, client: ClientHandle) {
            self.pointer = pointer
            self.client = client
        }

        deinit { rd_kafka_mock_cluster_destroy(pointer) }
    }

    /// Kafka's request types, for ``pushRequestErrors(_:request:)``; the numbers are Kafka's API keys.
    public struct Request: RawRepresentable, Hashable, Sendable {
        /// The API key.
        public let rawValue: Int16
        /// Wraps an API key.
        public init(rawValue: Int16) { self.rawValue = rawValue }
        /// Produce.
        public static let produce = Self(rawValue: 0)
        /// Fetch.
        public static let fetch = Self(rawValue: 1)
        /// ListOffsets.
        public static let listOffsets = Self(rawValue: 2)
        /// Metadata.
        public static let metadata = Self(rawValue: 3)
        /// OffsetCommit.
        public static let offsetCommit = Self(rawValue: 8)
        /// OffsetFetch.
        public static let offsetFetch = Self(rawValue: 9)
        /// FindCoordinator.
        public static let findCoordinator = Self(rawValue: 10)
        /// JoinGroup.
        public static let joinGroup = Self(rawValue: 11)
        /// Heartbeat.
        public static let heartbeat = Self(rawValue: 12)
        /// InitProducerId.
        public static let initProducerID = Self(rawValue: 22)
    }

    /// Whether a cluster of this id is an embedded broker: librdkafka names its mock clusters so, and Apache Kafka's ids
    /// are 22 characters of base64.
    public static func isEmbedded(clusterID: String) -> Bool { clusterID.hasPrefix("mockCluster") }

    /// Where clients find it: `127.0.0.1:port`, comma-separated for several brokers.
    public let bootstrapServers: String
    private let cluster: Mutex<Cluster?>

    /// Starts brokers on free ports and creates topics.
    public init(
        brokers: Int = 1,
        topics: [(name: String, partitions: Int)] = [],
        logger: Logger
    ) throws(KafkaError) {
        guard (1...100).contains(brokers) else {
            throw KafkaError(.invalidArgument, operation: "start embedded broker", reason: "brokers must be 1 to 100")
        }
        let context = ClientContext(role: .embeddedBroker, logger: logger, bootstrapServers: "")
        let client = try ClientHandle(
            RD_KAFKA_PRODUCER,
            configuration: KafkaConfiguration().withDefaults([("client.id", "bulletins-embedded-broker")]),
            events: 0,
            context: context
        )
        guard let pointer = rd_kafka_mock_cluster_new(client.pointer, Int32(brokers)) else {
            throw KafkaError(
                .wrongState,
                operation: "start embedded broker",
                reason: "librdkafka could not listen on loopback"
            )
        }
        let cluster = Cluster(pointer: pointer, client: client)
        bootstrapServers = rd_kafka_mock_cluster_bootstraps(pointer).map { String(cString: $0) } ?? ""
        self.cluster = Mutex(cluster)
        for topic in topics { try createTopic(topic.name, partitions: topic.partitions) }
    }

    /// Creates a topic.
    public func createTopic(_ name: String, partitions: Int) throws(KafkaError) {
        let operation = "create topic \(name) on the embedded broker"
        guard (1...10_000).contains(partitions) else {
            throw KafkaError(.invalidArgument, operation: operation, reason: "partitions must be 1 to 10,000")
        }
        try call(operation) { rd_kafka_mock_topic_create($0, name, Int32(partitions), 1) }
    }

    /// Cuts all connections and takes no new ones, for one broker (ids from 1) or all.
    public func setDown(broker: Int32? = nil) throws(KafkaError) {
        try call("set embedded broker down") { rd_kafka_mock_broker_set_down($0, broker ?? -1) }
    }

    /// Takes connections again, for one broker or all.
    public func setUp(broker: Int32? = nil) throws(KafkaError) {
        try call("set embedded broker up") { rd_kafka_mock_broker_set_up($0, broker ?? -1) }
    }

    /// Delays every answer, for one broker or all.
    public func setRoundTripTime(_ time: Duration, broker: Int32? = nil) throws(KafkaError) {
        try call("set embedded broker's round trip time") {
            rd_kafka_mock_broker_set_rtt($0, broker ?? -1, time.timeoutMilliseconds)
        }
    }

    /// Makes the next requests of that type fail, one for each code in turn.
    public func pushRequestErrors(_ codes: [KafkaError.Code], request: Request) throws(KafkaError) {
        try call("push errors to the embedded broker") { cluster in
            rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, codes.count, codes.map(\.cValue))
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Stops the brokers; what they held is gone.
    public func close() async {
        // Destroying joins the cluster's thread.
        await DedicatedThread(name: "kafka-broker-close") { [self] in
            cluster.withLock { $0 = nil }
        }.join()
    }

    private func call(
        _ operation: String,
        _ body: (OpaquePointer) -> rd_kafka_resp_err_t
    ) throws(KafkaError) {
        // Under the lock: `close` must not destroy the cluster meanwhile.
        let code = cluster.withLock { $0.map { body($0.pointer) } ?? RD_KAFKA_RESP_ERR__DESTROY }
        try KafkaError.check(code, operation: operation)
    }
}
