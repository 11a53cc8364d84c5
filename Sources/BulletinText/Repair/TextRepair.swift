/// A kind of repair, and how often it was needed.
public struct RepairCount: Hashable, Sendable {
    /// The kind: one of the names in ``TextRepair/Kind``.
    public var kind: String

    /// How many places were repaired.
    public var count: Int

    /// A count of repairs of one kind.
    public init(kind: String, count: Int) {
        self.kind = kind
        self.count = count
    }
}

/// A text after repair.
public struct RepairedText: Hashable, Sendable {
    /// The cleaned text.
    public var text: String

    /// What was repaired, sorted by kind; empty for a clean text.
    public var repairs: [RepairCount]

    /// A text after repair.
    public init(text: String, repairs: [RepairCount]) {
        self.text = text
        self.repairs = repairs
    }
}

/// Undoes what tools and wrong decodings did to a text. A clean text comes back as it is.
///
/// Only damage is repaired: the writer's characters, in either script and of either width, and the spaces between them
/// stay as written. Line ends become U+000A, which is not counted.
public enum TextRepair {
    /// The kinds of repair.
    public enum Kind: String, CaseIterable, Sendable {
        /// The reading of a character in parentheses after it: `區(qū)`.
        case pinyin
        /// The same, put between the bytes of two characters; everything up to the next character in step was misread.
        case pinyinOutOfStep = "pinyin-out-of-step"
        /// UTF-8 read as ISO 8859-1 or Windows-1252.
        case utf8AsLatin1 = "mojibake-utf8-latin1"
        /// UTF-8 read as GBK.
        case utf8AsGBK = "mojibake-utf8-gbk"
        /// GBK read as ISO 8859-1 or Windows-1252.
        case gbkAsLatin1 = "mojibake-gbk-latin1"
        /// Big5 read as ISO 8859-1 or Windows-1252.
        case big5AsLatin1 = "mojibake-big5-latin1"
        /// Big5 read as GBK.
        case big5AsGBK = "mojibake-big5-gbk"
        /// GBK read as Big5.
        case gbkAsBig5 = "mojibake-gbk-big5"
        /// HTML entities in plain text.
        case entities
        /// Zero-width characters, byte order marks, soft hyphens, marks of direction.
        case zeroWidth = "zero-width"
        /// Control characters.
        case control
        /// Private-use characters.
        case privateUse = "private-use"
    }

    /// Repairs a text. Markup is recognised, and its entities are left to the HTML parser.
    public static func repair(_ text: String) -> RepairedText {
        var text = text
        let repaired = text.withUTF8 { bytes -> Pipeline? in
            let scan = RepairScan(bytes)
            if scan.isClean { return nil }
            var pipeline = Pipeline(bytes: Array(bytes))
            pipeline.run(scan)
            return pipeline
        }
        guard let repaired else { return RepairedText(text: text, repairs: []) }
        let repairs = repaired.counts.map { RepairCount(kind: $0.key.rawValue, count: $0.value) }
        return RepairedText(
            text: String(decoding: repaired.bytes, as: UTF8.self),
            repairs: repairs.sorted { $0.kind < $1.kind }
        )
    }

    /// How often a repaired text is looked at again. Damage hides damage: entities stand in wrongly decoded text, which
    /// may have been decoded wrongly twice; readings stand around control characters.
    private static let rounds = 8

    /// The repairs in the order in which they must be undone: the last damage first.
    private struct Pipeline {
        var bytes: [UInt8]
        var counts: [Kind: Int] = [:]

        mutating func run(_ first: RepairScan) {
            var scan = first
            for _ in 0..<rounds {
                guard undoEncodings(scan) || removeInsertions(scan) else { return }
                scan = bytes.withUnsafeBufferPointer { RepairScan($0) }
                if scan.isClean { return }
            }
        }

        /// Undoes wrong decodings and resolves entities; false if there were none.
        private mutating func undoEncodings(_ scan: RepairScan) -> Bool {
            var hasChanged = false
            if scan.hasLatinRun || scan.hasRareHan, let result = MisdecodingRepair.repair(bytes) {
                bytes = result.bytes
                for (kind, count) in result.counts { counts[kind, default: 0] += count }
                hasChanged = true
            }
            if scan.hasEntities, !bytes.withUnsafeBufferPointer({ HTMLText.isHTML($0) }),
                let result = bytes.withUnsafeBufferPointer(EntityRepair.repair)
            {
                bytes = result.bytes
                counts[.entities, default: 0] += result.count
                hasChanged = true
            }
            return hasChanged
        }

        /// Removes readings and what nobody sees; false if there was neither.
        private mutating func removeInsertions(_ scan: RepairScan) -> Bool {
            var hasChanged = false
            if scan.hasReadings, let result = bytes.withUnsafeBufferPointer(PinyinRepair.repair) {
                bytes = result.bytes
                if result.inStep > 0 { counts[.pinyin, default: 0] += result.inStep }
                if result.outOfStep > 0 { counts[.pinyinOutOfStep, default: 0] += result.outOfStep }
                hasChanged = true
            }
            if scan.hasInvisible {
                let result = bytes.withUnsafeBufferPointer(InvisibleCharacters.remove)
                // Line ends are made uniform without being counted.
                hasChanged = hasChanged || result.bytes != bytes
                bytes = result.bytes
                if result.zeroWidth > 0 { counts[.zeroWidth, default: 0] += result.zeroWidth }
                if result.control > 0 { counts[.control, default: 0] += result.control }
                if result.privateUse > 0 { counts[.privateUse, default: 0] += result.privateUse }
            }
            return hasChanged
        }
    }
}
