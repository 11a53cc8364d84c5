internal import Foundation
package import Logging

#if canImport(Glibc)
    internal import Glibc
#endif

/// How many files and connections this process may have open (`ulimit -n`).
package enum DescriptorLimit {
    /// What the service needs beside its connections: outbox, folders, brokers, log.
    static let others = 128

    /// Raises the limit as far as this user may, to what so many connections need; says so where that is not enough.
    package static func raise(forConnections connections: Int, logger: Logger) {
        let needed = rlim_t(connections + others)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < needed else { return }
        limit.rlim_cur = min(needed, limit.rlim_max)
        _ = setrlimit(resource, &limit)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < needed else { return }
        logger.warning(
            "fewer files may be open than connections are allowed; raise 'ulimit -n' or lower http-max-connections",
            metadata: ["limit": "\(limit.rlim_cur)", "connections": "\(connections)", "needed": "\(needed)"]
        )
    }
}
