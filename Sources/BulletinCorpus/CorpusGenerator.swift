/// A bulletin of a corpus: the page as it is found, the page as it was, and what it says.
public struct CorpusBulletin: Sendable {
    /// Its number in the corpus, from 0.
    public var index: Int
    /// The page, damaged or not.
    public var page: String
    /// The page before it was damaged.
    public var cleanPage: String
    /// Whether the page is HTML.
    public var isHTML: Bool
    /// The page in its encoding.
    public var bytes: [UInt8]
    /// The encoding, by the name of the option.
    public var encoding: CorpusOptions.Encoding
    /// Whether it is in traditional characters.
    public var isTraditional: Bool
    /// The damage done, if any.
    public var damage: DamageKind?
    /// What the undamaged page says.
    public var gold: Gold
    /// Where it would stand on the web: unique within the corpus.
    public var url: String
}

/// Makes bulletins that nobody ever published, each with its gold.
///
/// Bulletin `index` depends on the options and its index alone: a corpus can be made in any order, in parts, by many at
/// once, and needs no memory.
public struct CorpusGenerator: Sendable {
    /// What the corpus is made of.
    public let options: CorpusOptions

    /// A generator of one corpus.
    public init(_ options: CorpusOptions) {
        self.options = options
    }

    /// The bulletin at `index` (0 or more).
    public func bulletin(at index: Int) -> CorpusBulletin {
        var draft = Draft(seed: options.seed, index: index)
        Self.write(&draft)
        var page = Page(&draft, index: index)
        let style = style(&draft.random)
        page.apply(style)
        var gold = draft.gold.mapTexts(style.apply)
        gold.id = Self.name(of: index)

        let isHTML =
            switch options.markup {
            case .text: false
            case .html: true
            case .mixed: draft.random.chance(25)
            }
        let encoding = encoding(isTraditional: style.isTraditional, &draft.random)
        let form = draft.random
        var clean = page.render(isHTML: isHTML, in: encoding, form)
        let damage = isHTML ? nil : damaged(clean, style, &draft.random)
        var text = damage?.text ?? clean
        let bytes = Self.encode(text, encoding)
        let written = bytes == nil ? .utf8 : encoding
        if bytes == nil, isHTML {
            // The page names its encoding.
            clean = page.render(isHTML: true, in: .utf8, form)
            text = clean
        }
        return CorpusBulletin(
            index: index,
            page: text,
            cleanPage: clean,
            isHTML: isHTML,
            bytes: bytes ?? Array(text.utf8),
            encoding: written,
            isTraditional: style.isTraditional,
            damage: damage?.kind,
            gold: gold,
            url: "https://www.example.gov.cn/\(options.seed)/\(index).html"
        )
    }

    /// The name of a bulletin and its files: nine digits at least, so that names sort by index.
    public static func name(of index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    }

    private static func write(_ draft: inout Draft) {
        switch draft.random.below(100) {
        case 0..<56: draft.writeMeeting()
        case 56..<80: draft.writeNotice()
        case 80..<94: draft.writeInspection()
        case 94..<98: draft.writeAnnouncement()
        default: draft.writeOther()
        }
        draft.endParagraph()
    }

    private func style(_ random: inout CorpusRandom) -> WritingStyle {
        var style = WritingStyle()
        style.isTraditional =
            switch options.script {
            case .hans: false
            case .hant: true
            case .mixed: random.chance(40)
            }
        style.hasNarrowPunctuation = random.chance(15)
        style.hasCornerMarks = style.isTraditional && random.chance(20)
        return style
    }

    private func damaged(
        _ text: String,
        _ style: WritingStyle,
        _ random: inout CorpusRandom
    ) -> (kind: DamageKind, text: String)? {
        let kinds = options.damage.filter { style.isTraditional || !$0.needsTraditional }
        guard !kinds.isEmpty, random.chance(options.damagedPercent) else { return nil }
        let kind = random.pick(kinds)
        return Damage.apply(kind, to: text, &random).map { (kind, $0) }
    }

    private func encoding(isTraditional: Bool, _ random: inout CorpusRandom) -> CorpusOptions.Encoding {
        guard options.encoding == .mixed else { return options.encoding }
        return random.weighted([(40, .utf8), (35, isTraditional ? .big5 : .gb18030), (15, .gb18030), (10, .utf16)])
    }

    /// The text in an encoding, or nil if that cannot write it.
    private static func encode(_ text: String, _ encoding: CorpusOptions.Encoding) -> [UInt8]? {
        switch encoding {
        case .utf8, .mixed: Array(text.utf8)
        case .gb18030: TextEncoder.bytes(text, in: "GB18030")
        case .big5: TextEncoder.bytes(text, in: "BIG5-HKSCS")
        case .utf16: TextEncoder.bytes(text, in: "UTF-16LE").map { [0xFF, 0xFE] + $0 }
        }
    }
}

extension Page {
    /// The page in a form that `random` decides, which is the same for the same state of it.
    func render(isHTML: Bool, in encoding: CorpusOptions.Encoding, _ random: CorpusRandom) -> String {
        var random = random
        guard isHTML else { return text(&random) }
        // The label that most Chinese pages in GB18030 bear.
        return html(charset: encoding == .gb18030 ? "gb2312" : encoding.rawValue, &random)
    }

    /// Writes all that it shows in a style.
    mutating func apply(_ style: WritingStyle) {
        titleLines = titleLines.map(style.apply)
        above = above.map(style.apply)
        header = header.map(style.apply)
        body = body.map(style.apply)
        below = below.map(style.apply)
        metas = metas.map { ($0.name, $0.name == "Url" ? $0.content : style.apply($0.content)) }
        site = style.apply(site)
    }
}
