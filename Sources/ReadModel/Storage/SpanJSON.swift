internal import BulletinEvents

/// Where a name stands, as the `mentions` columns hold it: `[[paragraph, start, end], …]`, with `null` for the title.
///
/// Written and read by hand, because a bulletin has dozens of these and a JSON coder takes longer than the row.
enum SpanJSON {
    static func encode(_ spans: [Span]) -> String {
        if spans.isEmpty { return "[]" }
        var json: [UInt8] = []
        json.reserveCapacity(spans.count * 14 + 2)
        json.append(UInt8(ascii: "["))
        for (index, span) in spans.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.append(UInt8(ascii: "["))
            if let paragraph = span.paragraph {
                append(paragraph, to: &json)
            } else {
                json.append(contentsOf: "null".utf8)
            }
            json.append(UInt8(ascii: ","))
            append(span.start, to: &json)
            json.append(UInt8(ascii: ","))
            append(span.end, to: &json)
            json.append(UInt8(ascii: "]"))
        }
        json.append(UInt8(ascii: "]"))
        return String(decoding: json, as: UTF8.self)
    }

    private static func append(_ number: Int, to json: inout [UInt8]) {
        if number < 0 { json.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = json.count
        repeat {
            json.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        json[start...].reverse()
    }

    /// The spans in `json`; anything that ``encode(_:)`` does not write is skipped.
    static func decode(_ json: String) -> [Span] {
        json.dropFirst(2).split(separator: "[").compactMap { item in
            let numbers = item.prefix { $0 != "]" }.split(separator: ",", omittingEmptySubsequences: false)
            guard numbers.count == 3, let start = Int(numbers[1]), let end = Int(numbers[2]) else { return nil }
            return Span(paragraph: Int(numbers[0]), start: start, end: end)
        }
    }
}
