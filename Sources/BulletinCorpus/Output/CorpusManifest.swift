/// What a corpus holds: its parameters and counts.
public struct CorpusManifest: Sendable {
    /// What it was made of.
    public let options: CorpusOptions
    /// The bulletins written.
    public private(set) var count = 0
    private var kinds: [String: Int] = [:]
    private var damage: [String: Int] = [:]
    private var encodings: [String: Int] = [:]
    private var html = 0
    private var traditional = 0
    private var directives = 0
    private var bytes = 0

    /// The manifest of a corpus that nothing was written of yet.
    public init(options: CorpusOptions) {
        self.options = options
    }

    /// Counts a bulletin.
    public mutating func add(_ bulletin: CorpusBulletin) {
        count += 1
        kinds[bulletin.gold.kind, default: 0] += 1
        encodings[bulletin.encoding.rawValue, default: 0] += 1
        if let kind = bulletin.damage { damage[kind.rawValue, default: 0] += 1 }
        if bulletin.isHTML { html += 1 }
        if bulletin.isTraditional { traditional += 1 }
        directives += bulletin.gold.directives.count
        bytes += bulletin.bytes.count
    }

    /// The manifest as an indented JSON object.
    public var json: String {
        var json = JSONText(isIndented: true)
        json.object { json in
            json.object("options") { json in
                json.field("seed", raw: String(options.seed))
                json.field("script", options.script.rawValue)
                json.field("markup", options.markup.rawValue)
                json.field("encoding", options.encoding.rawValue)
                json.field("damage", options.damage.map(\.rawValue))
                json.field("damagedPercent", options.damagedPercent)
            }
            json.field("bulletins", count)
            json.field("bytes", bytes)
            json.field("directives", directives)
            json.field("html", html)
            json.field("traditional", traditional)
            json.object("kinds") { Self.write(kinds, to: &$0) }
            json.object("damage") { Self.write(damage, to: &$0) }
            json.object("encodings") { Self.write(encodings, to: &$0) }
        }
        return json.text
    }

    private static func write(_ counts: [String: Int], to json: inout JSONText) {
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { json.field(name, count) }
    }
}
