internal import BulletinEvents

/// Where a name stands, as the `mentions` columns hold it: `[[paragraph, start, end], …]`, with `null` for the title.
///
/// Written and read by hand, because a bulletin has dozens of these and a JSON coder takes longer than the row.
enum SpanJSON {
    static func encode(_ spans: [Span]) -> String {
        if spans.isEmpty { return "[]" }
        var json = "["
        for (index, span) in spans.enumerated() {
            json += index == 0 ? "[" : ",["
            if let paragraph = span.paragraph { json += String(paragraph) } else { json += "null" }
            json += ","
            json += String(span.start)
            json += ","
            json += String(span.end)
            json += "]"
        }
        json += "]"
        return json
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
