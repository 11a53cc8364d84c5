internal import Foundation
internal import GRDB

/// Which full names a name stands for, over all files.
///
/// A bulletin tells that its 区防指 is the 大洼区防汛抗旱指挥部; another one may use the full name alone. Who asks for the
/// short name means both.
enum OrganizationNames {
    /// The folded full names that names holding `wanted` stand for, without those that hold it themselves.
    static func fullNames(of wanted: String, _ readers: [PartitionReader]) throws -> Set<String> {
        var names: Set<String> = []
        guard !wanted.isEmpty else { return names }
        for reader in readers {
            try reader.read { database in
                let query = try SQLStatement(
                    database,
                    """
                    SELECT DISTINCT canonical_name_folded FROM organizations
                    WHERE instr(name_folded, ?1) > 0 AND canonical_name_folded IS NOT NULL
                      AND instr(canonical_name_folded, ?1) = 0
                    """
                )
                try query.bind(1, wanted)
                try query.forEachRow { names.insert($0.text(0)) }
            }
        }
        return names
    }

    /// A list for `json_each`.
    static func json(_ names: Set<String>) -> String {
        guard let data = try? JSONEncoder().encode(names.sorted()) else { return "[]" }
        return String(decoding: data, as: UTF8.self)
    }
}
