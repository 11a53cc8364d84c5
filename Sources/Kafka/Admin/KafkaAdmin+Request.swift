import CRdKafka

extension KafkaAdmin {
    /// Sends a request of librdkafka's Admin API and waits for its answer; blocks.
    ///
    /// - Parameters:
    ///   - kind: the request, for its options.
    ///   - send: sends it with these options, to be answered to this queue.
    ///   - read: what the answer says; an error of the whole request is thrown before.
    func request<Answer>(
        _ kind: rd_kafka_admin_op_t,
        operation: String,
        timeout: Duration,
        send: (_ options: OpaquePointer, _ queue: OpaquePointer) -> Void,
        reading read: (_ event: OpaquePointer) throws(KafkaError) -> Answer
    ) throws(KafkaError) -> Answer {
        guard
            let options = rd_kafka_AdminOptions_new(client.pointer, kind),
            let pointer = rd_kafka_queue_new(client.pointer)
        else {
            throw KafkaError(.wrongState, operation: operation, reason: "librdkafka made no request")
        }
        defer { rd_kafka_AdminOptions_destroy(options) }
        let milliseconds = max(1, timeout.timeoutMilliseconds)
        rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, nil, 0)
        let queue = QueueHandle(pointer, client: client)
        send(options, pointer)
        var answer: Answer?
        // librdkafka always answers by its own timeout; a second more, so that its answer is the one reported.
        let answered = try queue.poll(milliseconds: milliseconds + 1000) { event throws(KafkaError) in
            let code = rd_kafka_event_error(event)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR {
                let reason = rd_kafka_event_error_string(event).map { String(cString: $0) }
                throw client.context.error(code, operation: operation, reason: reason)
            }
            answer = try read(event)
        }
        guard answered, let answer else {
            throw client.context.error(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: operation)
        }
        return answer
    }
}
