/// How much each piece of ``NameEvidence`` counts, as log-odds: a candidate whose sum is above 0 is more likely a name
/// than not.
///
/// The figures are a logistic regression over 407,000 candidates from 27,000 sentences with annotated names: news of the
/// 1990s, business biographies, policies and notices (which name few), and sentences made for the purpose after the build
/// of bulletins. Some were set by hand, for which those hold too few examples or others than bulletins do: double
/// surnames, white space in and behind a name, 等 and list marks, and characters that end the names of places.
enum NameWeights {
    /// What every candidate starts from.
    static let start = -2.0

    /// The weights, by the bits of ``NameEvidence``.
    static let weights: [Double] = [
        // Before: title, group title, address, titled list, list, label, clause, word, organ, inside.
        0.4, 0.2, -0.9, 0.2, 0.3, 1.6, 0.7, -0.2, 0.1, -2.4,
        // Surname: common, rare, double, none, little word.
        1.1, -1.7, 0.6, 1.1, -3,
        // Shape and characters: two, three, four, given first and last, unlikely first and last, word, region.
        -1, 0.7, 0.2, 1.2, 1.9, -1.7, -2.4, -1.6, -3,
        // Words: is one, opens with one, given is one, cut behind, cut before, in one, office.
        -4.3, -4.7, -2.8, -3.4, -3.4, -0.5, -2.4,
        // Behind: closed, space, title, address, verb, little word, etc, digit, list mark, organ, word, unknown.
        0.9, 0.8, 1.7, 1.5, 0.9, 0.8, 0.3, 0.2, 1.2, -2.2, -0.2, -3.8,
        // Together: unsupported, supported twice. The end of a place, padding.
        -2, 3.4, -1.2, 2,
    ]

    /// The sum of the weights of what is given.
    @inline(__always)
    static func sum(_ evidence: NameEvidence) -> Double {
        var sum = start
        var bits = evidence.rawValue
        while bits != 0 {
            sum += weights[bits.trailingZeroBitCount]
            bits &= bits - 1
        }
        return sum
    }
}
