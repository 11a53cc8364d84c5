public import ArgumentParser
public import BulletinCorpus
internal import Console

extension CorpusOptions.Script: ExpressibleByArgument {}
extension CorpusOptions.Markup: ExpressibleByArgument {}
extension CorpusOptions.Encoding: ExpressibleByArgument {}

struct GenerateCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case files, ndjson
    }

    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a corpus as files, or as NDJSON to standard output.",
        discussion: """
              bulletin-corpus generate --count 1000 --seed 1 --output corpus/
              bulletin-corpus generate --count 300 --script hant --damage pinyin,out-of-step --output damaged/
              bulletin-corpus generate --count 300 --damage mixed --damage-rate 0.2 --encoding gb18030 --output gbk/
              bulletin-corpus generate --count 300 --markup html --output pages/
              bulletin-corpus generate --count 1000000 --format ndjson --without-gold | gzip > million.ndjson.gz

            Files: DIR/00000/000000000.txt (or .html), its gold in .json beside it, a thousand a folder, and
            DIR/.manifest.json when all is written. NDJSON: url, text or html, gold, one bulletin a line.

            Readings in the text (pinyin, out-of-step) are found in traditional text only: --script hant or mixed.
            """
    )

    @Option(help: "How many bulletins.") var count: Int
    @Option(help: "The seed; another seed gives another corpus.") var seed: UInt64 = 1
    @Option(help: "hans, hant or mixed.") var script = CorpusOptions.Script.hans
    @Option(help: "text, html or mixed.") var markup = CorpusOptions.Markup.text
    @Option(help: "utf-8, gb18030, big5, utf-16 or mixed; files only.") var encoding = CorpusOptions.Encoding.utf8
    @Option(
        help: ArgumentHelp(
            "none, mixed, or of: \(DamageKind.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "kind,…"
        )
    )
    var damage = "none"
    @Option(help: "The share of pages that is damaged, 0 to 1.") var damageRate = 1.0
    @Option(help: "files or ndjson (default: files with --output, else ndjson).") var format: Format?
    @Option(help: ArgumentHelp("A new or empty folder for files.", valueName: "dir")) var output: String?
    @Flag(help: "Leave the gold out.") var withoutGold = false

    func validate() throws {
        guard count >= 0 else { throw ValidationError("--count must not be negative") }
        guard (0...1).contains(damageRate) else { throw ValidationError("--damage-rate must be from 0 to 1") }
        let kinds = try damageKinds()
        if script == .hans, damage != "mixed", let kind = kinds.first(where: \.needsTraditional) {
            throw ValidationError("--damage \(kind.rawValue) needs traditional text: add --script hant")
        }
        switch (format, output) {
        case (.files, nil): throw ValidationError("--format files needs --output DIR")
        case (.ndjson, .some): throw ValidationError("--format ndjson goes to standard output: leave out --output")
        case (.files, .some), (.ndjson, nil), (nil, _): break
        }
        if output == nil, encoding != .utf8 {
            throw ValidationError("--encoding is for files; NDJSON is always UTF-8")
        }
    }

    func run() async throws {
        var options = CorpusOptions(seed: seed)
        options.script = script
        options.markup = markup
        options.encoding = encoding
        options.damage = try damageKinds()
        options.damagedPercent = Int((damageRate * 100).rounded())
        let generator = CorpusGenerator(options)
        let progress = ProgressLine("generating", total: count, unit: "bulletins")
        defer { progress.finish() }
        do {
            if let output { try write(generator, to: output, progress) } else { try print(generator, progress) }
        } catch let error as CorpusError {
            throw CommandError(error)
        }
    }

    private func damageKinds() throws -> [DamageKind] {
        switch damage {
        case "none": return []
        case "mixed": return DamageKind.allCases
        default:
            return try damage.split(separator: ",").map { name in
                guard let kind = DamageKind(rawValue: String(name)) else {
                    throw ValidationError("there is no damage '\(name)'; see --help")
                }
                return kind
            }
        }
    }

    private func write(_ generator: CorpusGenerator, to path: String, _ progress: ProgressLine) throws {
        var folder = try CorpusFolder(path: path, withGold: !withoutGold)
        var manifest = CorpusManifest(options: generator.options)
        for index in 0..<count {
            let bulletin = generator.bulletin(at: index)
            try folder.write(bulletin)
            manifest.add(bulletin)
            progress.update(completed: index + 1)
        }
        try folder.finish(manifest)
    }

    private func print(_ generator: CorpusGenerator, _ progress: ProgressLine) throws {
        for index in 0..<count {
            try ConsoleOutput.standardOutput.write(generator.bulletin(at: index).line(withGold: !withoutGold) + "\n")
            progress.update(completed: index + 1)
        }
    }
}

extension CommandError {
    init(_ error: CorpusError) {
        switch error {
        case .notAFolder(let path): self.init("\(path) is a file; --output wants a folder", exitStatus: .usage)
        case .notEmpty(let path):
            self.init("\(path) is not empty; name a new folder, so that no two corpora mix", exitStatus: .usage)
        case .refused(let path, let code): self.init(cannot: "write", path: path, code: code, access: .writing)
        }
    }
}
