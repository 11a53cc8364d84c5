import CRdKafka

extension ClientContext {
    /// Handles the events that every client has (errors, statistics, logs).
    ///
    /// - Returns: the error, if the event was one that the application has to hear of.
    func handleCommon(_ event: OpaquePointer, client: ClientHandle) -> KafkaError? {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_ERROR:
            return handleError(event, client: client)
        case RD_KAFKA_EVENT_STATS:
            if let text = rd_kafka_event_stats(event) {
                text.withMemoryRebound(to: UInt8.self, capacity: 1) { bytes in
                    var count = 0
                    while bytes[count] != 0 { count += 1 }
                    record(statistics: UnsafeBufferPointer(start: bytes, count: count))
                }
            }
            return nil
        default:
            // Later versions of librdkafka may know more events; none of them may stop a client.
            let name = rd_kafka_event_name(event).map { String(cString: $0) } ?? "?"
            logger.debug("librdkafka event ignored", metadata: ["event": "\(name)"])
            return nil
        }
    }

    private func handleError(_ event: OpaquePointer, client: ClientHandle) -> KafkaError? {
        var code = rd_kafka_event_error(event)
        var reason = rd_kafka_event_error_string(event).map { String(cString: $0) }
        let isFatal = rd_kafka_event_error_is_fatal(event) != 0 || code == RD_KAFKA_RESP_ERR__FATAL
        if isFatal {
            var message = [CChar](repeating: 0, count: 512)
            let original = rd_kafka_fatal_error(client.pointer, &message, message.count)
            if original != RD_KAFKA_RESP_ERR_NO_ERROR {
                code = original
                reason = ConfigurationHandle.string(from: message)
            }
        }
        let error = error(code, operation: "Kafka \(role.rawValue)", reason: reason, isFatal: isFatal)
        record(error)
        return error
    }
}
