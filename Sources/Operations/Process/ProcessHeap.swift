internal import Foundation

/// How glibc's heap is used by this process; other C libraries are left as they are.
public enum ProcessHeap {
    /// For a service: two heaps for all threads. By default glibc makes up to eight for each core, and a thread for each
    /// partition leaves free pieces in all of them.
    public static func useForService() {
        set(.heaps, 2)
        set(.growth, 128 << 10)
        set(.kept, 128 << 10)
    }

    /// For a command that answers one question and ends: one heap, which grows by a megabyte at a time and gives nothing back.
    /// A heap of a thread's own grows by a page at a time, a system call each: thousands for an answer out of many files.
    public static func useForOneAnswer() {
        set(.heaps, 1)
        set(.growth, 1 << 20)
        set(.kept, 64 << 20)
    }

    /// The numbers of `<malloc.h>`, which Swift's module of glibc leaves out.
    private enum Parameter: Int32 {
        /// `M_ARENA_MAX`
        case heaps = -8
        /// `M_TOP_PAD`, bytes
        case growth = -2
        /// `M_TRIM_THRESHOLD`, bytes
        case kept = -1
    }

    private static func set(_ parameter: Parameter, _ value: Int32) {
        #if os(Linux)
            // Other C libraries have no such function.
            guard let symbol = dlsym(nil, "mallopt") else { return }
            let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
            _ = mallopt(parameter.rawValue, value)
        #endif
    }
}
