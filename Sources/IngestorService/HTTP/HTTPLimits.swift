internal import HTTPService

/// What a client may send, and how long it may take.
public struct HTTPLimits: Hashable, Sendable {
    /// Bytes of one document.
    public var bodyBytes = 8 << 20
    /// Bytes of one batch.
    public var batchBytes = 64 << 20
    /// Bytes of all header fields of a request.
    public var headerBytes = 32 << 10
    /// Bytes of all bodies that are held at once; more get 429.
    public var bufferedBytes = 256 << 20
    /// Connections held open; more wait to be accepted.
    public var connections = 1_024
    /// Requests worked on at once; more get 429.
    public var requests = 256
    /// Documents that may wait for a parsing thread.
    public var parseQueue = 1_024
    /// How long one document may take to parse.
    public var parseTime = Duration.seconds(10)
    /// Documents parsed at once.
    public var parseThreads = 2
    /// How long a request's body may take to arrive, and a client not to read its answer.
    public var requestTime = Duration.seconds(30)
    /// How long a connection may stand idle, or take to send a request's header.
    public var idleTime = Duration.seconds(60)

    /// The defaults.
    public init() {}

    /// What concerns connections.
    var connection: ConnectionLimits {
        ConnectionLimits(
            headerBytes: headerBytes,
            connections: connections,
            requestTime: requestTime,
            idleTime: idleTime
        )
    }
}
