import Foundation

extension KafkaConfiguration {
    /// Reads a properties file as Kafka's own tools take it: `key=value` or `key: value` lines, `#` or `!` comments,
    /// a trailing backslash continues the line.
    ///
    /// - Throws: ``KafkaError`` of category `configuration` that names file and line.
    public init(propertiesFile path: String) throws(KafkaError) {
        let operation = "read Kafka properties \(path)"
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw KafkaError(
                .invalidArgument,
                operation: operation,
                reason: error.localizedDescription,
                nextStep: "check that the file exists and can be read"
            )
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw KafkaError(.invalidArgument, operation: operation, reason: "the file is not UTF-8")
        }
        try self.init(propertiesText: text, source: path)
    }

    /// Reads the text of a properties file; `source` stands in messages.
    ///
    /// - Throws: ``KafkaError`` of category `configuration` that names source and line.
    public init(propertiesText: String, source: String) throws(KafkaError) {
        self.init()
        var firstPlaces: [String: String] = [:]
        var pending: (text: String, line: Int)?
        let lines = propertiesText.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, rawLine) in lines.enumerated() {
            let line = rawLine.trimmingCharacters(in: .whitespaces)
            if pending == nil, line.isEmpty || line.hasPrefix("#") || line.hasPrefix("!") { continue }
            let start = pending?.line ?? index + 1
            let text = (pending?.text ?? "") + line
            let isLast = index == lines.count - 1
            if Self.endsInContinuation(text), !isLast {
                pending = (String(text.dropLast()), start)
                continue
            }
            pending = nil
            let place = "\(source):\(start)"
            let (key, value) = try Self.parse(text, place: place)
            if let first = firstPlaces[key] {
                throw KafkaError(
                    .invalidArgument,
                    operation: place,
                    reason: "\(key) is set twice, first at \(first)",
                    nextStep: "remove one of the two"
                )
            }
            firstPlaces[key] = place
            set(key, value, place: place)
        }
    }

    /// An odd number of backslashes at the end continues the line; an even number is escaped backslashes.
    private static func endsInContinuation(_ text: String) -> Bool {
        text.reversed().prefix { $0 == "\\" }.count % 2 == 1
    }

    private static func parse(_ text: String, place: String) throws(KafkaError) -> (key: String, value: String) {
        // The text is not quoted in the message: a secret may stand on that line.
        guard let separator = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw KafkaError(.invalidArgument, operation: place, reason: "no '=' on this line; expected key=value")
        }
        let key = text[..<separator].trimmingCharacters(in: .whitespaces)
        guard !key.isEmpty else {
            throw KafkaError(.invalidArgument, operation: place, reason: "no key before '='; expected key=value")
        }
        let value = text[text.index(after: separator)...].trimmingCharacters(in: .whitespaces)
        return (key, try unescape(value, place: place))
    }

    /// Java's escapes: `\t`, `\n`, `\r`, `\uXXXX`; before anything else (`\\`, `\:`, `\=` ...) the backslash goes.
    private static func unescape(_ value: String, place: String) throws(KafkaError) -> String {
        guard value.contains("\\") else { return value }
        var result = String.UnicodeScalarView()
        var rest = value.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let escaped = rest.popFirst() else {
                result.append(scalar)
                continue
            }
            switch escaped {
            case "t": result.append("\t")
            case "n": result.append("\n")
            case "r": result.append("\r")
            case "u":
                let digits = String(String.UnicodeScalarView(rest.prefix(4)))
                guard digits.utf8.count == 4, let number = UInt32(digits, radix: 16),
                    let decoded = Unicode.Scalar(number)
                else {
                    throw KafkaError(
                        .invalidArgument,
                        operation: place,
                        reason: "\\u is not followed by four hex digits"
                    )
                }
                rest = rest.dropFirst(4)
                result.append(decoded)
            default: result.append(escaped)
            }
        }
        return String(result)
    }
}
