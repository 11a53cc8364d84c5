import CLibFuzzer
import Glibc

/// Feeds what libFuzzer makes up to decoding, repair and parsing. Run by `scripts/fuzz.sh`.
@main
struct BulletinFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments = Optional(CommandLine.unsafeArgv)
        // The driver is called instead of letting libFuzzer bring its own `main`, which SwiftPM's would clash with.
        let status = arguments.withMemoryRebound { arguments in
            LLVMFuzzerRunDriver(&count, arguments) { data, size in
                Invariants.check(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
        }
        exit(status)
    }
}

extension Optional<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>> {
    /// C's `char ***` differs from Swift's `argv` in nothing but whether it may be null.
    fileprivate mutating func withMemoryRebound(
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>) -> CInt
    ) -> CInt {
        withUnsafeMutablePointer(to: &self, body)
    }
}
