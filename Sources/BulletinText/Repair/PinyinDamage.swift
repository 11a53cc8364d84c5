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
        /// `?` for the first byte and the parenthesis together.
        case questionMark
        /// U+FFFD for the first byte; the parenthesis is kept (the WHATWG's decoder).
        case replacementCharacter
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

    /// A tool with a table of readings. Characters that GBK does not have are passed over.
    public init(
        readings: [(character: Unicode.Scalar, reading: String)],
        matching: Matching = .singlePass,
        decoder: Decoder = .questionMark
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
        return decode(stream)
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

    private func decode(_ stream: [Byte]) -> Outcome {
        var view = String.UnicodeScalarView()
        var outcome = Outcome(text: "", isLossy: false, outOfStep: 0)
        var position = 0
        while position < stream.count {
            let byte = stream[position]
            if byte.value < 0x80 {
                view.append(Unicode.Scalar(byte.value))
                position += 1
                continue
            }
            let next = position + 1 < stream.count ? stream[position + 1] : nil
            if let next, let scalar = GBK.table.scalar(byte.value, next.value) {
                view.append(scalar)
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
            case .questionMark:
                view.append("?")
                position += 2
            case .replacementCharacter:
                view.append("\u{FFFD}")
                position += next.map { $0.value < 0x80 } ?? true ? 1 : 2
            }
        }
        outcome.text = String(view)
        return outcome
    }

    private static func encode(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap(encode)
    }

    private static func encode(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.value < 0x80 { return [UInt8(scalar.value)] }
        return GBK.table.pair(scalar).map { [$0.lead, $0.trail] } ?? [UInt8(ascii: "?")]
    }
}
