public import ArgumentParser
public import BulletinParser
public import Ingestor
public import Operations

/// `--lexicon`: words that the parser is to know beside its own.
public struct LexiconOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of words that the parser is to know, repeatable; docs/lexicon.md.",
            valueName: "file"
        )
    )
    var lexicon: [String] = []

    /// Options as ArgumentParser fills them.
    public init() {}

    /// Adds what was given to `flags`.
    public func give(to flags: inout GivenFlags) {
        flags.give(.lexicon, lexicon)
    }
}

extension ResolvedSettings {
    /// A reader of documents that knows the words of the files in `lexicon`. Throws `SettingsError` where a file cannot be
    /// read, `LexiconError` where it is no lexicon.
    public func documentReader() throws -> DocumentReader { DocumentReader(lexicon: try parserLexicon()) }

    /// The words that the parser is to know: its own and those of the files in `lexicon`. Throws as
    /// ``documentReader()`` does.
    public func parserLexicon() throws -> Lexicon {
        let files = try files(.lexicon)
        guard !files.isEmpty else { return .builtIn }
        return try Lexicon(extendingBuiltInWith: files.map { LexiconText(name: $0.path, text: $0.text) })
    }
}
