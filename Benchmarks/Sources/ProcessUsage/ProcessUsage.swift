internal import Foundation

/// The most memory that this process ever had resident.
public enum PeakMemory {
    /// In KiB; 0 where the system has no `/proc`.
    public static var kilobytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}

/// The processor time of this process: what others do on the machine counts less than in time by the clock.
public enum ProcessorTime {
    /// In seconds.
    public static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
