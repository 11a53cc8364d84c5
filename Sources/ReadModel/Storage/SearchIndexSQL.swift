internal import BulletinText
internal import GRDB

/// Two ways to the tokens of the search index: this program's own, and one in plain SQL.
///
/// FTS5 reads the view `search_content` where it rebuilds or checks the index by itself. The view calls no function of
/// this program, so that anybody can do that with plain `sqlite3`; it reads the tables `search_folding` and
/// `search_letters` instead, which say what ``Folding`` and ``SearchTokens`` say, at thirty times the cost.
enum SearchIndexSQL {
    /// The tokens of every bulletin as this program makes them: `bulletin_key, title, body`.
    static let tokens = """
        SELECT bulletin_key, search_tokens(title) AS title, search_tokens(\(body("bulletins"))) AS body
        FROM bulletins
        """

    /// The paragraphs of the bulletin that a row of `table` belongs to, joined by line feeds.
    static func body(_ table: String) -> String {
        """
        (SELECT group_concat(text, char(10))
         FROM (SELECT text FROM paragraphs AS p
               WHERE p.bulletin_key = \(table).bulletin_key ORDER BY paragraph))
        """
    }

    /// Which of the index's columns holds the titles: 1, and 0 in files of the first two schemas.
    static func titleColumn(_ database: Database) throws -> Int {
        try SQLStatement.number(database, "PRAGMA user_version") >= 3 ? 1 : 0
    }

    /// The tables and the view that plain SQL needs.
    static let schema = """
        CREATE TABLE search_folding (
            scalar TEXT PRIMARY KEY NOT NULL,
            folded TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE search_letters (
            first TEXT PRIMARY KEY NOT NULL,
            last  TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE VIEW search_content (bulletin_key, title, body) AS
        SELECT b.bulletin_key,
               \(view(of: "SELECT 0, 0, NULL, b.title")),
               \(view(of: "SELECT paragraph, 0, NULL, text FROM paragraphs WHERE bulletin_key = b.bulletin_key"))
        FROM bulletins AS b;
        """

    /// The overlapping pairs of the texts that `texts` selects as `paragraph, 0, NULL, text`. See ``SearchTokens``.
    private static func view(of texts: String) -> String {
        """
        (
            WITH RECURSIVE scalars (paragraph, position, scalar, rest) AS (
                \(texts)
                UNION ALL
                SELECT paragraph, position + 1, substr(rest, 1, 1), substr(rest, 2) FROM scalars WHERE rest <> ''
            ), folded (paragraph, position, scalar) AS (
                SELECT paragraph, position,
                       coalesce((SELECT f.folded FROM search_folding AS f WHERE f.scalar = s.scalar), s.scalar)
                FROM scalars AS s WHERE position > 0
            ), letters (paragraph, position, letter) AS (
                SELECT paragraph, position,
                       CASE WHEN (SELECT l.last FROM search_letters AS l WHERE l.first <= f.scalar
                                  ORDER BY l.first DESC LIMIT 1) >= f.scalar THEN f.scalar END
                FROM folded AS f
            ), pairs (paragraph, position, letter, next) AS (
                SELECT paragraph, position, letter, lead(letter) OVER (PARTITION BY paragraph ORDER BY position)
                FROM letters
            )
            SELECT group_concat(letter || coalesce(next, ''), ' ')
            FROM (SELECT letter, next FROM pairs WHERE letter IS NOT NULL ORDER BY paragraph, position)
        )
        """
    }

    /// Fills the two tables from this program's folding and its idea of a letter.
    static func fillTables(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM search_folding; DELETE FROM search_letters")
        let folding = try SQLStatement(database, "INSERT INTO search_folding VALUES (?, ?)")
        for pair in foldedScalars {
            try folding.bind(1, pair.scalar)
            try folding.bind(2, pair.folded)
            try folding.run()
        }
        let letters = try SQLStatement(database, "INSERT INTO search_letters VALUES (?, ?)")
        for range in letterRanges {
            try letters.bind(1, range.first)
            try letters.bind(2, range.last)
            try letters.run()
        }
    }

    // Both are made once in a process, not for each file.

    private static let foldedScalars: [(scalar: String, folded: String)] = (UInt32(0)...0x10FFFF).compactMap { value in
        guard let scalar = Unicode.Scalar(value) else { return nil }
        let folded = Folding.fold(scalar)
        return folded == scalar ? nil : (String(scalar), String(folded))
    }

    private static let letterRanges: [(first: String, last: String)] = {
        var ranges: [(first: String, last: String)] = []
        var first: Unicode.Scalar?
        var last: Unicode.Scalar?
        for value in UInt32(0)...0x10FFFF {
            // Planes 4 to 13 hold no characters, and asking for each of them takes most of the time.
            guard !(0x40000..<0xE0000).contains(value), let scalar = Unicode.Scalar(value) else { continue }
            if SearchTokens.isIndexed(scalar) {
                first = first ?? scalar
                last = scalar
            } else if let start = first, let end = last {
                ranges.append((String(start), String(end)))
                first = nil
            }
        }
        if let start = first, let end = last { ranges.append((String(start), String(end))) }
        return ranges
    }()
}
