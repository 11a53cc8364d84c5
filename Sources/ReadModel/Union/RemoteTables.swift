internal import Foundation
internal import GRDB

extension ReadModelReader {
    /// For each partition behind a server a database in memory that holds what `sql` reads of it.
    ///
    /// A join asks a table row by row, which over a network would take forever; so the columns that the statement names
    /// are fetched whole, once.
    func remoteTables(of sql: String) throws -> [Int: DatabaseQueue] {
        guard sources.contains(where: { $0.remote != nil }) else { return [:] }
        let schemas = try ask(each: sources.map { $0.remote == nil ? nil : SchemaQuestion() })
        var copies: [Int: DatabaseQueue] = [:]
        for (index, schema) in schemas.enumerated() {
            if let schema { copies[index] = try Self.emptyCopy(schema) }
        }
        // Asked of SQLite with one empty copy of the newest schema.
        func width(_ index: Int) -> Int { schemas[index]?.count ?? 0 }
        guard let widest = copies.max(by: { width($0.key) < width($1.key) })?.value else { return [:] }
        let read = try widest.read {
            try UnionQuery(sql: sql, timeLimit: .seconds(30), rowLimit: nil).columnsRead([$0])
        }
        for (table, columns) in read {
            let tables = try ask(
                each: schemas.map { schema -> TableQuestion? in
                    let names = schema?.filter { $0.table == table }.map(\.column) ?? []
                    guard !names.isEmpty else { return nil }
                    return TableQuestion(table: table, columns: names.map { columns.contains($0) ? $0 : nil })
                }
            )
            for (index, rows) in tables.enumerated() {
                guard let rows, let copy = copies[index] else { continue }
                try copy.inDatabase { try Self.fill($0, table, rows) }
            }
        }
        return copies
    }

    private static func emptyCopy(_ schema: [SchemaColumn]) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.inDatabase { database in
            for (table, columns) in Dictionary(grouping: schema, by: \.table) {
                let list = columns.map { "\(UnionTable.quoted($0.column)) \(declared($0.type))" }
                try database.execute(
                    sql: "CREATE TABLE \(UnionTable.quoted(table)) (\(list.joined(separator: ", ")))"
                )
            }
        }
        return queue
    }

    /// A type comes from a server, and is written into SQL.
    private static func declared(_ type: String) -> String {
        type.unicodeScalars.allSatisfy { $0.properties.isAlphabetic && $0.isASCII || $0 == " " } ? type : ""
    }

    private static func fill(_ database: Database, _ table: String, _ rows: [[SQLCell]]) throws {
        guard let width = rows.first?.count else { return }
        let places = Array(repeating: "?", count: width).joined(separator: ", ")
        try database.inTransaction {
            let statement = try SQLStatement(
                database,
                "INSERT INTO \(UnionTable.quoted(table)) VALUES (\(places))"
            )
            for row in rows {
                for (index, cell) in row.enumerated() { try cell.bind(statement, Int32(index + 1)) }
                try statement.run()
            }
            return .commit
        }
    }
}

/// The rows of a table or view of a file, in the file's order.
struct TableQuestion: PartitionQuestion {
    static let name = "table"
    /// Texts and blobs of one answer. A server holds it in memory.
    private static let mostBytes = 64 << 20

    var table: String
    /// All columns in order; nil for one that nobody reads, and which is NULL.
    var columns: [String?]

    func answer(_ database: Database, at _: PartitionLocation) throws -> [[SQLCell]] {
        guard let offered = try UnionTable.offered(database).first(where: { $0.name == table }),
            offered.columns.count == columns.count,
            zip(columns, offered.columns).allSatisfy({ $0 == nil || $0 == $1.name })
        else { throw ReadModelError(.invalidArgument, "the file has no such table or columns") }
        let list = columns.map { $0.map(UnionTable.quoted) ?? "NULL" }.joined(separator: ", ")
        let query = try SQLStatement(database, "SELECT \(list) FROM \(UnionTable.quoted(table))")
        var rows: [[SQLCell]] = []
        var bytes = 0
        try query.forEachRow { row in
            let cells = columns.indices.map { SQLCell(row, Int32($0)) }
            bytes += cells.reduce(0) { $0 + $1.size }
            guard bytes <= Self.mostBytes else {
                throw ReadModelError(
                    .answerTooLarge,
                    "SQL: table \(table) of one partition has more than \(Self.mostBytes >> 20) MiB in the columns that"
                        + " are read: ask where the files are"
                )
            }
            rows.append(cells)
        }
        return rows
    }
}

/// A value that is the same value after a way through JSON.
enum SQLCell: Codable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob(Data)

    init(_ row: SQLStatement, _ column: Int32) {
        self =
            switch row.value(column) {
            case .null: .null
            case .integer(let number): .integer(number)
            case .real(let number): .real(number)
            case .text(let text): .text(text)
            case .blob(let bytes): .blob(Data(bytes))
            }
    }

    var size: Int {
        switch self {
        case .null, .integer, .real: 16
        case .text(let text): text.utf8.count + 16
        case .blob(let bytes): bytes.count + 16
        }
    }

    func bind(_ statement: SQLStatement, _ index: Int32) throws {
        switch self {
        case .null: try statement.bind(index, Int64?.none)
        case .integer(let number): try statement.bind(index, number)
        case .real(let number): try statement.bind(index, number)
        case .text(let text): try statement.bind(index, text)
        case .blob(let bytes): try statement.bind(index, blob: Array(bytes))
        }
    }
}
