import BulletinEvents

/// Finds who presided, attended or sat in.
enum AttendeeExtractor {
    static func attendees(in document: DocumentText, people: [Person]) -> [String] {
        []
    }
}
