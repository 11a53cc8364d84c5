/// Which side of its column a cell keeps to.
public enum ColumnAlignment: Sendable {
    /// Numbers right, everything else left.
    case automatic
    /// Left.
    case left
    /// Right.
    case right
}

/// How one column is made from a record and shown.
public struct Column<Row>: Sendable {
    /// The field's name, as in JSON: the CSV header, and what `--fields` names.
    public let name: String
    /// The heading for people.
    public let title: String
    /// Which side cells keep to.
    public let alignment: ColumnAlignment
    /// Whether this column gives way first when the terminal is too narrow.
    public let isFlexible: Bool
    /// The cells below which the column is not narrowed.
    public let minimumWidth: Int
    /// How many characters of the text a table shows, for ids whose beginning is enough; nil shows all. CSV and
    /// Markdown keep the whole text.
    public let tablePrefix: Int?
    let cell: @Sendable (Row) -> Cell

    /// A column.
    /// - Parameters:
    ///   - name: the field's name in JSON.
    ///   - title: the heading; the name if nil.
    ///   - alignment: which side cells keep to.
    ///   - isFlexible: whether the column gives way first when the terminal is too narrow: for long texts.
    ///   - minimumWidth: terminal cells below which the column is not narrowed.
    ///   - tablePrefix: characters of a text that a table shows; nil for all.
    ///   - value: what the column shows of a record.
    public init<Value: CellConvertible>(
        _ name: String,
        title: String? = nil,
        alignment: ColumnAlignment = .automatic,
        isFlexible: Bool = false,
        minimumWidth: Int = 4,
        tablePrefix: Int? = nil,
        value: @escaping @Sendable (Row) -> Value
    ) {
        self.name = name
        self.title = title ?? name
        self.alignment = alignment
        self.isFlexible = isFlexible
        self.minimumWidth = max(minimumWidth, 1)
        self.tablePrefix = tablePrefix
        self.cell = { value($0).cell }
    }

    /// The cell as a table shows it.
    func tableCell(_ row: Row) -> Cell {
        let whole = cell(row)
        guard let tablePrefix, case .text(let text) = whole else { return whole }
        return .text(String(text.prefix(tablePrefix)))
    }
}
