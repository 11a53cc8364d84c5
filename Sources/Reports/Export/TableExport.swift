public import BulletinEvents
internal import Console

/// Tables of CSV, one for each sort of thing, joined by the bulletin's id and positions.
public enum TableExport {
    private struct Row: Encodable {
        var cells: [Cell]
        func encode(to encoder: any Encoder) throws {}
    }

    private static let tables: [(name: String, columns: [String], rows: @Sendable (Bulletin) -> [[Cell]])] = [
        (
            "bulletins",
            [
                "id", "kind", "title", "source", "issuer", "author", "documentNumber", "publishedOn", "publishedAt",
                "signedOn", "eventDate", "eventEndDate", "url", "site", "place", "contentHash",
            ],
            { bulletin in
                let texts: [String?] = [
                    bulletin.id, bulletin.kind.rawValue, bulletin.title, bulletin.source, bulletin.issuer,
                    bulletin.author, bulletin.documentNumber, bulletin.publishedOn?.description,
                    bulletin.publishedAt, bulletin.signedOn?.description, bulletin.eventDate?.description,
                    bulletin.eventEndDate?.description, bulletin.url, bulletin.site, bulletin.place,
                    bulletin.contentHash,
                ]
                return [texts.map(\.cell)]
            }
        ),
        (
            "paragraphs", ["bulletinId", "paragraph", "text"],
            { bulletin in bulletin.paragraphs.enumerated().map { [bulletin.id.cell, $0.cell, $1.cell] } }
        ),
        (
            "directives",
            [
                "bulletinId", "sequence", "speaker", "speakerText", "text", "deadline", "heading", "paragraph", "start",
                "end",
            ],
            { bulletin in
                bulletin.directives.map { item in
                    [
                        bulletin.id.cell, item.sequence.cell, item.speaker.cell, item.speakerText.cell,
                        item.text.cell, item.deadline.cell, item.heading.cell, (item.span?.paragraph).cell,
                        (item.span?.start).cell, (item.span?.end).cell,
                    ]
                }
            }
        ),
        (
            "responsibles", ["bulletinId", "sequence", "name", "canonicalName"],
            { bulletin in
                bulletin.directives.flatMap { item in
                    item.responsible.map { name in
                        let full = bulletin.organizations.first { $0.name == name }?.canonicalName
                        return [bulletin.id.cell, item.sequence.cell, name.cell, full.cell]
                    }
                }
            }
        ),
        (
            "people", ["bulletinId", "name", "roles", "mentions"],
            { bulletin in
                bulletin.people.map { [bulletin.id.cell, $0.name.cell, $0.roles.cell, $0.mentions.count.cell] }
            }
        ),
        (
            "organizations", ["bulletinId", "name", "canonicalName", "collective", "mentions"],
            { bulletin in
                bulletin.organizations.map { item in
                    [
                        bulletin.id.cell, item.name.cell, item.canonicalName.cell, item.collective.cell,
                        item.mentions.count.cell,
                    ]
                }
            }
        ),
        (
            "documents", ["bulletinId", "title", "mentions"],
            { bulletin in bulletin.documents.map { [bulletin.id.cell, $0.title.cell, $0.mentions.count.cell] } }
        ),
    ]

    /// The names of the files.
    public static var fileNames: [String] { tables.map { $0.name + ".csv" } }

    /// Writes all tables into a folder; `bulletins` calls its argument with each bulletin, and is called once a table, so
    /// that none is held in memory. Throws as ``OutputFolder/write(_:_:)`` does.
    public static func write(
        to folder: OutputFolder,
        _ bulletins: ((Bulletin) throws -> Void) throws -> Void
    ) throws {
        for table in tables {
            try folder.write(table.name + ".csv") { output in
                let columns = table.columns.enumerated().map { index, name in
                    Column<Row>(name) { $0.cells[index] }
                }
                var printer = RecordPrinter(format: .csv, columns: columns, to: output)
                try bulletins { bulletin in
                    for cells in table.rows(bulletin) { try printer.print(Row(cells: cells)) }
                }
                try printer.finish()
            }
        }
    }
}
