/// The `traceparent` of W3C Trace Context, level 1, section 3.2.
public struct TraceParent: Hashable, Sendable, CustomStringConvertible {
    /// The trace, 32 hexadecimal digits in lower case.
    public let traceID: String
    /// The step within the trace, 16 hexadecimal digits in lower case.
    public let parentID: String
    /// The flags, 2 hexadecimal digits in lower case.
    public let flags: String

    /// A new trace, sampled.
    public init() {
        // All zeroes would mean no id at all.
        traceID = Self.hexadecimal(.random(in: 1 ... .max)) + Self.hexadecimal(.random(in: 1 ... .max))
        parentID = Self.hexadecimal(.random(in: 1 ... .max))
        flags = "01"
    }

    /// Reads a header; nil for what the specification says to ignore. Later versions may append fields.
    public init?(header: String) {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, Self.isHexadecimal(parts[0], 2), parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            Self.isHexadecimal(parts[1], 32), parts[1].contains(where: { $0 != "0" }),
            Self.isHexadecimal(parts[2], 16), parts[2].contains(where: { $0 != "0" }), Self.isHexadecimal(parts[3], 2)
        else { return nil }
        traceID = String(parts[1])
        parentID = String(parts[2])
        flags = String(parts[3])
    }

    private init(traceID: String, parentID: String, flags: String) {
        self.traceID = traceID
        self.parentID = parentID
        self.flags = flags
    }

    /// The next step of the same trace.
    public var child: TraceParent {
        TraceParent(traceID: traceID, parentID: Self.hexadecimal(.random(in: 1 ... .max)), flags: flags)
    }

    /// The header's value.
    public var description: String { "00-\(traceID)-\(parentID)-\(flags)" }

    private static func isHexadecimal(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
