/// The first characters of a set of names, to pass over most places of a text without a look into the set.
struct FirstCharacters {
    /// Bit n is set where one of them has n as its lowest six bits.
    private let mask: UInt64

    init(_ characters: some Sequence<UInt32>) {
        mask = characters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    /// False for most characters that are none of them, true for all that are.
    @inline(__always)
    func mayContain(_ character: UInt32) -> Bool { mask >> UInt64(character & 63) & 1 == 1 }
}
