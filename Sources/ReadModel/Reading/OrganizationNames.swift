internal import Foundation
internal import GRDB

/// Which full names a name stands for, over all files.
///
/// A bulletin tells that its 区防指 is the 大洼区防汛抗旱指挥部; another one may use the full name alone. Who asks for the
/// short name means both.
enum OrganizationNames {
    /// A list for `json_each`.
    static func json(_ names: Set<String>) -> String {
        guard let data = try? JSONEncoder().encode(names.sorted()) else { return "[]" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension ReadModelReader {
    /// The folded full names that names holding `wanted` stand for, without those that hold it themselves.
    func fullNames(of wanted: String) throws -> Set<String> {
        guard !wanted.isEmpty else { return [] }
        return Set(try ask(FullNamesQuestion(wanted: wanted)).joined())
    }
}

/// The folded full names that names of a file which hold a text stand for, without those that hold it themselves.
struct FullNamesQuestion: PartitionQuestion {
    static let name = "full-names"
    var wanted: String

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String] {
        let query = try SQLStatement(
            database,
            """
            SELECT DISTINCT canonical_name_folded FROM organizations
            WHERE instr(name_folded, ?1) > 0 AND canonical_name_folded IS NOT NULL
              AND instr(canonical_name_folded, ?1) = 0
            """
        )
        try query.bind(1, wanted)
        var names: [String] = []
        try query.forEachRow { names.append($0.text(0)) }
        return names
    }
}
