/// Finds, in a ranked list, which bulletins are reprints of one that stands before them.
struct ReprintFolding {
    /// Texts as alike as this are one text.
    static let threshold = 0.8
    /// Bins that make a band. Two sketches that are 0.8 alike share a band of four in all but 2 of 10,000 cases.
    private static let bandSize = 4

    private var kept: [(sketch: [UInt8], index: Int)] = []
    private var bands: [UInt64: [Int]] = [:]
    private var byHash: [String: Int] = [:]

    /// The position of the bulletin that this one repeats; nil if it is new, and is remembered under `index`.
    mutating func original(of sketch: [UInt8]?, contentHash: String, index: Int) -> Int? {
        if let same = byHash[contentHash] { return same }
        guard let sketch, sketch.count == TextSketch.size else {
            byHash[contentHash] = index
            return nil
        }
        let keys = Self.keys(sketch)
        for key in keys {
            for candidate in bands[key] ?? []
            where TextSketch.similarity(kept[candidate].sketch, sketch) >= Self.threshold {
                byHash[contentHash] = kept[candidate].index
                return kept[candidate].index
            }
        }
        byHash[contentHash] = index
        for key in keys { bands[key, default: []].append(kept.count) }
        kept.append((sketch, index))
        return nil
    }

    private static func keys(_ sketch: [UInt8]) -> [UInt64] {
        stride(from: 0, to: TextSketch.size, by: bandSize).map { start in
            sketch[start..<(start + bandSize)].reduce(UInt64(start)) { $0 << 8 | UInt64($1) }
        }
    }
}
