internal import GRDB

extension ReadModelReader {
    /// Which of some bulletins, in the order of a list, are reprints of one before them: the position of the original,
    /// or nil for a text that is new. Throws ``ReadModelError``.
    func originals(of ids: [String]) throws -> [Int?] {
        var prints: [String: (hash: String, sketch: [UInt8]?)] = [:]
        try forEachReader { database in
            let query = try SQLStatement(
                database,
                """
                SELECT b.content_hash, s.sketch
                FROM bulletins AS b LEFT JOIN \(try TextSketchTable.source(database)) AS s
                     ON s.bulletin_key = b.bulletin_key
                WHERE b.id = ?
                """
            )
            for id in ids where prints[id] == nil {
                try query.bind(1, id)
                try query.forEachRow { prints[id] = ($0.text(0), $0.blobIfAny(1)) }
            }
        }
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
