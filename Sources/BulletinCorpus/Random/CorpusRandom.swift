/// The corpus's own source of chance: SplitMix64 (Steele, Lea, Flood 2014), whole numbers only.
///
/// Neither the standard library's generators nor floating point promise the same values on every machine; these do.
struct CorpusRandom: Sendable {
    private var state: UInt64

    /// The chances of bulletin `index` of a corpus: independent of all other bulletins.
    init(seed: UInt64, index: UInt64) {
        state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(index &+ 0xD1B5_4A32_D192_ED03)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but not including `count`, each as likely (but for 2⁻⁶⁴ of the range).
    mutating func below(_ count: Int) -> Int {
        Int(truncatingIfNeeded: UInt64(count).multipliedFullWidth(by: next()).high)
    }

    /// A number of the range, each as likely.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in `percent` of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    /// A rank below `count`, rank r about as often as 1/(r + 1): Zipf's law in steps of octaves, without floating point.
    mutating func rank(below count: Int) -> Int {
        let octave = below(Int.bitWidth - count.leadingZeroBitCount)
        let first = (1 << octave) - 1
        return first + below(min(2 * first + 1, count) - first)
    }

    /// One of the elements, each as likely.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// One of the elements, the first ones far more often than the last.
    mutating func common<Element>(_ elements: [Element]) -> Element {
        elements[rank(below: elements.count)]
    }

    /// `count` different elements, or all of them if there are fewer, in the order drawn.
    mutating func pick<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        var rest = elements
        return (0..<min(count, elements.count)).map { _ in rest.remove(at: below(rest.count)) }
    }

    /// One of the elements, each as often as its weight says.
    mutating func weighted<Element>(_ elements: [(weight: Int, element: Element)]) -> Element {
        var left = below(elements.reduce(0) { $0 + $1.weight })
        for (weight, element) in elements {
            left -= weight
            if left < 0 { return element }
        }
        return elements[elements.count - 1].element
    }
}
