import CRdKafka
import Foundation

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

    /// - Parameter metadata: what a commit of these offsets carries beside each.
    init(_ offsets: [TopicPartition: Int64], metadata: String? = nil) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
        for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            guard let element = rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition) else {
                continue  // It never is nil.
            }
            element.pointee.offset = offset
            // The list frees it.
            guard let metadata, let copy = strdup(metadata) else { continue }
            element.pointee.metadata = UnsafeMutableRawPointer(copy)
            element.pointee.metadata_size = strlen(copy)
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    struct Element {
        var partition: TopicPartition
        var offset: Int64
        var metadata: String?
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
                metadata: element.metadata.map { bytes in
                    let bytes = UnsafeRawBufferPointer(start: bytes, count: element.metadata_size)
                    return String(decoding: bytes, as: UTF8.self)
                },
                error: element.err
            )
        }
    }
}
