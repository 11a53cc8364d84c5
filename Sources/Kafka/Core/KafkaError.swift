import CRdKafka

/// What went wrong between this process and Kafka.
///
/// The description is one line for people and carries no payload, no key and no secret.
public struct KafkaError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; made for deciding what to do (exit code, retry, refuse).
    public enum Category: String, Sendable, CaseIterable {
        /// A setting or an argument is wrong: mend it and start again.
        case configuration
        /// The brokers cannot be reached or do not answer in time.
        case unavailable
        /// The log does not hold the requested offset.
        case offsetOutOfRange
        /// The topic or partition does not exist.
        case unknownTopicOrPartition
        /// The broker refuses this client: credentials, certificate or access rights.
        case authorization
        /// The record is larger than the client or the broker takes.
        case messageTooLarge
        /// The local send queue is full.
        case queueFull
        /// The client was closed, or the record was purged by closing it.
        case closed
        /// Anything else.
        case other
    }

    /// librdkafka's code.
    public let code: Code
    /// The kind of failure.
    public let category: Category
    /// What was being done, with its object: `produce to bulletins`.
    public let operation: String
    /// What librdkafka or the broker says, on one line, bounded.
    public let reason: String
    /// What the operator can do, where that is known.
    public let nextStep: String?
    /// The client instance is unusable from now on and must be replaced.
    public let isFatal: Bool

    /// Trying the same again later can succeed.
    public var isRetriable: Bool {
        !isFatal && (category == .unavailable || category == .queueFull || code == .rebalanceInProgress)
    }

    /// One line: operation, reason, code and the next step.
    public var description: String {
        var line = "\(operation): \(reason) [\(code.name)\(isFatal ? ", fatal" : "")]"
        if let nextStep { line += "; \(nextStep)" }
        return line
    }

    /// Makes an error; the category follows from the code unless given.
    init(
        _ code: Code,
        operation: String,
        reason: String? = nil,
        nextStep: String? = nil,
        category: Category? = nil,
        isFatal: Bool = false
    ) {
        self.code = code
        self.category = category ?? code.category
        self.operation = Self.oneLine(operation)
        self.reason = Self.oneLine(reason ?? code.text)
        self.nextStep = nextStep
        self.isFatal = isFatal || code == .fatal
    }

    /// Brokers and files put text in here: control characters become spaces and the length is bounded.
    private static func oneLine(_ text: String) -> String {
        let limit = 400
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            let isControl = scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
            scalars.append(isControl ? " " : scalar)
        }
        let line = String(scalars)
        return text.unicodeScalars.count > limit ? line + "…" : line
    }
}

extension KafkaError {
    /// Takes over a librdkafka error object and frees it.
    init(
        consuming error: OpaquePointer,
        operation: String,
        nextStep: String? = nil
    ) {
        defer { rd_kafka_error_destroy(error) }
        self.init(
            Code(rd_kafka_error_code(error)),
            operation: operation,
            reason: rd_kafka_error_string(error).map { String(cString: $0) },
            nextStep: nextStep,
            isFatal: rd_kafka_error_is_fatal(error) != 0
        )
    }

    /// Throws unless `code` means success.
    static func check(
        _ code: rd_kafka_resp_err_t,
        operation: @autoclosure () -> String,
        nextStep: @autoclosure () -> String? = nil
    ) throws(KafkaError) {
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(Code(code), operation: operation(), nextStep: nextStep())
        }
    }
}
