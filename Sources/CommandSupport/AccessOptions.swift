public import ArgumentParser
public import Operations

/// Who may ask a service, and how both prove who they are.
public struct AccessOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Hashed tokens, one a line; see bulletin-ingestor token.", valueName: "file"))
    var tokens: String?
    @Option(help: ArgumentHelp("The certificate and its chain, PEM.", valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("The certificate's private key, PEM.", valueName: "file"))
    var tlsKey: String?
    @Flag(help: "Listen beyond this machine without TLS.")
    var allowPlaintext = false
    @Flag(help: "Listen beyond this machine without tokens.")
    var allowAnonymous = false

    /// Options as ArgumentParser fills them.
    public init() {}

    /// Adds what was given to `flags`.
    public func give(to flags: inout GivenFlags) {
        flags.give(.tokens, tokens)
        flags.give(.tlsCertificate, tlsCertificate)
        flags.give(.tlsKey, tlsKey)
        flags.give(.allowPlaintext, allowPlaintext)
        flags.give(.allowAnonymous, allowAnonymous)
    }
}
