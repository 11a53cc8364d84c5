import CRdKafka
import Foundation
import Logging
import Synchronization

/// What one client's callbacks and events report to: log, health, metrics.
final class ClientContext: Sendable {
    /// Which client it is, in logs and metrics.
    enum Role: String, Sendable {
        case producer, consumer, admin, embeddedBroker = "embedded_broker"
    }

    let role: Role
    let logger: Logger
    let bootstrapServers: String
    private let healthState = Mutex(KafkaHealth())
    /// What librdkafka last said about a connection that failed; nil once a broker has answered.
    private let connectFailure = Mutex<String?>(nil)
    /// The last failure that was told as a warning, and when.
    private let lastTold = Mutex<(code: KafkaError.Code, time: ContinuousClock.Instant)?>(nil)
    /// What is known about joining the group, from the requests that come and go.
    private let groupJoin = Mutex((isAsked: false, mayBeAskedUntil: ContinuousClock.now))
    private let metrics: ClientMetrics?

    init(role: Role, logger: Logger, bootstrapServers: String) {
        var logger = logger
        logger[metadataKey: "kafka_client"] = "\(role.rawValue)"
        self.role = role
        self.logger = logger
        self.bootstrapServers = bootstrapServers
        switch role {
        case .producer, .consumer: metrics = ClientMetrics(role: role)
        case .admin, .embeddedBroker: metrics = nil
        }
    }

    var health: KafkaHealth { healthState.withLock { $0 } }

    /// Whether this client has asked to join its group anew and does not know its place in it yet, or may be about to ask.
    var isJoiningGroup: Bool { groupJoin.withLock { $0.isAsked || $0.mayBeAskedUntil > .now } }

    /// What makes librdkafka join anew has happened, or may have: a heartbeat's answer, a partition given up.
    func mayJoinGroup() {
        // From there to the request it is some thread switches, on a busy machine.
        groupJoin.withLock { $0.mayBeAskedUntil = .now + .milliseconds(200) }
    }

    /// A request has gone out; comes from any of librdkafka's threads.
    func sent(request: Int16) {
        if request == GroupRequest.join { groupJoin.withLock { $0.isAsked = true } }
    }

    /// A request was answered, or its connection failed.
    func answered(request: Int16) {
        switch request {
        case GroupRequest.sync: groupJoin.withLock { $0.isAsked = false }
        case GroupRequest.heartbeat: mayJoinGroup()
        default: break
        }
    }

    /// Kafka's numbers of the requests by which a group is joined.
    private enum GroupRequest {
        static let join: Int16 = 11
        static let heartbeat: Int16 = 12
        static let sync: Int16 = 14
    }

    /// What to do when no broker answers.
    var unavailableHint: String { "check that a broker listens at \(bootstrapServers) and can be reached from here" }

    /// A broker has answered.
    func heardFromBroker(at date: Date = Date()) {
        let wasUnreachable = healthState.withLock { health in
            defer { health.reachability = .reachable }
            return health.reachability == .unreachable
        }
        if wasUnreachable { logger.notice("a broker answers again") }
        connectFailure.withLock { $0 = nil }
        healthState.withLock { health in
            health.reachability = .reachable
            health.lastHeardFromBroker = max(date, health.lastHeardFromBroker ?? date)
            health.lastError = nil
        }
    }

    /// Makes the error that an operation on this client throws, with the next step where it is known.
    func error(
        _ code: rd_kafka_resp_err_t,
        operation: String,
        reason: String? = nil,
        isFatal: Bool = false
    ) -> KafkaError {
        let code = KafkaError.Code(code)
        // "Broker transport failure" says nothing; that the name has no address or the port refuses, does.
        let connectFailure = code.category == .unavailable ? connectFailure.withLock { $0 } : nil
        let reason = connectFailure.map { failure in (reason ?? code.text) + ": " + failure } ?? reason
        let nextStep: String? =
            switch code.category {
            case .unavailable: connectFailure.flatMap(Self.refusalHint) ?? unavailableHint
            case .unknownTopicOrPartition: "check the topic's name, or create it"
            case .authorization: "check the credentials and the access rights of this client"
            case .messageTooLarge:
                "raise max.message.bytes of the topic (on brokers: message.max.bytes) and message.max.bytes here, or send less"
            case .offsetOutOfRange: "the log no longer (or not yet) holds this offset: compare with its watermarks"
            case .configuration: Self.groupHint(code)
            case .queueFull, .closed, .other: nil
            }
        return KafkaError(code, operation: operation, reason: reason, nextStep: nextStep, isFatal: isFatal)
    }

    /// What to do where a broker listens, and turns this client away. librdkafka has no code for it while it goes on trying:
    /// what it logs (`rdkafka_broker.c`, `rdkafka_ssl.c`) is all there is.
    private static func refusalHint(_ connectFailure: String) -> String? {
        if connectFailure.hasPrefix("SASL authentication error") {
            "check sasl.username, sasl.password and sasl.mechanism"
        } else if connectFailure.hasPrefix("SSL handshake failed") {
            "check the broker's certificate and ssl.ca.location"
        } else {
            nil
        }
    }

    private static func groupHint(_ code: KafkaError.Code) -> String? {
        switch code {
        case .inconsistentGroupProtocol:
            "the group's other members have another partition.assignment.strategy: give all of them the same"
        case .fencedInstance:
            "another member has come with this group.instance.id: give each member its own"
        default: nil
        }
    }

    /// Throws unless `code` means success.
    func check(_ code: rd_kafka_resp_err_t, operation: @autoclosure () -> String) throws(KafkaError) {
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw error(code, operation: operation()) }
    }

    /// Takes a client-level error into health and log.
    func record(_ error: KafkaError) {
        let wasUnreachable = healthState.withLock { health in
            defer { if error.code == .allBrokersDown { health.reachability = .unreachable } }
            health.lastError = error
            if error.isFatal { health.fatalError = error }
            return health.reachability == .unreachable
        }
        if error.isFatal {
            logger.error("Kafka client failed for good: \(error)")
        } else if error.code == .allBrokersDown {
            // Told once; librdkafka repeats it for as long as it lasts.
            if !wasUnreachable { logger.warning("\(error)") }
        } else if error.category == .unavailable {
            // One connection of several, or an idle one that was closed: no news until all are down.
            logger.debug("\(error)")
        } else {
            // librdkafka tries some things again every two seconds.
            let isRepeated = lastTold.withLock { last in
                let isRepeated = last.map { $0.code == error.code && .now - $0.time < .seconds(60) } ?? false
                if !isRepeated { last = (error.code, .now) }
                return isRepeated
            }
            logger.log(level: isRepeated ? .debug : .warning, "\(error)")
        }
    }

    /// Takes in one statistics document.
    func record(statistics json: UnsafeBufferPointer<UInt8>) {
        guard let statistics = ClientStatistics(json: json) else {
            logger.debug("statistics of librdkafka could not be read")
            return
        }
        // The state says whether a connection is up, `rxidle` how long ago its last answer came.
        if let idle = statistics.shortestIdleOfUpBrokers {
            heardFromBroker(at: Date(timeIntervalSinceNow: -idle))
        }
        metrics?.record(statistics)
    }

    /// librdkafka's log line; comes from any of its threads.
    ///
    /// What an operator must know arrives as an error, an event or a failed operation and is logged there: these lines
    /// would say it twice, several times a second while a broker is down.
    func log(level: Int32, facility: String, message: String) {
        if facility == "FAIL" { connectFailure.withLock { $0 = Self.reason(inLogLine: message) } }
        // syslog level 7 is debug, which librdkafka only writes when asked to (`debug=…`).
        logger.log(level: level >= 7 ? .trace : .debug, "\(message)", metadata: ["facility": "\(facility)"])
    }

    /// The middle of `[thrd:host:1/bootstrap]: host:1/bootstrap: Connect to … failed: … (after 0ms in state CONNECT)`.
    static func reason(inLogLine line: String) -> String {
        let parts = line.split(separator: ": ", omittingEmptySubsequences: false)
        // Thread and broker are single words.
        let text = parts.drop { !$0.contains(" ") }.joined(separator: ": ")
        return text.range(of: " (after ").map { String(text[..<$0.lowerBound]) } ?? text
    }
}
