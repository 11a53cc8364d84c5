internal import ArgumentParser
internal import BulletinEvents
internal import Kafka
internal import Logging
internal import ProcessUsage
internal import Synchronization

/// Reads a topic and decodes its records as an indexer does, and stores nothing: what `floor/kafka.c consume` does without
/// decoding.
@main
struct BulletinConsume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletin-consume",
        abstract: "Read and decode a topic from its start, a thread for each partition; print how fast it went.",
        discussion: "Prints the line of JSON that `kafka consume` of the floor prints, from the first record on."
    )

    @Argument var brokers: String
    @Argument var topic: String
    @Argument(help: "How many records the topic holds.") var count: Int
    @Flag(help: "Read the records, and do not decode them.") var onlyReads = false

    func run() throws {
        var kafka = KafkaConfiguration(bootstrapServers: brokers)
        // As in the floor.
        kafka["queued.max.messages.kbytes"] = "12288"
        kafka["enable.partition.eof"] = "true"
        let consumer = try KafkaConsumer(configuration: kafka, logger: Logger(label: "bulletin-consume"))
        let partitions = try consumer.partitionCount(of: topic, timeout: .seconds(10))
        var starts: [TopicPartition: Int64] = [:]
        for partition in 0..<Int32(partitions) { starts[TopicPartition(topic: topic, partition: partition)] = 0 }
        let tally = Tally()
        let decodes = !onlyReads
        let threads = try consumer.assignManually(starts).values.map { queue in
            DedicatedThread(name: "consume") {
                do { try tally.read(queue, decodes: decodes) } catch { tally.fail(error) }
            }
        }
        for thread in threads { thread.joinBlocking() }
        let sum = try tally.sum()
        guard sum.records == count, sum.refused == 0 else {
            throw ValidationError("\(sum.records) of \(count) records were read, \(sum.refused) cannot be decoded")
        }
        print(
            """
            {"records": \(sum.records), "bytes": \(sum.bytes), "processorSeconds": \(ProcessorTime.seconds), \
            "seconds": \(sum.seconds), "peakKilobytes": \(PeakMemory.kilobytes)}
            """
        )
    }
}

/// What all threads have read.
private final class Tally: Sendable {
    struct Sum {
        var records = 0
        var bytes = 0
        var refused = 0
        var first: ContinuousClock.Instant?
        var last: ContinuousClock.Instant?

        var seconds: Double {
            guard let first, let last else { return 0 }
            return (last - first) / .seconds(1)
        }
    }

    private let state = Mutex<Result<Sum, any Error>>(.success(Sum()))

    func fail(_ error: any Error) { state.withLock { $0 = .failure(error) } }

    func sum() throws -> Sum { try state.withLock { try $0.get() } }

    /// Reads a partition to its end.
    func read(_ queue: PartitionQueue, decodes: Bool) throws {
        let decoder = EventDecoder()
        while true {
            let batch = try queue.read(maxRecords: 500, maxBytes: 8 << 20, timeout: .seconds(10))
            let begin = ContinuousClock.now
            var bytes = 0
            var events: [Event] = []
            events.reserveCapacity(batch.count)
            for record in batch {
                bytes += record.valueCount
                guard decodes else { continue }
                let headers = record.headers.map {
                    RejectedRecord.Header(name: $0.name, value: $0.value.map { .init($0) })
                }
                // Kept until all are decoded, as a transaction needs them.
                if let event = record.withValueBytes({ try? decoder.decode(headers: headers, value: $0) }) {
                    events.append(event)
                }
            }
            let refused = decodes ? batch.count - events.count : 0
            state.withLock { state in
                guard case .success(var sum) = state, !batch.isEmpty else { return }
                sum.records += batch.count
                sum.bytes += bytes
                sum.refused += refused
                sum.first = min(sum.first ?? begin, begin)
                sum.last = .now
                state = .success(sum)
            }
            switch batch.interruption {
            case .endOfPartition, .givenUp: return
            case .failure(let error): throw error
            case nil: if batch.isEmpty { return }
            }
        }
    }
}
