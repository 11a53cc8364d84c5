import CoreMetrics
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Prometheus's standard metrics of a process
/// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics), from `/proc`; where there is none,
/// nothing is told.
final class ProcessMetrics: Sendable {
    /// There is one process.
    static let shared = ProcessMetrics()

    private let cpu = FloatingPointCounter(label: "process_cpu_seconds_total")
    private let resident = Gauge(label: "process_resident_memory_bytes")
    private let openFiles = Gauge(label: "process_open_fds")
    private let maximumFiles = Gauge(label: "process_max_fds")
    private let start = Gauge(label: "process_start_time_seconds")
    private let lastCPU = Mutex(0.0)

    /// Reads the figures anew.
    func refresh() {
        guard let figures = Figures() else { return }
        let spent = lastCPU.withLock { last in
            defer { last = figures.cpuSeconds }
            return figures.cpuSeconds - last
        }
        cpu.increment(by: spent)
        resident.record(figures.residentBytes)
        start.record(figures.startSeconds)
        if let files = figures.openFiles { openFiles.record(files) }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            maximumFiles.record(Int(clamping: limit.rlim_cur))
        }
    }

    /// proc(5): the fields of `/proc/self/stat` behind the program's name, which may hold blanks itself.
    private struct Figures {
        var cpuSeconds: Double
        var residentBytes: Int
        var startSeconds: Double
        var openFiles: Int?

        init?() {
            guard let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
                let end = text.lastIndex(of: ")")
            else { return nil }
            let fields = text[text.index(after: end)...].split(separator: " ")
            let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
            // Numbered from 3 (the state) there, from 0 here.
            guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
                let started = Double(fields[19]), let pages = Int(fields[21]), ticks > 0
            else { return nil }
            cpuSeconds = (user + system) / ticks
            residentBytes = pages * sysconf(Int32(_SC_PAGESIZE))
            startSeconds = Self.bootTime.map { $0 + started / ticks } ?? 0
            // The folder that is being read counts itself.
            openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { $0.count - 1 }
        }

        private static let bootTime: Double? = {
            let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
            let line = text?.split(separator: "\n").first { $0.hasPrefix("btime ") }
            return line.flatMap { Double($0.dropFirst(6)) }
        }()
    }
}
