import BulletinEvents

/// Finds what somebody is told to do, by whom, and who is to do it.
///
/// The rules are explained in `docs/parser.md`. They read folded text (simplified script, half-width marks, lower case)
/// and cut what they find out of the text as written.
enum DirectiveExtractor {
    /// The directives of a document, in order. `people` are the persons found in it: a speaker is given by the name
    /// that they have there.
    static func directives(in document: DocumentText, kind: Bulletin.Kind, people: [Person], lexicon: Lexicon)
        -> [Directive]
    {
        var reader = DirectiveReader(document: document, kind: kind, people: people, lexicon: lexicon)
        return reader.read()
    }
}
