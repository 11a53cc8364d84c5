internal import GRDB

extension ReadModelReader {
    /// Which of some bulletins, in the order of a list, are reprints of one before them: the position of the original,
    /// or nil for a text that is new. Throws ``ReadModelError``.
    func originals(of ids: [String]) throws -> [Int?] {
        var prints: [String: FingerprintsQuestion.Fingerprint] = [:]
        for answer in try ask(FingerprintsQuestion(ids: ids)) { prints.merge(answer) { first, _ in first } }
        var folding = ReprintFolding()
        return ids.enumerated().map { index, id in
            guard let print = prints[id] else { return nil }
            return folding.original(of: print.sketch, contentHash: print.hash, index: index)
        }
    }

    /// The rows without reprints of rows before them, and how many of each were left out.
    func unique<Row>(_ rows: [Row], id: (Row) -> String) throws -> [(row: Row, reprints: Int)] {
        let originals = try originals(of: rows.map(id))
        var counts: [Int: Int] = [:]
        for original in originals {
            if let original { counts[original, default: 0] += 1 }
        }
        return zip(rows.indices, originals).compactMap { index, original in
            original == nil ? (rows[index], counts[index] ?? 0) : nil
        }
    }
}

/// By what the bulletins of a file are told apart from their reprints, by id.
struct FingerprintsQuestion: PartitionQuestion {
    static let name = "fingerprints"
    var ids: [String]

    struct Fingerprint: Codable {
        var hash: String
        var sketch: [UInt8]?
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String: Fingerprint] {
        var prints: [String: Fingerprint] = [:]
        let query = try SQLStatement(
            database,
            "SELECT b.content_hash, \(try TextSketchTable.sketch(database)) FROM bulletins AS b WHERE b.id = ?"
        )
        for id in ids where prints[id] == nil {
            try query.bind(1, id)
            try query.forEachRow { prints[id] = Fingerprint(hash: $0.text(0), sketch: $0.blobIfAny(1)) }
        }
        return prints
    }
}
