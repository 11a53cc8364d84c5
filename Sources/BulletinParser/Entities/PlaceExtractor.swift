import BulletinEvents

/// Finds geographic names and venues.
enum PlaceExtractor {
    static func places(in document: DocumentText, people: [Person], organizations: [Organization]) -> [String] {
        []
    }
}
