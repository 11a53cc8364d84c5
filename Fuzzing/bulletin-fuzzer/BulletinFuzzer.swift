import FuzzDriver

/// Feeds what libFuzzer makes up to decoding, repair and parsing. Run by `scripts/fuzz.sh`.
@main
struct BulletinFuzzer {
    static func main() {
        FuzzDriver.run { data, size in
            Invariants.check(Array(UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }
}
