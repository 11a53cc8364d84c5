/// Data whose rules go beyond what its Swift types say.
protocol Validatable: Decodable {
    var id: String { get }
    /// The first rule of the schema that the value breaks, in one line for people; nil if it breaks none.
    var violation: String? { get }
}

/// Limits of the contract, the same numbers as in `proto-json/`.
enum ContractLimits {
    /// Characters of an id; generous beside the 32 that the ingestor makes.
    static let idLength = 1...128
    /// Hexadecimal digits of a SHA-256.
    static let hashLength = 64
}

extension Bulletin: Validatable {
    var violation: String? {
        if let violation = idViolation(id) { return violation }
        if contentHash.utf8.count != ContractLimits.hashLength || !contentHash.utf8.allSatisfy(isLowerHexadecimal) {
            return "contentHash is not a SHA-256 in lower-case hexadecimal"
        }
        for (index, directive) in directives.enumerated() where directive.sequence < 0 {
            return "directives[\(index)].sequence is negative"
        }
        let spansAreRight =
            people.allSatisfy { areRight($0.mentions) } && organizations.allSatisfy { areRight($0.mentions) }
            && documents.allSatisfy { areRight($0.mentions) } && directives.allSatisfy { $0.span.map(isRight) ?? true }
        return spansAreRight ? nil : "a span ends before it starts, or starts before its text"
    }
}

extension Withdrawal: Validatable {
    var violation: String? { idViolation(id) }
}

private func idViolation(_ id: String) -> String? {
    ContractLimits.idLength.contains(id.unicodeScalars.count) ? nil : "id has not 1 to 128 characters"
}

private func areRight(_ spans: [Span]) -> Bool { spans.allSatisfy(isRight) }

private func isRight(_ span: Span) -> Bool {
    span.start >= 0 && span.end >= span.start && (span.paragraph ?? 0) >= 0
}

private func isLowerHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
}
