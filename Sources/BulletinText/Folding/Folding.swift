/// Folding for comparison: scripts, widths and letter case made equal, one scalar for one scalar.
public enum Folding {
    /// The scalar that stands for `scalar` in folded text: simplified for traditional, half-width for full-width,
    /// lower case for upper case. Always exactly one scalar, so that offsets in folded text are offsets in the text:
    /// a scalar whose compatibility form has several stays as it is.
    @inlinable
    public static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value < 0x80 {
            let isUpper = scalar.value &- 0x41 < 26
            return Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | (isUpper ? 0x20 : 0))
        }
        return foldNonASCII(scalar)
    }

    /// `text` with each scalar folded; the number of scalars stays the same.
    public static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            folded.append(fold(scalar))
        }
        return String(folded)
    }

    /// ``fold(_:)-(Unicode.Scalar)`` by table, for scalars that are not ASCII.
    @usableFromInline
    static func foldNonASCII(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let code = scalar.value
        guard code < FoldingTable.limit else { return scalar }
        // Within the table's bounds: the generator writes two digits for each block below `limit`, and three for each
        // scalar of each block.
        let index = FoldingTable.index.utf8Start + Int(code >> 5) * 2
        let block = digit(index[0]) << 6 | digit(index[1])
        let value = FoldingTable.values.utf8Start + Int(block << 5 | code & 31) * 3
        let folded = digit(value[0]) << 12 | digit(value[1]) << 6 | digit(value[2])
        return folded == 0 ? scalar : Unicode.Scalar(folded) ?? scalar
    }

    @inline(__always)
    private static func digit(_ character: UInt8) -> UInt32 {
        UInt32(character &- 0x25)
    }
}
