internal import GRDB
internal import GRDBSQLite

/// One table of all partition files together, as SQL sees it.
///
/// Keys are unique within a file only; here the number of the file is put before them, so that joins hold together.
final class UnionTable {
    let name: String
    let columns: [Column]
    let files: [File]
    /// The columns that statements compiled so far read, as ``UnionPlan`` writes them; nil if none reads the table.
    var usedColumns: UInt64?

    struct Column: Hashable {
        var name: String
        var type: String
        /// Whether it is a key that files count by themselves.
        var isKey: Bool { name.hasSuffix("_key") }
    }

    /// A connection to a file.
    struct File {
        var connection: OpaquePointer
        /// The columns that the file's table has: one that an older program wrote may lack some, or the table.
        var columns: Set<String>
    }

    /// The bits of a key that are the file's own.
    static let keyBits: Int64 = 40

    init(name: String, columns: [Column], files: [File]) {
        self.name = name
        self.columns = columns
        self.files = files
    }

    /// What `sqlite3_declare_vtab` wants to know.
    var declaration: String {
        "CREATE TABLE x(" + columns.map { "\(Self.quoted($0.name)) \($0.type)" }.joined(separator: ", ") + ")"
    }

    static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A key as all files know it.
    static func key(_ local: Int64, file: Int) -> Int64 { local | Int64(file) << keyBits }

    /// The tables and views that are offered, from the schema of one file, by name.
    static func offered(_ database: Database) throws -> [(name: String, columns: [Column])] {
        let names = try SQLStatement(
            database,
            """
            SELECT name FROM sqlite_schema
            WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
              AND name NOT LIKE 'bulletin~_search%' ESCAPE '~' AND name NOT LIKE 'search~_%' ESCAPE '~'
            ORDER BY name
            """
        )
        var tables: [String] = []
        try names.forEachRow { tables.append($0.text(0)) }
        return try tables.map { table in
            let info = try SQLStatement(database, "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1")
            try info.bind(1, table)
            var columns: [Column] = []
            try info.forEachRow { columns.append(Column(name: $0.text(0), type: $0.text(1))) }
            return (table, columns)
        }
    }
}

@available(*, unavailable, message: "confined to one query")
extension UnionTable: Sendable {}

/// Which rows of a table are wanted, as `xBestIndex` writes it down for `xFilter`: the columns that are read, and
/// comparisons with values that come with the call.
struct UnionPlan: Equatable {
    enum Comparison: String {
        case equal = "="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// A bit for each of the first 63 columns, and one for all others.
    var usedColumns: UInt64
    var comparisons: [(column: Int, comparison: Comparison)]

    static func == (left: UnionPlan, right: UnionPlan) -> Bool { left.text == right.text }

    /// `used;column op;column op`.
    var text: String {
        ([String(usedColumns)] + comparisons.map { "\($0.column) \($0.comparison.rawValue)" }).joined(separator: ";")
    }

    init(usedColumns: UInt64, comparisons: [(column: Int, comparison: Comparison)] = []) {
        self.usedColumns = usedColumns
        self.comparisons = comparisons
    }

    init?(_ text: String) {
        let parts = text.split(separator: ";")
        guard let first = parts.first, let used = UInt64(first) else { return nil }
        usedColumns = used
        comparisons = []
        for part in parts.dropFirst() {
            let words = part.split(separator: " ")
            guard words.count == 2, let column = Int(words[0]), let comparison = Comparison(rawValue: String(words[1]))
            else { return nil }
            comparisons.append((column, comparison))
        }
    }

    func uses(_ column: Int) -> Bool { usedColumns & (1 << UInt64(min(column, 63))) != 0 }

    /// The query that one file is asked.
    func sql(_ table: UnionTable, _ file: UnionTable.File) -> String {
        func expression(_ column: UnionTable.Column) -> String {
            file.columns.contains(column.name) ? UnionTable.quoted(column.name) : "NULL"
        }
        let columns = table.columns.enumerated().map { index, column in uses(index) ? expression(column) : "NULL" }
        let conditions = comparisons.enumerated().map { index, item in
            "\(expression(table.columns[item.column])) \(item.comparison.rawValue) ?\(index + 1)"
        }
        return "SELECT \(columns.joined(separator: ", ")) FROM \(UnionTable.quoted(table.name))"
            + (conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))")
    }
}
