import BulletinEvents

/// Finds the organisations that the body names, single and collective, and resolves their full names.
enum OrganizationExtractor {
    static func organizations(in document: DocumentText, people: [Person], place: String?) -> [Organization] {
        []
    }
}
