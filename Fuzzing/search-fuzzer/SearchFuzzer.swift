import FuzzDriver

/// Puts what libFuzzer makes up to the search of a small read model. Run by `scripts/fuzz.sh --target search`.
@main
struct SearchFuzzer {
    static func main() {
        FuzzDriver.run { data, size in
            SearchInvariants.check(Array(UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }
}
