/// What one column shows of a record.
public enum Cell: Hashable, Sendable {
    /// Nothing: the record has no value here.
    case empty
    /// A text, aligned left.
    case text(String)
    /// A number as it is to be printed, aligned right. Never quoted or guarded in CSV.
    case number(String)
    /// A text with emphasis.
    case highlighted(HighlightedText)
}

/// A value that a column can show.
public protocol CellConvertible: SendableMetatype {
    /// The value as a cell.
    var cell: Cell { get }
}

extension Cell: CellConvertible {
    /// Itself.
    public var cell: Cell { self }
}

extension HighlightedText: CellConvertible {
    /// A cell with emphasis.
    public var cell: Cell { .highlighted(self) }
}

extension String: CellConvertible {
    /// A text cell.
    public var cell: Cell { .text(self) }
}

extension Substring: CellConvertible {
    /// A text cell.
    public var cell: Cell { .text(String(self)) }
}

extension Bool: CellConvertible {
    /// `true` or `false` as text.
    public var cell: Cell { .text(self ? "true" : "false") }
}

extension Int: CellConvertible {
    /// A number cell.
    public var cell: Cell { .number(String(self)) }
}

extension Int32: CellConvertible {
    /// A number cell.
    public var cell: Cell { .number(String(self)) }
}

extension Int64: CellConvertible {
    /// A number cell.
    public var cell: Cell { .number(String(self)) }
}

extension UInt64: CellConvertible {
    /// A number cell.
    public var cell: Cell { .number(String(self)) }
}

extension Double: CellConvertible {
    /// A number cell with the fewest digits that tell the value apart.
    public var cell: Cell { .number(String(self)) }
}

extension Optional: CellConvertible where Wrapped: CellConvertible {
    /// The value's cell, or an empty one.
    public var cell: Cell { self?.cell ?? .empty }
}

extension [String]: CellConvertible {
    /// The texts, separated by `; `.
    public var cell: Cell { isEmpty ? .empty : .text(joined(separator: "; ")) }
}
