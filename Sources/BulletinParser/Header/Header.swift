/// The values that a page's label fields, stamps and datelines state, before they are weighed against each other.
struct Header: Sendable {
    var source: String?
    var publisher: String?
    var issuer: String?
    var published: FoundDate?
    var updated: FoundDate?
    var dispatched: FoundDate?
    var signed: FoundDate?
    /// A date in the header that no label announces.
    var stamped: FoundDate?
    var title: String?
    var documentNumber: String?
    var author: String?
    var byline: [String] = []

    /// Takes over what `other` states and this one does not.
    mutating func fill(from other: Header) {
        source = source ?? other.source
        publisher = publisher ?? other.publisher
        issuer = issuer ?? other.issuer
        published = published ?? other.published
        updated = updated ?? other.updated
        dispatched = dispatched ?? other.dispatched
        signed = signed ?? other.signed
        stamped = stamped ?? other.stamped
        title = title ?? other.title
        documentNumber = documentNumber ?? other.documentNumber
        author = author ?? other.author
        for name in other.byline where !byline.contains(name) { byline.append(name) }
    }
}
