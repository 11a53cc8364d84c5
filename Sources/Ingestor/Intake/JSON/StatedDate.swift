internal import Foundation

/// Brings dates that machines write to the clock of the pages they speak of: Beijing's, eight hours ahead.
enum StatedDate {
    /// `2020-10-17 08:00:00` for a count of seconds or milliseconds since 1970, and for RFC 3339 with an offset. Anything
    /// else stays: the parser reads every form that pages use.
    static func inBeijing(_ text: String) -> String {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let seconds = count(trimmed) ?? moment(trimmed) else { return text }
        let date = Date(timeIntervalSince1970: seconds + 8 * 3_600)
        return date.formatted(
            Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
                includingFractionalSeconds: false
            )
        )
    }

    private static func count(_ text: String) -> Double? {
        // 20201017 is a day and no count.
        guard text.utf8.count >= 9, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E }),
            let number = Double(text), number < 4_102_444_800_000
        else { return nil }
        return number >= 4_102_444_800 ? number / 1_000 : number
    }

    private static func moment(_ text: String) -> Double? {
        guard text.contains("T"), text.hasSuffix("Z") || text.dropFirst(11).contains(where: { $0 == "+" || $0 == "-" })
        else {
            return nil
        }
        let plain = try? Date(text, strategy: .iso8601)
        let fractional = { try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
        return (plain ?? fractional())?.timeIntervalSince1970
    }
}
