/// Which fields of a record are printed, in which order: what `--fields` takes.
public struct FieldSelection: Hashable, Sendable {
    /// The names, as in JSON; a dot leads into an object or the objects of a list: `snippet.text`, `bulletins.id`.
    public let names: [String]

    /// The fields of a list separated by commas; nil for one without a name.
    public init?(_ list: String) {
        let names = list.split(separator: ",").map { name in
            String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }.filter { !$0.isEmpty }
        if names.isEmpty { return nil }
        self.names = names
    }

    /// The columns of these names: those that are there already, else ones that show the field of the record's JSON.
    func columns<Row: Encodable & SendableMetatype>(of columns: [Column<Row>]) -> [Column<Row>] {
        names.map { name in
            if let column = columns.first(where: { $0.name == name }) { return column }
            return Column(name, isFlexible: true) { row in
                (try? JSONNode(row).value(at: name))?.cell ?? .empty
            }
        }
    }

    /// The record's JSON with these fields alone, each under the name that was given.
    func pick(from node: JSONNode) -> JSONNode {
        let picked = JSONNode()
        picked.content = .object(names.map { ($0, node.value(at: $0) ?? JSONNode()) })
        return picked
    }

    /// Throws where a record has no such field.
    func check(_ node: JSONNode, columns: [String]) throws(CommandError) {
        let known = node.paths() + columns.filter { name in !node.paths().contains(name) }
        for name in names where !known.contains(name) {
            let meant = Suggestion.clause(for: name, among: known)
            let list = known.filter { !$0.contains(".") }.joined(separator: ", ")
            throw CommandError(
                "there is no field '\(name)'\(meant.isEmpty ? "; there are \(list)" : meant)",
                exitStatus: .usage
            )
        }
    }
}

extension JSONNode {
    convenience init(_ value: some Encodable) throws {
        self.init()
        try encode(value, path: .root)
    }

    /// The value at a path of names separated by dots; of a list, that of each element.
    func value(at path: String) -> JSONNode? {
        path.split(separator: ".").reduce(self) { $0?.member(String($1)) }
    }

    private func member(_ name: String) -> JSONNode? {
        switch content {
        case .object(let fields): return fields.first { $0.key == name }?.value
        case .array(let elements):
            let list = JSONNode()
            list.content = .array(elements.compactMap { $0.member(name) })
            return list
        case .unset, .literal, .string: return nil
        }
    }

    /// All paths in it. Those below a list are its first element's.
    func paths() -> [String] {
        switch content {
        case .object(let fields):
            fields.flatMap { field in [field.key] + field.value.paths().map { "\(field.key).\($0)" } }
        case .array(let elements): elements.first?.paths() ?? []
        case .unset, .literal, .string: []
        }
    }

    /// What a table shows of it: texts and numbers as they are, a list of them joined, everything else as JSON.
    var cell: Cell {
        switch content {
        case .unset: return .empty
        case .string(let text): return .text(text)
        case .literal(let literal):
            if literal == "null" { return .empty }
            return literal == "true" || literal == "false" ? .text(literal) : .number(literal)
        case .array(let elements):
            let texts = elements.map(\.cell)
            if elements.isEmpty { return .empty }
            if !elements.contains(where: { if case .object = $0.content { true } else { false } }) {
                return .text(
                    texts.map { cell in
                        switch cell {
                        case .empty: ""
                        case .text(let text), .number(let text): text
                        case .highlighted(let text): text.text
                        }
                    }.joined(separator: "; ")
                )
            }
        case .object: break
        }
        return .text(text())
    }
}
