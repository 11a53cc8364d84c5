/// The third version: nothing is stored twice that can be told from what is there.
///
/// - Clauses of directives stand in the paragraphs: a row keeps where, and the view `directives` reads it from there.
/// - A folded name is kept where it differs from the name, and is a generated column otherwise.
/// - Raw texts and earlier revisions are compressed (``TextPacker``).
/// - The search index has the body before the title: a position in FTS5's first column needs no mark of its column, which
///   takes two bytes of five.
/// - No index of folded names: names are asked for by a part of them, which no index helps to find.
/// - `traces` tells when each event came, and by which request.
///
/// Older queries read it: each table has the columns that it had, and what was a table and is a view has its name.
enum SchemaV3 {
    static let sql = """
        \(SchemaViews.drop)

        CREATE TABLE new_people (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            person       INTEGER NOT NULL,
            name         TEXT NOT NULL,
            folded       TEXT,
            name_folded  TEXT NOT NULL GENERATED ALWAYS AS (coalesce(folded, name)) VIRTUAL,
            mentions     TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, person)
        ) WITHOUT ROWID;
        INSERT INTO new_people (bulletin_key, person, name, folded, mentions)
        SELECT bulletin_key, person, name, nullif(name_folded, name), mentions FROM people ORDER BY 1, 2;
        DROP TABLE people;
        ALTER TABLE new_people RENAME TO people;

        CREATE TABLE new_organizations (
            bulletin_key          INTEGER NOT NULL REFERENCES bulletins,
            organization          INTEGER NOT NULL,
            name                  TEXT NOT NULL,
            folded                TEXT,
            name_folded           TEXT NOT NULL GENERATED ALWAYS AS (coalesce(folded, name)) VIRTUAL,
            canonical_name        TEXT,
            canonical_folded      TEXT,
            canonical_name_folded TEXT GENERATED ALWAYS AS (coalesce(canonical_folded, canonical_name)) VIRTUAL,
            collective            INTEGER NOT NULL,
            mentions              TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, organization)
        ) WITHOUT ROWID;
        INSERT INTO new_organizations (bulletin_key, organization, name, folded, canonical_name, canonical_folded,
                                       collective, mentions)
        SELECT bulletin_key, organization, name, nullif(name_folded, name), canonical_name,
               nullif(canonical_name_folded, canonical_name), collective, mentions
        FROM organizations ORDER BY 1, 2;
        DROP TABLE organizations;
        ALTER TABLE new_organizations RENAME TO organizations;

        CREATE TABLE directive_rows (
            bulletin_key   INTEGER NOT NULL REFERENCES bulletins,
            directive      INTEGER NOT NULL,
            sequence       INTEGER NOT NULL,
            speaker        TEXT,
            folded         TEXT,
            speaker_folded TEXT GENERATED ALWAYS AS (coalesce(folded, speaker)) VIRTUAL,
            speaker_text   TEXT,
            clause         TEXT,
            deadline       TEXT,
            heading        INTEGER NOT NULL,
            span_paragraph INTEGER,
            span_start     INTEGER,
            span_end       INTEGER,
            PRIMARY KEY (bulletin_key, directive)
        ) WITHOUT ROWID;
        INSERT INTO directive_rows (bulletin_key, directive, sequence, speaker, folded, speaker_text, clause, deadline,
                                    heading, span_paragraph, span_start, span_end)
        SELECT bulletin_key, directive, sequence, speaker, nullif(speaker_folded, speaker), speaker_text,
               nullif(text, (SELECT substr(p.text, d.span_start + 1, d.span_end - d.span_start) FROM paragraphs AS p
                             WHERE p.bulletin_key = d.bulletin_key AND p.paragraph = d.span_paragraph
                               AND d.span_start >= 0 AND d.span_end >= d.span_start)),
               deadline, heading, span_paragraph, span_start, span_end
        FROM directives AS d ORDER BY 1, 2;

        CREATE TABLE new_responsibles (
            bulletin_key INTEGER NOT NULL,
            directive    INTEGER NOT NULL,
            position     INTEGER NOT NULL,
            name         TEXT NOT NULL,
            folded       TEXT,
            name_folded  TEXT NOT NULL GENERATED ALWAYS AS (coalesce(folded, name)) VIRTUAL,
            organization INTEGER,
            PRIMARY KEY (bulletin_key, directive, position),
            FOREIGN KEY (bulletin_key, directive) REFERENCES directive_rows,
            FOREIGN KEY (bulletin_key, organization) REFERENCES organizations
        ) WITHOUT ROWID;
        INSERT INTO new_responsibles (bulletin_key, directive, position, name, folded, organization)
        SELECT bulletin_key, directive, position, name, nullif(name_folded, name), organization
        FROM directive_responsibles ORDER BY 1, 2, 3;
        DROP TABLE directive_responsibles;
        ALTER TABLE new_responsibles RENAME TO directive_responsibles;
        DROP TABLE directives;

        CREATE TABLE new_documents (
            bulletin_key INTEGER NOT NULL REFERENCES bulletins,
            document     INTEGER NOT NULL,
            title        TEXT NOT NULL,
            folded       TEXT,
            title_folded TEXT NOT NULL GENERATED ALWAYS AS (coalesce(folded, title)) VIRTUAL,
            mentions     TEXT NOT NULL,
            PRIMARY KEY (bulletin_key, document)
        ) WITHOUT ROWID;
        INSERT INTO new_documents (bulletin_key, document, title, folded, mentions)
        SELECT bulletin_key, document, title, nullif(title_folded, title), mentions FROM documents ORDER BY 1, 2;
        DROP TABLE documents;
        ALTER TABLE new_documents RENAME TO documents;

        CREATE TABLE new_raw_texts (
            bulletin_key INTEGER PRIMARY KEY REFERENCES bulletins,
            raw          BLOB NOT NULL
        );
        INSERT INTO new_raw_texts
        SELECT bulletin_key, packed(raw, \(SearchIndexSQL.body("raw_texts"))) FROM raw_texts ORDER BY 1;
        DROP TABLE raw_texts;
        ALTER TABLE new_raw_texts RENAME TO raw_texts;

        CREATE TABLE new_revisions (
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
            bulletin           BLOB NOT NULL,
            UNIQUE (bulletin_key, revision)
        );
        INSERT INTO new_revisions
        SELECT revision_key, bulletin_key, revision, generation, offset, updated_generation, updated_offset, event_id,
               event_source, event_time, content_hash, packed(bulletin, NULL)
        FROM revisions ORDER BY 1;
        DROP TABLE revisions;
        ALTER TABLE new_revisions RENAME TO revisions;

        DROP TABLE bulletin_search;
        CREATE VIRTUAL TABLE bulletin_search USING fts5 (
            body, title, content = 'search_content', content_rowid = 'bulletin_key', tokenize = 'ascii'
        );
        INSERT INTO bulletin_search (rowid, title, body) \(SearchIndexSQL.tokens);

        CREATE VIEW directives AS
        SELECT bulletin_key, directive, sequence, speaker, speaker_folded, speaker_text,
               coalesce(clause, (SELECT substr(p.text, r.span_start + 1, r.span_end - r.span_start)
                                 FROM paragraphs AS p
                                 WHERE p.bulletin_key = r.bulletin_key AND p.paragraph = r.span_paragraph)) AS text,
               deadline, heading, span_paragraph, span_start, span_end
        FROM directive_rows AS r;

        CREATE TABLE traces (
            generation  INTEGER NOT NULL,
            offset      INTEGER NOT NULL,
            traceparent TEXT,
            recorded_at INTEGER,
            indexed_at  INTEGER NOT NULL,
            PRIMARY KEY (generation, offset)
        ) WITHOUT ROWID;

        \(SchemaViews.create)
        """
}
