import CRdKafka
import Synchronization

/// Owns one librdkafka client. All librdkafka functions on it are thread-safe.
///
/// Whatever belongs to the client in C (queues, messages) holds a reference to this object, so the client outlives
/// them; librdkafka demands that order.
final class ClientHandle: @unchecked Sendable {  // Both properties are constant; rd_kafka_t locks itself.
    let pointer: OpaquePointer
    let context: ClientContext
    /// +1 for the opaque pointer that log callbacks read; released after the client is destroyed.
    private let opaque: Unmanaged<ClientContext>
    /// librdkafka would end the process if this client were destroyed.
    private let isKept = Mutex(false)

    /// Makes a client.
    ///
    /// - Parameter events: which `RD_KAFKA_EVENT_*` its queues deliver.
    /// - Throws: ``KafkaError`` of category `configuration`.
    init(
        _ type: rd_kafka_type_t,
        configuration: KafkaConfiguration,
        events: Int32,
        context: ClientContext
    ) throws(KafkaError) {
        let conf = try ConfigurationHandle(configuration)
        self.context = context
        opaque = Unmanaged.passRetained(context)
        rd_kafka_conf_set_opaque(conf.pointer, opaque.toOpaque())
        rd_kafka_conf_set_events(conf.pointer, events)
        rd_kafka_conf_set_log_cb(conf.pointer) { client, level, facility, message in
            guard let client, let opaque = rd_kafka_opaque(client) else { return }
            let context = Unmanaged<ClientContext>.fromOpaque(opaque).takeUnretainedValue()
            context.log(
                level: level,
                facility: facility.map { String(cString: $0) } ?? "",
                message: message.map { String(cString: $0) } ?? ""
            )
        }
        if type == RD_KAFKA_CONSUMER {
            rd_kafka_conf_interceptor_add_on_new(
                conf.pointer,
                "bulletins",
                { client, _, opaque, _, _ in ClientHandle.watchRequests(of: client, opaque) },
                opaque.toOpaque()
            )
        }
        var message = [CChar](repeating: 0, count: 512)
        let confPointer = conf.release()
        guard let pointer = rd_kafka_new(type, confPointer, &message, message.count) else {
            // rd_kafka_new takes the configuration over only when it succeeds.
            rd_kafka_conf_destroy(confPointer)
            opaque.release()
            throw KafkaError(
                .invalidArgument,
                operation: "create Kafka \(context.role.rawValue)",
                reason: ConfigurationHandle.string(from: message),
                category: .configuration
            )
        }
        self.pointer = pointer
    }

    /// Tells the context (`opaque`) which requests go out and come back.
    private static func watchRequests(
        of client: OpaquePointer?,
        _ opaque: UnsafeMutableRawPointer?
    ) -> rd_kafka_resp_err_t {
        rd_kafka_interceptor_add_on_request_sent(
            client,
            "bulletins",
            { _, _, _, _, request, _, _, _, opaque in
                if let opaque {
                    Unmanaged<ClientContext>.fromOpaque(opaque).takeUnretainedValue().sent(request: request)
                }
                return RD_KAFKA_RESP_ERR_NO_ERROR
            },
            opaque
        )
        rd_kafka_interceptor_add_on_response_received(
            client,
            "bulletins",
            { _, _, _, _, request, _, _, _, _, _, opaque in
                if let opaque {
                    Unmanaged<ClientContext>.fromOpaque(opaque).takeUnretainedValue().answered(request: request)
                }
                return RD_KAFKA_RESP_ERR_NO_ERROR
            },
            opaque
        )
        return RD_KAFKA_RESP_ERR_NO_ERROR
    }

    /// Leaves the client to the process's end: a few threads and buffers, against an abort.
    func keepForEver() { isKept.withLock { $0 = true } }

    deinit {
        if isKept.withLock({ $0 }) { return }
        // Destroying joins librdkafka's threads, and the last reference may go away on a cooperative thread.
        let remains = Remains(pointer: pointer, opaque: opaque)
        _ = DedicatedThread(name: "kafka-destroy") { remains.destroy() }
    }

    private struct Remains: @unchecked Sendable {  // Moved to exactly one thread.
        let pointer: OpaquePointer
        let opaque: Unmanaged<ClientContext>

        func destroy() {
            // Leaving the group is `close`'s job; without the flag a forgotten close would block here.
            rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            opaque.release()
        }
    }
}

/// Owns one reference to a librdkafka queue and keeps its client alive.
final class QueueHandle: @unchecked Sendable {  // Constant; rd_kafka_queue_t locks itself.
    let pointer: OpaquePointer
    let client: ClientHandle

    init(_ pointer: OpaquePointer, client: ClientHandle) {
        self.pointer = pointer
        self.client = client
    }

    deinit { rd_kafka_queue_destroy(pointer) }

    /// Ends the current, or else the next, wait on this queue.
    func wake() { rd_kafka_queue_yield(pointer) }

    /// Waits for one event and lends it to `body`; false if none came.
    func poll<Failure: Error>(
        milliseconds: Int32,
        _ body: (_ event: OpaquePointer) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        guard let event = rd_kafka_queue_poll(pointer, milliseconds) else { return false }
        defer { rd_kafka_event_destroy(event) }
        try body(event)
        return true
    }
}
