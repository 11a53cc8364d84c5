internal import ArgumentParser
internal import Operations

/// How much may be asked.
struct QueryLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Questions answered at once by HTTP (default: 2).", valueName: "count"))
    var queryThreads: Int?
    @Option(help: ArgumentHelp("How long one may take (default: 30).", valueName: "seconds"))
    var queryTimeoutS: Int?
    @Option(help: ArgumentHelp("Bytes that another program is answered (default: 67108864).", valueName: "bytes"))
    var queryMaxAnswerBytes: Int?
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

    func give(to flags: inout GivenFlags) {
        flags.give(.queryThreads, queryThreads)
        flags.give(.queryTimeoutSeconds, queryTimeoutS)
        flags.give(.queryMaxAnswerBytes, queryMaxAnswerBytes)
        flags.give(.httpMaxHeaderBytes, httpMaxHeaderBytes)
        flags.give(.httpMaxBufferedBytes, httpMaxBufferedBytes)
        flags.give(.httpMaxConnections, httpMaxConnections)
        flags.give(.httpMaxRequests, httpMaxRequests)
        flags.give(.httpRequestTimeoutSeconds, httpRequestTimeoutS)
        flags.give(.httpIdleTimeoutSeconds, httpIdleTimeoutS)
    }
}
