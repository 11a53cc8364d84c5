import Foundation

/// The part of librdkafka's statistics (STATISTICS.md) that is watched here.
struct ClientStatistics: Decodable {
    struct Broker: Decodable {
        struct Window: Decodable {
            var avg: Int64
            var p99: Int64?
        }

        var nodeid: Int64
        var state: String
        /// Microseconds since the last answer, -1 if there was none.
        var rxidle: Int64?
        /// Round trip in microseconds over the last interval.
        var rtt: Window?
    }

    struct Topic: Decodable {
        struct Partition: Decodable {
            var partition: Int32
            // Keys as librdkafka writes them.
            var fetch_state: String?  // swift-format-ignore: AlwaysUseLowerCamelCase
            var consumer_lag: Int64?  // swift-format-ignore: AlwaysUseLowerCamelCase
        }

        var topic: String
        var partitions: [String: Partition]
    }

    var msg_cnt: Int64?  // swift-format-ignore: AlwaysUseLowerCamelCase
    var msg_size: Int64?  // swift-format-ignore: AlwaysUseLowerCamelCase
    var txmsgs: Int64?
    var txmsg_bytes: Int64?  // swift-format-ignore: AlwaysUseLowerCamelCase
    var rxmsgs: Int64?
    var rxmsg_bytes: Int64?  // swift-format-ignore: AlwaysUseLowerCamelCase
    var brokers: [String: Broker]?
    var topics: [String: Topic]?

    init?(json: UnsafeBufferPointer<UInt8>) {
        guard let decoded = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = decoded
    }

    /// Brokers whose connection is up, bootstrap entries included.
    var upBrokers: [Broker] { (brokers ?? [:]).values.filter { $0.state == "UP" } }

    /// Seconds since any broker with a live connection was heard, nil if none is up or none has answered.
    var shortestIdleOfUpBrokers: Double? {
        upBrokers.compactMap(\.rxidle).filter { $0 >= 0 }.min().map { Double($0) / 1_000_000 }
    }
}
