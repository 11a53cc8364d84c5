import BulletinEvents

/// Finds what somebody is told to do, by whom, and who is to do it.
enum DirectiveExtractor {
    static func directives(in document: DocumentText, kind: Bulletin.Kind, people: [Person]) -> [Directive] {
        []
    }
}
