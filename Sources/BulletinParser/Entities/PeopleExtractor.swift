import BulletinEvents

/// Finds the persons that the body names, with the titles beside each mention.
enum PeopleExtractor {
    static func people(in document: DocumentText) -> [Person] {
        []
    }
}
