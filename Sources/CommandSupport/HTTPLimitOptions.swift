public import ArgumentParser
public import Operations

/// What bounds the requests of a service's HTTP listener.
public struct HTTPLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where to answer /live and /ready alone, too (default: nowhere).", valueName: "host:port")
    )
    var probeListen: String?
    @Option(help: ArgumentHelp("Bytes of a request's header (default: 32768).", valueName: "bytes"))
    var httpMaxHeaderBytes: Int?
    @Option(help: ArgumentHelp("Bytes of all bodies held at once (default: 268435456).", valueName: "bytes"))
    var httpMaxBufferedBytes: Int?
    @Option(help: ArgumentHelp("Connections at once (default: 1024).", valueName: "count"))
    var httpMaxConnections: Int?
    @Option(help: ArgumentHelp("Requests worked on or waiting at once (default: 256).", valueName: "count"))
    var httpMaxRequests: Int?
    @Option(help: ArgumentHelp("How long a body may take to arrive (default: 30).", valueName: "seconds"))
    var httpRequestTimeoutS: Int?
    @Option(help: ArgumentHelp("How long a connection may be idle (default: 60).", valueName: "seconds"))
    var httpIdleTimeoutS: Int?

    /// Options as ArgumentParser fills them.
    public init() {}

    /// Adds what was given to `flags`.
    public func give(to flags: inout GivenFlags) {
        flags.give(.probeListen, probeListen)
        flags.give(.httpMaxHeaderBytes, httpMaxHeaderBytes)
        flags.give(.httpMaxBufferedBytes, httpMaxBufferedBytes)
        flags.give(.httpMaxConnections, httpMaxConnections)
        flags.give(.httpMaxRequests, httpMaxRequests)
        flags.give(.httpRequestTimeoutSeconds, httpRequestTimeoutS)
        flags.give(.httpIdleTimeoutSeconds, httpIdleTimeoutS)
    }
}
