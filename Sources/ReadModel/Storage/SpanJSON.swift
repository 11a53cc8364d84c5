internal import BulletinEvents

/// Where a name stands, as the `mentions` columns hold it: `[[paragraph, start, end], …]`, with `null` for the title.
///
/// Written and read by hand, because a bulletin has dozens of these and a JSON coder takes longer than the row.
enum SpanJSON {
    static func encode(_ spans: [Span]) -> String {
        var json: [UInt8] = []
        write(spans, over: &json)
        return String(decoding: json, as: UTF8.self)
    }

    /// Writes in UTF-8 what ``encode(_:)`` gives in the place of what `json` holds.
    static func write(_ spans: [Span], over json: inout [UInt8]) {
        json.removeAll(keepingCapacity: json.capacity <= 1 << 16)
        json.append(UInt8(ascii: "["))
        for span in spans {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
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
    }

    private static func append(_ number: Int, to json: inout [UInt8]) {
        if number < 0 { json.append(UInt8(ascii: "-")) }
        let rest = number.magnitude
        var power: UInt = 1
        while rest / power >= 10 { power *= 10 }
        while power > 0 {
            json.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / power % 10))
            power /= 10
        }
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
