/// Makes the damage that ``TextRepair`` undoes: the conversion tool that puts readings after characters, in GBK bytes.
///
/// A model of what was seen on real pages. It serves tests, and generators of damaged corpora.
public struct PinyinDamage: Sendable {
    /// How the tool finds the characters of its table.
    public enum Matching: Sendable, CaseIterable {
        /// In one pass: a pair that was matched is not looked at again.
        case singlePass
        /// One character of the table after the other, each over the whole text.
        case characterByCharacter
    }

    /// What the decoder that read the bytes afterwards showed where a pair was broken.
    public enum Decoder: Sendable, CaseIterable {
        /// `?` for the first byte and the byte of ASCII after it together.
        case questionMark
        /// The same, and `?` for pairs of GBK's private use too.
        case questionMarkForPrivateUse
        /// U+FFFD for the first byte; the byte of ASCII after it is kept (the WHATWG's decoder).
        case replacementCharacter
        /// Nothing: the first byte and the byte of ASCII after it are dropped.
        case nothing
    }

    /// A damaged text.
    public struct Outcome: Sendable {
        /// The text as the site shows it.
        public var text: String

        /// Whether a byte was lost that no reading tells: such damage cannot be undone exactly.
        public var isLossy: Bool

        /// The number of readings put in out of step.
        public var outOfStep: Int
    }

    /// The tool's table: characters of GBK and their readings.
    private let table: [UInt16: [UInt8]]
    private let order: [UInt16]
    private let matching: Matching
    private let decoder: Decoder
    private let cuts: [UInt16]

    /// A tool with a table of readings. Characters that GBK does not have are passed over.
    ///
    /// - Parameters:
    ///   - readings: The table, in the order of the tool.
    ///   - matching: How the tool finds the characters of its table.
    ///   - decoder: What is shown where a pair of bytes was broken.
    ///   - cuts: Punctuation marks at which the text is cut afterwards, one after the other; the parts are decoded by
    ///     themselves. A mark that is found between two characters leaves a byte over.
    public init(
        readings: [(character: Unicode.Scalar, reading: String)],
        matching: Matching = .singlePass,
        decoder: Decoder = .questionMark,
        cutAt cuts: [Unicode.Scalar] = []
    ) {
        var table: [UInt16: [UInt8]] = [:]
        var order: [UInt16] = []
        for (character, reading) in readings {
            guard let pair = GBK.table.pair(character) else { continue }
            let code = UInt16(pair.lead) << 8 | UInt16(pair.trail)
            table[code] = Self.encode("(\(reading))")
            order.append(code)
        }
        self.table = table
        self.order = order
        self.matching = matching
        self.decoder = decoder
        self.cuts = cuts.compactMap(GBK.table.pair).map { UInt16($0.lead) << 8 | UInt16($0.trail) }
    }

    /// Damages a text. Characters that GBK does not have become `?`, as they do on such sites.
    public func apply(to text: String) -> Outcome {
        var stream: [Byte] = []
        for scalar in text.unicodeScalars {
            stream += Self.encode(scalar).map { Byte(value: $0, isInserted: false) }
        }
        switch matching {
        case .singlePass: stream = insert(into: stream, table)
        case .characterByCharacter:
            for code in order {
                stream = insert(into: stream, table.filter { $0.key == code })
            }
        }
        var outcome = Outcome(text: "", isLossy: false, outOfStep: 0)
        var parts = [stream[...]]
        for mark in cuts { parts = parts.flatMap { cut($0, at: mark) } }
        for part in parts { decode(part, into: &outcome) }
        return outcome
    }

    private struct Byte {
        let value: UInt8
        let isInserted: Bool
    }

    private func insert(into stream: [Byte], _ table: [UInt16: [UInt8]]) -> [Byte] {
        var output: [Byte] = []
        output.reserveCapacity(stream.count)
        var position = 0
        while position < stream.count {
            output.append(stream[position])
            position += 1
            guard position < stream.count else { break }
            let code = UInt16(stream[position - 1].value) << 8 | UInt16(stream[position].value)
            if let reading = table[code] {
                output.append(stream[position])
                output += reading.map { Byte(value: $0, isInserted: true) }
                position += 1
            }
        }
        return output
    }

    /// Cuts a part before and after each place where its bytes hold a punctuation mark.
    private func cut(_ stream: ArraySlice<Byte>, at mark: UInt16) -> [ArraySlice<Byte>] {
        var parts: [ArraySlice<Byte>] = []
        var start = stream.startIndex
        var position = start
        while position + 1 < stream.endIndex {
            if UInt16(stream[position].value) << 8 | UInt16(stream[position + 1].value) == mark {
                parts += [stream[start..<position], stream[position..<position + 2]]
                position += 2
                start = position
            } else {
                position += 1
            }
        }
        return parts + [stream[start...]]
    }

    private func decode(_ stream: ArraySlice<Byte>, into outcome: inout Outcome) {
        var view = String.UnicodeScalarView()
        var position = stream.startIndex
        while position < stream.endIndex {
            let byte = stream[position]
            if byte.value < 0x80 {
                view.append(Unicode.Scalar(byte.value))
                position += 1
                continue
            }
            let next = position + 1 < stream.endIndex ? stream[position + 1] : nil
            if let next, let scalar = GBK.table.scalar(byte.value, next.value) {
                let isUndefined = decoder == .questionMarkForPrivateUse && GBK.table.isUndefined(byte.value, next.value)
                if isUndefined { outcome.isLossy = true }
                view.append(isUndefined ? "?" : scalar)
                position += 2
                continue
            }
            // A reading tells which byte was swallowed; anything else that breaks a pair takes a byte with it.
            if let next, next.isInserted, next.value == UInt8(ascii: "("), !byte.isInserted {
                outcome.outOfStep += 1
            } else {
                outcome.isLossy = true
            }
            switch decoder {
            case .questionMark, .questionMarkForPrivateUse:
                view.append("?")
                position += 2
            case .replacementCharacter:
                view.append("\u{FFFD}")
                position += next.map { $0.value < 0x80 } ?? true ? 1 : 2
            case .nothing:
                position += 2
            }
        }
        outcome.text += String(view)
    }

    private static func encode(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap(encode)
    }

    private static func encode(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.value < 0x80 { return [UInt8(scalar.value)] }
        return GBK.table.pair(scalar).map { [$0.lead, $0.trail] } ?? [UInt8(ascii: "?")]
    }
}
