internal import GRDB

/// The table `text_sketches`: derived from the paragraphs, like the search index, and made again where another version
/// of ``TextSketch`` made it.
enum TextSketchTable {
    private static let schema = """
        CREATE TABLE IF NOT EXISTS text_sketches (
            bulletin_key INTEGER PRIMARY KEY REFERENCES bulletins,
            sketch       BLOB NOT NULL
        );
        """

    /// Brings the table up to date in one transaction, or as a part of the one that is open.
    static func prepare(_ database: Database) throws {
        if try version(database) == TextSketch.version { return }
        try database.inSavepoint {
            if try version(database) == TextSketch.version { return .commit }
            try database.execute(
                sql: """
                    \(schema)
                    DELETE FROM text_sketches;
                    INSERT INTO text_sketches \(computed);
                    """
            )
            try database.execute(
                sql: "INSERT OR REPLACE INTO schema_info (name, value) VALUES ('sketch', ?)",
                arguments: [TextSketch.version]
            )
            return .commit
        }
    }

    /// `bulletin_key, sketch` of every bulletin that has one, as SQL to read from. A file that no newer indexer has opened
    /// has no such table, and its sketches are computed as they are read.
    static func source(_ database: Database) throws -> String {
        try version(database) == TextSketch.version ? "text_sketches" : "(\(computed))"
    }

    /// The sketch of `bulletins AS b`, as an expression; NULL where it has none.
    static func sketch(_ database: Database) throws -> String {
        try version(database) == TextSketch.version
            ? "(SELECT s.sketch FROM text_sketches AS s WHERE s.bulletin_key = b.bulletin_key)"
            : """
            (SELECT text_sketch(group_concat(p.text, char(10))) FROM paragraphs AS p
             WHERE p.bulletin_key = b.bulletin_key)
            """
    }

    private static let computed = """
        SELECT bulletin_key, sketch FROM (
            SELECT bulletin_key, text_sketch(group_concat(text, char(10))) AS sketch
            FROM paragraphs GROUP BY bulletin_key
        ) WHERE sketch IS NOT NULL
        """

    private static func version(_ database: Database) throws -> String? {
        let query = try SQLStatement(database, "SELECT value FROM schema_info WHERE name = 'sketch'")
        defer { query.reset() }
        return try query.step() ? query.textIfAny(0) : nil
    }
}
