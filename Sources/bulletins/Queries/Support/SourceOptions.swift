internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Operations
internal import QueryClient
internal import ReadModel

/// What a query is answered from: folders, or indexers over HTTP.
struct SourceOptions: ParsableArguments {
    @OptionGroup var data: DataFolderOptions

    @Option(
        help: ArgumentHelp(
            "Ask this indexer, http://HOST:PORT, instead of reading folders; repeatable, all addresses of a name.",
            valueName: "url"
        )
    )
    var from: [String] = []

    @Option(help: ArgumentHelp("The token to send, in a file.", valueName: "file"), completion: .file())
    var tokenFile: String?

    @Option(
        help: ArgumentHelp("Certificates that vouch for indexers beside the system's, PEM.", valueName: "file"),
        completion: .file()
    )
    var caCertificate: String?

    @Option(help: ArgumentHelp("How long an indexer may take (default: 60).", valueName: "seconds"))
    var fromTimeoutS: Int?

    @Flag(help: "Status 0 also where an indexer could not be asked, and the answer is without what it has.")
    var partial = false

    /// Opens the read model. Throws `ReadModelError` for a missing folder, `CommandError` for an empty one.
    func reader() throws -> ReadModelReader {
        let reader = try open()
        guard reader.isEmpty else {
            Completeness.watch(reader, isPartialFine: partial)
            return reader
        }
        if let missing = reader.missing.first { throw CommandError(missing, exitStatus: .unavailable) }
        let settings = try settings()
        if let from = indexers(settings) {
            throw CommandError("\(from): has no indexed bulletins yet; ask again later", exitStatus: .noInput)
        }
        let folders = settings[.dataDirectories]
        throw CommandError(
            "\(folders.joined(separator: ", ")): holds no indexed bulletins; fill it with "
                + "'bulletins up --data-dir \(folders[0]) PATH'",
            exitStatus: .noInput
        )
    }

    /// Opens the read model, which may hold nothing. Throws `ReadModelError` for a missing folder.
    func openReader() throws -> ReadModelReader {
        let reader = try open()
        Completeness.watch(reader, isPartialFine: partial)
        return reader
    }

    /// Opens it for something that is no answer.
    func open() throws -> ReadModelReader {
        let settings = try settings()
        guard let from = indexers(settings) else {
            return try ReadModelReader(dataDirectories: settings[.dataDirectories])
        }
        var configuration = QueryClient.Configuration()
        configuration.token = settings[.token]
        configuration.authorityFile = settings[.caCertificate]
        configuration.timeout = .seconds(settings[.fromTimeoutSeconds])
        let addresses = try from.split(separator: ",").map { try ServerAddress(String($0)) }
        return try ReadModelReader(
            // Folders that were named are asked, too; those of the environment are not meant.
            dataDirectories: settings.origin(of: .dataDirectories).layer == .flag ? settings[.dataDirectories] : [],
            servers: try QueryClient(addresses, configuration)
        )
    }

    /// The options as they were given, for another command.
    var arguments: [String] {
        var words = folderArguments + from.flatMap { ["--from", $0] }
        if let tokenFile { words += ["--token-file", tokenFile] }
        if let caCertificate { words += ["--ca-certificate", caCertificate] }
        if let fromTimeoutS { words += ["--from-timeout-s", "\(fromTimeoutS)"] }
        return words + (partial ? ["--partial"] : [])
    }

    /// Those of folders alone.
    var folderArguments: [String] { data.given.flatMap { ["--data-dir", $0] } }

    /// Those that are asked; folders by flag win over indexers by environment.
    private func indexers(_ settings: ResolvedSettings) -> String? {
        from.isEmpty && !data.given.isEmpty ? nil : settings[.from]
    }

    private func settings() throws -> ResolvedSettings {
        var flags = GivenFlags()
        data.give(to: &flags)
        flags.give(.from, from.isEmpty ? nil : from.joined(separator: ","))
        // As a secret that is read from a file, not as one on the command line.
        flags.give(.token, tokenFile.map { $0.hasPrefix("/") ? "@\($0)" : "@./\($0)" })
        flags.give(.caCertificate, caCertificate)
        flags.give(.fromTimeoutSeconds, fromTimeoutS)
        return try ResolvedSettings.resolve(flags: flags)
    }
}
