/// What is known of a page beside its text: HTML metas, headings, or the fields of a dump.
struct PageHints: Sendable {
    /// A title given as such (ArticleTitle, `title` of a dump).
    var title: String?
    /// Headings of the page, h1 before h2.
    var headings: [String] = []
    /// `<title>`: the headline, often with the site's name behind it.
    var windowTitle: String?
    /// ContentSource.
    var source: String?
    /// PubDate.
    var date: String?
    /// Author.
    var author: String?
    /// Url.
    var url: String?
    /// SiteName.
    var site: String?
}
