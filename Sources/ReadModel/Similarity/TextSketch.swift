/// A fingerprint of a text that is nearly the same for nearly the same texts, by which reprints are found.
///
/// One-permutation MinHash with 64 bins of 8 bits (Li, Owen and Zhang, "One Permutation Hashing", 2012; empty bins are
/// filled from the next one as in Shrivastava and Li, 2014) over the runs of three letters and digits, folded: script,
/// width, punctuation and spacing do not matter. The share of equal bins estimates the Jaccard similarity with a standard
/// error of at most 0.06.
///
/// It is computed when a bulletin is written (``BulletinPartsWriter``) and stored in `text_sketches`.
enum TextSketch {
    /// Changes whenever the same text gives another sketch, or other texts get one.
    static let version = "1"
    /// The bytes of a sketch.
    static let size = 64
    /// A text of fewer runs has no sketch: a few characters more or less would change it beyond recognition.
    static let fewestRuns = 32

    /// The sketch of a bulletin's paragraphs; nil if they are too short for one.
    static func sketch(of paragraphs: some Sequence<String>) -> [UInt8]? {
        sketch(of: scalars(of: paragraphs))
    }

    private static func scalars(of paragraphs: some Sequence<String>) -> IndexedScalars {
        var scalars = IndexedScalars()
        for paragraph in paragraphs { scalars.append(paragraph) }
        return scalars
    }

    /// The sketch of paragraphs whose letters and digits have been found.
    static func sketch(of paragraphs: IndexedScalars) -> [UInt8]? {
        var smallest = [UInt64](repeating: .max, count: size)
        var runs = 0
        forEachRun(paragraphs) { hash in
            runs += 1
            let bin = Int(hash >> 58)
            if hash < smallest[bin] { smallest[bin] = hash }
        }
        guard runs >= fewestRuns, let first = smallest.firstIndex(where: { $0 != .max }) else { return nil }
        // The high bits name the bin and the low ones are free.
        var sketch = [UInt8](repeating: 0, count: size)
        var filler = UInt8(truncatingIfNeeded: smallest[first])
        for bin in stride(from: size - 1, through: 0, by: -1) {
            if smallest[bin] != .max { filler = UInt8(truncatingIfNeeded: smallest[bin]) }
            sketch[bin] = filler
        }
        return sketch
    }

    /// How alike two sketches are, 0 to 1: an estimate of the share of runs that the texts have in common.
    static func similarity(_ left: [UInt8], _ right: [UInt8]) -> Double {
        guard left.count == size, right.count == size else { return 0 }
        var equal = 0
        for index in 0..<size where left[index] == right[index] { equal += 1 }
        return Double(equal) / Double(size)
    }

    /// The share of runs that two texts have in common, exactly.
    static func exactSimilarity(_ left: [String], _ right: [String]) -> Double {
        var ofLeft: Set<UInt64> = []
        var ofRight: Set<UInt64> = []
        forEachRun(scalars(of: left)) { ofLeft.insert($0) }
        forEachRun(scalars(of: right)) { ofRight.insert($0) }
        let common = ofLeft.intersection(ofRight).count
        let all = ofLeft.count + ofRight.count - common
        return all == 0 ? 0 : Double(common) / Double(all)
    }

    /// The hash of every run of three letters and digits, across punctuation and paragraphs.
    private static func forEachRun(_ paragraphs: IndexedScalars, _ body: (UInt64) -> Void) {
        var window: UInt64 = 0
        var count = 0
        for value in paragraphs.values where value != 0 {
            // Three scalars of 21 bits each.
            window = (window << 21 | UInt64(value)) & (1 << 63 - 1)
            count += 1
            if count >= 3 { body(mixed(window)) }
        }
    }

    /// SplitMix64's finaliser: every bit depends on every bit.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var hash = value &+ 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
