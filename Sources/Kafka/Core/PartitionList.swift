import CRdKafka

/// Owns a C list of partitions with offsets.
struct PartitionList: ~Copyable {
    /// librdkafka's "no offset".
    static let invalidOffset: Int64 = -1001

    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ partitions: some Collection<TopicPartition>) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: partitions.count))
        for partition in partitions {
            rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
        }
    }

    init(_ offsets: [TopicPartition: Int64]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
        for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition).pointee.offset = offset
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    struct Element {
        var partition: TopicPartition
        var offset: Int64
        var error: rd_kafka_resp_err_t
    }

    var elements: [Element] { Self.elements(of: pointer) }

    /// The first error that librdkafka has set on an element.
    var firstError: Element? { elements.first { $0.error != RD_KAFKA_RESP_ERR_NO_ERROR } }

    /// Copies a borrowed list. Topic names that aren't UTF-8 are repaired, never refused.
    static func elements(of list: UnsafePointer<rd_kafka_topic_partition_list_t>?) -> [Element] {
        guard let list, let elements = list.pointee.elems else { return [] }
        return UnsafeBufferPointer(start: elements, count: Int(list.pointee.cnt)).map { element in
            Element(
                partition: TopicPartition(
                    topic: element.topic.map { String(cString: $0) } ?? "",
                    partition: element.partition
                ),
                offset: element.offset,
                error: element.err
            )
        }
    }
}
