public import BulletinEvents
public import Foundation

extension EventMetadata {
    /// The attributes of a bulletin's event. The id depends on what is published alone: sent again, it is the same.
    public static func publication(
        of bulletin: Bulletin,
        source: String,
        at time: Date = .now,
        trace: TraceParent = TraceParent()
    ) -> EventMetadata {
        EventMetadata(
            id: [bulletin.id, String(bulletin.contentHash.prefix(16)), bulletin.parser?.version]
                .compactMap(\.self).joined(separator: ":"),
            source: source,
            type: EventType.published.rawValue,
            time: Self.time(time),
            subject: bulletin.id,
            traceparent: trace.description
        )
    }

    /// The attributes of a withdrawal's event. Each withdrawal is an event of its own: the same bulletin may be
    /// published again and withdrawn again.
    public static func withdrawal(
        of id: String,
        source: String,
        at time: Date = .now,
        trace: TraceParent = TraceParent()
    ) -> EventMetadata {
        EventMetadata(
            id: "\(id):withdrawn:\(trace.parentID)",
            source: source,
            type: EventType.withdrawn.rawValue,
            time: Self.time(time),
            subject: id,
            traceparent: trace.description
        )
    }

    private static func time(_ time: Date) -> String {
        time.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
        )
    }
}
