internal import ArgumentParser
internal import CommandSupport
internal import Operations
internal import ReadModel

/// Completes names that the read model holds.
enum NameCompletion {
    /// Names that a shell shows at most.
    private static let most = 200

    static let organization = completion(.organization)
    static let person = completion(.person)
    static let source = completion(.source)
    static let document = completion(.document)

    private static func completion(_ kind: NameKind) -> CompletionKind {
        .custom { arguments, _, prefix in
            // A shell has no place for errors: without a read model there is nothing to complete.
            var flags = GivenFlags()
            flags.give(.dataDirectories, dataDirectories(arguments))
            guard let folders = try? ResolvedSettings.resolve(flags: flags)[.dataDirectories],
                let reader = try? ReadModelReader(dataDirectories: folders),
                let names = try? reader.names(kind, beginningWith: prefix)
            else { return [] }
            return names.prefix(most).map(\.name)
        }
    }

    /// The folders that stand in the command line so far.
    private static func dataDirectories(_ arguments: [String]) -> [String] {
        arguments.indices.compactMap { index in
            if arguments[index].hasPrefix("--data-dir=") { return String(arguments[index].dropFirst(11)) }
            guard arguments[index] == "--data-dir", index + 1 < arguments.count else { return nil }
            return arguments[index + 1]
        }
    }
}
