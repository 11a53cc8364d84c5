import CLibFuzzer
import Glibc

/// Runs libFuzzer in this process.
public enum FuzzDriver {
    /// What looks at an input; it returns 0. Whatever traps or aborts in it is a finding.
    public typealias Check = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

    /// Feeds `check` what libFuzzer makes up, as the command line says, and ends the process.
    public static func run(_ check: @escaping Check) -> Never {
        var count = CommandLine.argc
        var arguments = Optional(CommandLine.unsafeArgv)
        // The driver is called instead of letting libFuzzer bring its own `main`, which SwiftPM's would clash with.
        let status = arguments.withMemoryRebound { LLVMFuzzerRunDriver(&count, $0, check) }
        exit(status)
    }

    /// Ends the process with a finding where something does not hold that must.
    public static func require(_ condition: Bool, _ violation: @autoclosure () -> String) {
        if !condition { fail("violated: \(violation())") }
    }

    /// Ends the process with a finding.
    public static func fail(_ finding: String) -> Never {
        // Not `fatalError`: optimised builds drop its message, and Swift's own backtrace reads memory that
        // AddressSanitizer forbids to read.
        let message = finding + "\n"
        write(STDERR_FILENO, message, message.utf8.count)
        abort()
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
