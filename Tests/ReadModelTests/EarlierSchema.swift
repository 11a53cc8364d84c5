import Foundation
import GRDB

@testable import ReadModel

/// Partition files as earlier programs left them: their tables, and today's rows in the form they had there.
enum EarlierSchema {
    /// Writes the file at `location`, which nobody uses, anew in the schema of `version`.
    static func rewrite(_ location: PartitionLocation, as version: Int) throws {
        guard version < 3 else {
            let queue = try DatabaseQueue(path: location.path)
            try queue.writeWithoutTransaction { try $0.execute(sql: third) }
            return try queue.close()
        }
        let path = location.path + ".earlier"
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try SQLFunctions.register(on: $0) }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = \(PartitionFile.pageSize)")
            for step in Schema.steps.prefix(version) { try database.execute(sql: step) }
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(version)")
            try database.execute(sql: "ATTACH ? AS new", arguments: [location.path])
            for table in same + (version >= 2 ? ["log_identity", "replays"] : []) {
                try database.execute(sql: "INSERT OR REPLACE INTO main.\(table) SELECT * FROM new.\(table)")
            }
            try database.execute(sql: changed)
            try database.execute(sql: "DETACH new")
        }
        try queue.close()
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: location.path + suffix) {
            try FileManager.default.removeItem(atPath: location.path + suffix)
        }
        try FileManager.default.moveItem(atPath: path, toPath: location.path)
    }

    private static let same = [
        "schema_info", "partition_state", "bulletins", "paragraphs", "person_roles", "quoted_terms", "attendees",
        "places", "unknown_withdrawals", "rejected", "search_folding", "search_letters",
    ]

    /// The fourth version has other indices alone.
    private static let third = """
        DROP INDEX bulletins_withdrawn;
        DROP INDEX bulletins_by_date;
        CREATE INDEX bulletins_by_published_on ON bulletins (published_on);
        PRAGMA user_version = 3;
        """

    private static let changed = """
        INSERT INTO people SELECT bulletin_key, person, name, name_folded, mentions FROM new.people;
        INSERT INTO organizations
        SELECT bulletin_key, organization, name, name_folded, canonical_name, canonical_name_folded, collective, mentions
        FROM new.organizations;
        INSERT INTO directives SELECT * FROM new.directives;
        INSERT INTO directive_responsibles
        SELECT bulletin_key, directive, position, name, name_folded, organization FROM new.directive_responsibles;
        INSERT INTO documents SELECT bulletin_key, document, title, title_folded, mentions FROM new.documents;
        INSERT INTO raw_texts
        SELECT bulletin_key, unpacked(raw, \(SearchIndexSQL.body("r"))) FROM new.raw_texts AS r;
        INSERT INTO revisions
        SELECT revision_key, bulletin_key, revision, generation, offset, updated_generation, updated_offset, event_id,
               event_source, event_time, content_hash, unpacked(bulletin, NULL)
        FROM new.revisions;
        CREATE TABLE text_sketches (
            bulletin_key INTEGER PRIMARY KEY REFERENCES bulletins,
            sketch       BLOB NOT NULL
        );
        INSERT INTO text_sketches SELECT * FROM new.text_sketches;
        INSERT INTO bulletin_search (rowid, title, body) \(SearchIndexSQL.tokens);
        """
}
