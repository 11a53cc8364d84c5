/// The second version: what tells the log behind a file from another one under the same name, and replays.
///
/// Tables of their own, so that what reads `partition_state` of the first version reads this one, too.
enum SchemaV2 {
    static let sql = """
        CREATE TABLE log_identity (
            id              INTEGER PRIMARY KEY CHECK (id = 1),
            partition_count INTEGER,
            last_offset     INTEGER,
            last_timestamp  INTEGER,
            last_digest     TEXT
        );
        INSERT INTO log_identity (id) VALUES (1);

        CREATE TABLE replays (
            generation       INTEGER NOT NULL,
            offset           INTEGER NOT NULL,
            rejected_topic     TEXT NOT NULL,
            rejected_partition INTEGER NOT NULL,
            rejected_offset  INTEGER NOT NULL,
            PRIMARY KEY (generation, offset)
        ) WITHOUT ROWID;
        """
}
