/// How a site sets the fields of its header.
enum HeaderLayout: CaseIterable, Sendable {
    /// All on one line, with space between.
    case oneLine
    /// All on one line with nothing between: 发布时间：2017年05月24日来源：云溪发布.
    case glued
    /// One line each.
    case lines
    /// One line each, the labels padded to one width: 来　　源：.
    case padded
    /// Label and value on lines of their own.
    case apart
    /// The date without a label, then the rest.
    case bareDate

    static let weights: [(weight: Int, element: HeaderLayout)] = [
        (48, .oneLine), (8, .glued), (16, .lines), (8, .padded), (6, .apart), (14, .bareDate),
    ]

    /// The header's lines.
    func lines(_ fields: [HeaderFields.Field], _ random: inout CorpusRandom) -> [String] {
        guard !fields.isEmpty else { return [] }
        let colon = random.chance(80) ? "：" : ":"
        let gap = random.pick(["  ", " ", "　　", "    ", " | ", "\u{A0}\u{A0}"])
        func text(_ field: HeaderFields.Field) -> String { field.label + colon + field.value }
        switch self {
        case .oneLine: return [fields.map(text).joined(separator: gap)]
        case .glued:
            // The date first: 来源：云溪发布时间：… would say two things.
            let (dated, rest) = Self.split(fields.prefix(2))
            return [(dated + rest).map(text).joined()]
        case .lines: return fields.map(text)
        case .padded: return fields.map { Self.pad($0.label) + colon + $0.value }
        case .apart: return fields.flatMap { [$0.label + colon, $0.value] }
        case .bareDate:
            let (dated, rest) = Self.split(fields[...])
            return [(dated.map(\.value) + rest.map(text)).joined(separator: gap)]
        }
    }

    private static func split(
        _ fields: ArraySlice<HeaderFields.Field>
    ) -> (dated: [HeaderFields.Field], rest: [HeaderFields.Field]) {
        (fields.filter(\.isDate), fields.filter { !$0.isDate })
    }

    /// 来源 as wide as 发布时间.
    private static func pad(_ label: String) -> String {
        let characters = label.map(String.init)
        switch characters.count {
        case 2: return characters.joined(separator: "　　")
        case 4: return characters.joined(separator: " ")
        default: return label
        }
    }
}

extension HeaderFields.Field {
    fileprivate var isDate: Bool {
        label.hasSuffix("日期") || label.hasSuffix("时间")
    }
}
