internal import Console
public import HTTPService
public import Operations

/// How an indexer answers probes and questions over HTTP.
public struct QueryConfiguration: Sendable {
    /// Where it listens.
    public var listen: ListenAddress
    /// The folder that questions are answered from.
    public var dataDirectory: String
    /// The file of tokens; nil where nobody is asked for one.
    public var tokenFile: String?
    /// Certificate and key; nil for plain HTTP.
    public var tls: TLSFiles?
    /// Why questions are not answered, probes aside; nil if they are.
    public var closedBecause: String?
    /// Questions worked on at once, each on a thread.
    public var threads: Int
    /// Questions worked on or waiting; more get 429.
    public var requests: Int
    /// How long one may take.
    public var queryTime: Duration
    /// Bytes of the answer to another program's question.
    public var answerBytes: Int
    /// Bytes of all bodies that are held at once, of questions and answers; more get 429.
    public var bufferedBytes: Int
    /// How long ending may take.
    public var shutdownTime: Duration
    var connection: ConnectionLimits

    /// What the settings say.
    ///
    /// Probes have always been answered on any address. Questions beyond this machine need TLS and tokens, or an explicit
    /// word that they do not.
    /// - Throws: `CommandError` for settings that do not go together.
    public init(_ settings: ResolvedSettings, listen: ListenAddress) throws {
        self.listen = listen
        dataDirectory = try settings.dataDirectory()
        tokenFile = settings[.tokens]
        switch (settings[.tlsCertificate], settings[.tlsKey]) {
        case (nil, nil): tls = nil
        case (let certificate?, let key?): tls = TLSFiles(certificate: certificate, key: key)
        case (_?, nil): throw CommandError("tls-certificate without tls-key: give both", exitStatus: .usage)
        case (nil, _?): throw CommandError("tls-key without tls-certificate: give both", exitStatus: .usage)
        }
        if !listen.isLoopback {
            if tls == nil, !settings[.allowPlaintext] {
                closedBecause = "\(listen) can be reached from other machines without TLS: give tls-certificate and"
                closedBecause? += " tls-key, or allow-plaintext"
            } else if tokenFile == nil, !settings[.allowAnonymous] {
                closedBecause = "\(listen) can be reached from other machines without tokens: give tokens, or"
                closedBecause? += " allow-anonymous"
            }
        }
        threads = settings[.queryThreads]
        requests = settings[.httpMaxRequests]
        queryTime = .seconds(settings[.queryTimeoutSeconds])
        answerBytes = settings[.queryMaxAnswerBytes]
        bufferedBytes = settings[.httpMaxBufferedBytes]
        shutdownTime = .seconds(settings[.shutdownTimeoutSeconds])
        connection = ConnectionLimits(
            headerBytes: settings[.httpMaxHeaderBytes],
            connections: settings[.httpMaxConnections],
            requestTime: .seconds(settings[.httpRequestTimeoutSeconds]),
            idleTime: .seconds(settings[.httpIdleTimeoutSeconds])
        )
    }
}
