internal import ArgumentParser
internal import CommandSupport
internal import Operations

/// How much may be asked.
struct QueryLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Questions answered at once by HTTP (default: 2).", valueName: "count"))
    var queryThreads: Int?
    @Option(help: ArgumentHelp("How long one may take (default: 30).", valueName: "seconds"))
    var queryTimeoutS: Int?
    @Option(help: ArgumentHelp("Bytes that another program is answered (default: 67108864).", valueName: "bytes"))
    var queryMaxAnswerBytes: Int?

    @OptionGroup var http: HTTPLimitOptions

    func give(to flags: inout GivenFlags) {
        http.give(to: &flags)
        flags.give(.queryThreads, queryThreads)
        flags.give(.queryTimeoutSeconds, queryTimeoutS)
        flags.give(.queryMaxAnswerBytes, queryMaxAnswerBytes)
    }
}
