import Logging
import Testing

@testable import Kafka

/// What a client says of its brokers' errors.
struct ClientContextTests {
    private struct Lines: LogHandler {
        let lines: Collected<String>
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { lines.add("\(event.level) \(event.message)") }
    }

    private func error(_ context: ClientContext, _ code: KafkaError.Code, isFatal: Bool = false) -> KafkaError {
        context.error(code.cValue, operation: "Kafka consumer", isFatal: isFatal)
    }

    @Test func whatLibrdkafkaTriesAgainIsToldOnceWithWhatToDo() {
        let lines = Collected<String>()
        let logger = Logger(label: "context") { _ in Lines(lines: lines) }
        let context = ClientContext(role: .consumer, logger: logger, bootstrapServers: "kafka:9092")
        for _ in 0..<3 { context.record(error(context, .inconsistentGroupProtocol)) }
        let warnings = lines.values.filter { $0.hasPrefix("warning") }
        #expect(warnings.count == 1 && lines.values.count == 3)
        #expect(warnings.first?.contains("partition.assignment.strategy: give all of them the same") == true)
        context.record(error(context, .topicAuthorizationFailed))
        #expect(lines.values.last?.hasPrefix("warning") == true, "another one is told")
    }

    @Test func aMemberWhoseNameIsTakenHasAWrongSetting() {
        let context = ClientContext(role: .consumer, logger: quiet, bootstrapServers: "kafka:9092")
        let error = error(context, .fencedInstance, isFatal: true)
        #expect(error.category == .configuration)
        #expect(error.description.contains("give each member its own"))
    }
}
