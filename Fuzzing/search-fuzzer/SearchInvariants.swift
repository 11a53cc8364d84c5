import FuzzDriver
import ReadModel

/// What must hold of any query whatever.
enum SearchInvariants {
    static func check(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let found = hits(text)
        FuzzDriver.require(found == hits(text), "asking twice gives two answers")
        guard let found else { return }
        FuzzDriver.require(found.count == found.hits.count, "the count is not the number of hits")
        for hit in found.hits {
            let length = hit.snippet.text.unicodeScalars.count
            FuzzDriver.require(
                hit.snippet.ranges.allSatisfy { 0 <= $0.start && $0.start <= $0.end && $0.end <= length },
                "a snippet marks what lies outside it"
            )
        }
        if let first = hits(text, limit: 3) {
            FuzzDriver.require(
                first.count == found.count && first.hits == Array(found.hits.prefix(3)),
                "a limit changes the answer"
            )
        }
        algebra(text)
    }

    /// Two phrases side by side, joined and excluded are the intersection, the union and the complement.
    private static func algebra(_ text: String) {
        // Readings in parentheses are tried with and without, a query as a whole; quotes end a phrase.
        let line = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { !"()（）\"＂".unicodeScalars.contains($0) })
        )
        let words = line.split(separator: "\n", maxSplits: 1)
        guard words.count == 2, let left = ids("\"\(words[0])\""), let right = ids("\"\(words[1])\"") else { return }
        // A phrase of which nothing is left is no condition.
        guard ids("-\"\(words[0])\"") == FuzzedReadModel.all.subtracting(left),
            ids("-\"\(words[1])\"") == FuzzedReadModel.all.subtracting(right)
        else {
            return FuzzDriver.require(left.isEmpty || right.isEmpty, "an exclusion is not the complement")
        }
        FuzzDriver.require(
            ids("\"\(words[0])\" \"\(words[1])\"") == left.intersection(right),
            "both phrases are not the intersection"
        )
        FuzzDriver.require(
            ids("\"\(words[0])\" OR \"\(words[1])\"") == left.union(right),
            "one of both phrases is not the union"
        )
    }

    private static func ids(_ query: String) -> Set<String>? {
        hits(query).map { Set($0.hits.map(\.id)) }
    }

    /// Nil where a query has more filters than are taken.
    private static func hits(_ query: String, limit: Int? = nil) -> SearchResults? {
        do {
            return try FuzzedReadModel.reader.search(query, limit: limit)
        } catch let error as ReadModelError where error.code == .invalidArgument {
            return nil
        } catch {
            FuzzDriver.fail("a query ends in an error: \(error)")
        }
    }
}
