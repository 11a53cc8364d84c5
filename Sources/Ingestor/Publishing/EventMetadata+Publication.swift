internal import BulletinEvents
internal import Foundation

extension EventMetadata {
    /// The attributes of a bulletin's event. The id depends on what is published alone: sent again, it is the same.
    static func publication(of bulletin: Bulletin, source: String, at time: Date = .now) -> EventMetadata {
        EventMetadata(
            id: [bulletin.id, String(bulletin.contentHash.prefix(16)), bulletin.parser?.version]
                .compactMap(\.self).joined(separator: ":"),
            source: source,
            type: EventType.published.rawValue,
            time: time.formatted(
                .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
            ),
            subject: bulletin.id,
            traceparent: newTraceparent()
        )
    }

    /// W3C trace context, level 1, section 3.2: version 00, a random trace and parent id, sampled.
    private static func newTraceparent() -> String {
        func hexadecimal(_ number: UInt64) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        // All zeroes would mean no id at all.
        let trace = hexadecimal(.random(in: 1 ... .max)) + hexadecimal(.random(in: 1 ... .max))
        return "00-\(trace)-\(hexadecimal(.random(in: 1 ... .max)))-01"
    }
}
