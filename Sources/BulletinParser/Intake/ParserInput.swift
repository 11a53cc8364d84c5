/// One document to parse: its bytes, and what is known of it from elsewhere.
public struct ParserInput: Hashable, Sendable {
    /// The document as it came.
    public var bytes: [UInt8]
    /// What to call it in messages: a file name, a line of a dump.
    public var name: String?
    /// What sort of document the bytes are.
    public var mediaType: MediaType
    /// The encoding that transport or user state (`gbk`); nil leaves it to detection.
    public var charset: String?
    /// Where the document was found, if it was on the web.
    public var url: String?
    /// What a dump or a crawler states of the document; it wins over what is read from the text.
    public var stated: Stated

    /// A document of `mediaType`; by default its bytes tell.
    public init(
        bytes: [UInt8],
        name: String? = nil,
        mediaType: MediaType = .unknown,
        charset: String? = nil,
        url: String? = nil,
        stated: Stated = Stated()
    ) {
        self.bytes = bytes
        self.name = name
        self.mediaType = mediaType
        self.charset = charset
        self.url = url
        self.stated = stated
    }

    /// What sort of document bytes are.
    public enum MediaType: String, Hashable, Sendable, CaseIterable {
        /// Plain text, also where it holds marks that look like markup.
        case text
        /// HTML of any vintage.
        case html
        /// Whatever the content shows.
        case unknown
    }

    /// Header fields that are known beside the text.
    public struct Stated: Hashable, Sendable {
        /// The headline.
        public var title: String?
        /// The publisher.
        public var source: String?
        /// The publication date, in any form that bulletins use.
        public var date: String?
        /// The author.
        public var author: String?
        /// The name of the hosting site.
        public var site: String?

        /// What is known; nil where nothing is.
        public init(
            title: String? = nil,
            source: String? = nil,
            date: String? = nil,
            author: String? = nil,
            site: String? = nil
        ) {
            self.title = title
            self.source = source
            self.date = date
            self.author = author
            self.site = site
        }
    }
}
