internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import HTTPService

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make a token for a client of serve.",
        discussion: """
              bulletin-ingestor token newsroom --scope write >> tokens
              kill -HUP "$(pidof bulletin-ingestor)"

            The line for the token file goes to standard output: it holds the
            token's SHA-256 and not the token. The token itself goes to standard
            error, this once.
            """
    )

    @Argument(help: ArgumentHelp("Whose it is, for the file and the log: no blanks.", valueName: "name"))
    var name: String

    @Option(help: "What it allows: write, read, or both with a comma (default: write).")
    var scope = "write"

    func run() async throws {
        guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "#" }), name.unicodeScalars.count <= 100
        else {
            throw CommandError("a token's name has 1 to 100 characters, without blanks and #", exitStatus: .usage)
        }
        var scopes: Set<Token.Scope> = []
        for word in scope.split(separator: ",") {
            guard let scope = Token.Scope(rawValue: String(word)) else {
                throw CommandError("--scope \(scope): expected write, read, or write,read", exitStatus: .usage)
            }
            scopes.insert(scope)
        }
        guard !scopes.isEmpty else {
            throw CommandError("--scope names nothing: expected write or read", exitStatus: .usage)
        }
        let (secret, token) = Token.make(name: name, scopes: scopes)
        try ConsoleOutput.standardOutput.write(token.line + "\n")
        try ConsoleOutput.standardOutput.flush()
        ErrorReporter(program: "bulletin-ingestor").note("the token of \(name), shown this once: \(secret)")
    }
}
