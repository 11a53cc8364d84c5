/// The first version of the schema.
///
/// Small rows that are read by bulletin live in `WITHOUT ROWID` tables keyed by it: they are stored side by side, need
/// no second index for the foreign key, and a batch appends to the end of each tree. Long texts live in ordinary
/// tables, whose leaves hold them better. Where a name stands in the text is a compact JSON array, because a row for
/// each mention would double the number of rows for something that is only read together with its name.
enum SchemaV1 {
    static let sql = """
        CREATE TABLE schema_info (
            name  TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE partition_state (
            id          INTEGER PRIMARY KEY CHECK (id = 1),
            cluster_id  TEXT,
            topic       TEXT NOT NULL,
            partition   INTEGER NOT NULL,
            generation  INTEGER NOT NULL,
            next_offset INTEGER NOT NULL
        );

        CREATE TABLE bulletins (
            bulletin_key         INTEGER PRIMARY KEY,
            id                   TEXT NOT NULL UNIQUE,
            kind                 TEXT NOT NULL,
            title                TEXT,
            source               TEXT,
            issuer               TEXT,
            author               TEXT,
            byline               TEXT NOT NULL,
            document_number      TEXT,
            published_on         TEXT,
            published_at         TEXT,
            signed_on            TEXT,
            event_date           TEXT,
            event_end_date       TEXT,
            url                  TEXT,
            site                 TEXT,
            place                TEXT,
            text_encoding        TEXT,
            text_script          TEXT,
            text_repairs         TEXT NOT NULL,
            content_hash         TEXT NOT NULL,
            parser_name          TEXT,
            parser_version       TEXT,
            revision             INTEGER NOT NULL,
            generation           INTEGER NOT NULL,
            offset               INTEGER NOT NULL,
            updated_generation   INTEGER NOT NULL,
            updated_offset       INTEGER NOT NULL,
            event_id             TEXT NOT NULL,
            event_source         TEXT NOT NULL,
            event_time           TEXT,
            withdrawn_generation INTEGER,
            withdrawn_offset     INTEGER,
            withdrawn_at         TEXT,
            withdrawn_reason     TEXT
        );
        CREATE INDEX bulletins_by_published_on ON bulletins (published_on);

        CREATE TABLE raw_texts (
            bulletin_key INTEGER PRIMARY KEY REFERENCES bulletins,
            raw          TEXT NOT NULL
        );

        CREATE TABLE paragraphs (
            paragraph_key INTEGER PRIMARY KEY,
            bulletin_key  INTEGER NOT NULL REFERENCES bulletins,
            paragraph     INTEGER NOT NULL,
            text          TEXT NOT NULL,
            UNIQUE (bulletin_key, paragraph)
        );

        CREATE TABLE revisions (
            revision_key       INTEGER PRIMARY KEY,
            bulletin_key       INTEGER NOT NULL REFERENCES bulletins,
            revision           INTEGER NOT NULL,
            generation         INTEGER NOT NULL,
            offset             INTEGER NOT NULL,
            updated_generation INTEGER NOT NULL,
            updated_offset     INTEGER NOT NULL,
            event_id           TEXT NOT NULL,
            event_source       TEXT NOT NULL,
            event_time         TEXT,
            content_hash       TEXT NOT NULL,
            bulletin           TEXT NOT NULL,
            UNIQUE (bulletin_key, revision)
        );

        CREATE TABLE people (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            person       INTEGER NOT NULL,
            name         TEXT NOT NULL,
            name_folded  TEXT NOT NULL,
            mentions     TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, person)
        ) WITHOUT ROWID;
        CREATE INDEX people_by_name ON people (name_folded);

        CREATE TABLE person_roles (
            bulletin_key INTEGER NOT NULL,
            person       INTEGER NOT NULL,
            position     INTEGER NOT NULL,
            role         TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, person, position),
            FOREIGN KEY (bulletin_key, person) REFERENCES people
        ) WITHOUT ROWID;

        CREATE TABLE organizations (
            bulletin_key          INTEGER NOT NULL REFERENCES bulletins,
            organization          INTEGER NOT NULL,
            name                  TEXT NOT NULL,
            name_folded           TEXT NOT NULL,
            canonical_name        TEXT,
            canonical_name_folded TEXT,
            collective            INTEGER NOT NULL,
            mentions              TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, organization)
        ) WITHOUT ROWID;
        CREATE INDEX organizations_by_name ON organizations (name_folded);

        CREATE TABLE directives (
            bulletin_key   INTEGER NOT NULL REFERENCES bulletins,
            directive      INTEGER NOT NULL,
            sequence       INTEGER NOT NULL,
            speaker        TEXT,
            speaker_folded TEXT,
            speaker_text   TEXT,
            text           TEXT NOT NULL,
            deadline       TEXT,
            heading        INTEGER NOT NULL,
            span_paragraph INTEGER,
            span_start     INTEGER,
            span_end       INTEGER,
            PRIMARY KEY (bulletin_key, directive)
        ) WITHOUT ROWID;

        CREATE TABLE directive_responsibles (
            bulletin_key INTEGER NOT NULL,
            directive    INTEGER NOT NULL,
            position     INTEGER NOT NULL,
            name         TEXT NOT NULL,
            name_folded  TEXT NOT NULL,
            organization INTEGER,
            PRIMARY KEY (bulletin_key, directive, position),
            FOREIGN KEY (bulletin_key, directive) REFERENCES directives,
            FOREIGN KEY (bulletin_key, organization) REFERENCES organizations
        ) WITHOUT ROWID;

        CREATE TABLE documents (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            document     INTEGER NOT NULL,
            title        TEXT NOT NULL,
            title_folded TEXT NOT NULL,
            mentions     TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, document)
        ) WITHOUT ROWID;
        CREATE INDEX documents_by_title ON documents (title_folded);

        CREATE TABLE quoted_terms (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            position     INTEGER NOT NULL,
            term         TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, position)
        ) WITHOUT ROWID;

        CREATE TABLE attendees (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            position     INTEGER NOT NULL,
            attendee     TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, position)
        ) WITHOUT ROWID;

        CREATE TABLE places (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            position     INTEGER NOT NULL,
            place        TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, position)
        ) WITHOUT ROWID;

        CREATE TABLE unknown_withdrawals (
            id         TEXT PRIMARY KEY NOT NULL,
            generation INTEGER NOT NULL,
            offset     INTEGER NOT NULL,
            at         TEXT,
            reason     TEXT
        ) WITHOUT ROWID;

        CREATE TABLE rejected (
            rejected_key INTEGER PRIMARY KEY,
            generation   INTEGER NOT NULL,
            offset       INTEGER NOT NULL,
            topic        TEXT NOT NULL,
            partition    INTEGER NOT NULL,
            stage        TEXT NOT NULL,
            reason       TEXT NOT NULL,
            message      TEXT NOT NULL,
            key          BLOB,
            value        BLOB,
            headers      TEXT NOT NULL,
            UNIQUE (generation, offset)
        );

        \(SearchIndexSQL.schema)

        CREATE VIRTUAL TABLE bulletin_search USING fts5 (
            title, body, content = 'search_content', content_rowid = 'bulletin_key', tokenize = 'ascii'
        );

        \(SchemaViews.create)
        """
}
