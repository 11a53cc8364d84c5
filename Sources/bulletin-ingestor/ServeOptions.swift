internal import ArgumentParser
internal import CommandSupport
internal import Operations

/// Where bulletins come in and where they are kept.
struct IntakeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where to take bulletins by HTTP (default: 127.0.0.1:8080).", valueName: "host:port"))
    var listen: String?
    @Option(help: ArgumentHelp("The file that keeps what was accepted until Kafka has it.", valueName: "file"))
    var outbox: String?
    @Option(help: ArgumentHelp("A folder whose files are taken in.", valueName: "dir"))
    var watch: String?
    @Option(help: ArgumentHelp("How long a file in it must have been left alone (default: 2000).", valueName: "ms"))
    var watchSettleMs: Int?

    func give(to flags: inout GivenFlags) {
        flags.give(.listen, listen)
        flags.give(.outbox, outbox)
        flags.give(.watch, watch)
        flags.give(.watchSettleMilliseconds, watchSettleMs)
    }
}

/// How much may come in.
struct IntakeLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Bytes of one document (default: 8388608).", valueName: "bytes"))
    var httpMaxBodyBytes: Int?
    @Option(help: ArgumentHelp("Bytes of one batch (default: 67108864).", valueName: "bytes"))
    var httpMaxBatchBytes: Int?
    @OptionGroup var http: HTTPLimitOptions
    @Option(help: ArgumentHelp("Documents parsed at once (default: 0, one per processor).", valueName: "count"))
    var parseThreads: Int?
    @Option(help: ArgumentHelp("Documents that wait to be parsed (default: 1024).", valueName: "count"))
    var parseQueue: Int?
    @Option(help: ArgumentHelp("How long a document may take to parse (default: 10000).", valueName: "ms"))
    var parseTimeoutMs: Int?
    @Option(help: ArgumentHelp("Bytes that may wait for Kafka (default: 4294967296).", valueName: "bytes"))
    var outboxMaxPendingBytes: Int?
    @Option(help: ArgumentHelp("Bytes of the disk that stay free (default: 67108864).", valueName: "bytes"))
    var outboxReservedDiskBytes: Int?
    @Option(help: ArgumentHelp("How long delivered events are kept (default: 86400).", valueName: "seconds"))
    var outboxRetentionS: Int?
    @Option(help: ArgumentHelp("Bytes of delivered events kept (default: 268435456).", valueName: "bytes"))
    var outboxRetainedBytes: Int?
    @Option(help: ArgumentHelp("Acceptances that are remembered (default: 1000000).", valueName: "count"))
    var outboxRemembered: Int?
    @Option(help: ArgumentHelp("How long ago a broker may have been heard (default: 30).", valueName: "seconds"))
    var readyBrokerAgeS: Int?
    @Option(help: ArgumentHelp("Events that may wait without a broker (default: 100000).", valueName: "count"))
    var readyBacklog: Int?

    func give(to flags: inout GivenFlags) {
        http.give(to: &flags)
        flags.give(.httpMaxBodyBytes, httpMaxBodyBytes)
        flags.give(.httpMaxBatchBytes, httpMaxBatchBytes)
        flags.give(.parseThreads, parseThreads)
        flags.give(.parseQueue, parseQueue)
        flags.give(.parseTimeoutMilliseconds, parseTimeoutMs)
        flags.give(.outboxMaxPendingBytes, outboxMaxPendingBytes)
        flags.give(.outboxReservedDiskBytes, outboxReservedDiskBytes)
        flags.give(.outboxRetentionSeconds, outboxRetentionS)
        flags.give(.outboxRetainedBytes, outboxRetainedBytes)
        flags.give(.outboxRemembered, outboxRemembered)
        flags.give(.readyBrokerAgeSeconds, readyBrokerAgeS)
        flags.give(.readyBacklog, readyBacklog)
    }
}
