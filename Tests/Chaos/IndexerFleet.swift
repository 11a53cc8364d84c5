import Foundation
import Synchronization
import TestSupport

/// Indexers as processes of their own. Two of them share each data folder, so that files have two live writers now and
/// then, and a partition moves between copies.
final class IndexerFleet: @unchecked Sendable {
    // `Process` is not Sendable; each is configured before it is shared, and asked and signalled afterwards.
    struct Member {
        let name: String
        let folder: String
        let process: Process
        let log: URL
        /// Frozen processes are left alone until they wake up.
        var isFrozen = false
    }

    static let sessionTimeout = Duration.seconds(6)

    private let program: URL
    private let root: URL
    private let arguments: [String]
    private let state = Mutex<(members: [Member], started: Int, logs: [(folder: String, log: URL)])>(([], 0, []))

    private let aside = Mutex<[Member]>([])

    init(program: URL, root: URL, bootstrapServers: String, topic: String) {
        self.program = program
        self.root = root
        arguments = [
            "run", "--bootstrap-servers", bootstrapServers, "--topic", topic, "--log-level", "debug",
            "--max-batch-records", "25", "--kafka", "session.timeout.ms=6000", "--kafka", "heartbeat.interval.ms=500",
            "--kafka", "reconnect.backoff.max.ms=1000",
        ]
    }

    /// The data folders that indexers were started on.
    var folders: [String] { Array(Set(state.withLock { $0.logs.map(\.folder) })).sorted() }

    /// All logs, of those that ended, too.
    var logs: [(folder: String, log: URL)] { state.withLock { $0.logs } }

    /// How many are running, frozen ones not counted.
    var awake: Int { state.withLock { $0.members.filter { !$0.isFrozen && $0.process.isRunning }.count } }

    /// The data folder of the indexer with this number.
    func folder(of number: Int) -> String { root.appending(path: "data-\(number % 2)").path }

    /// Waits, for half a minute at most, until every one that is awake has its place in the group and nothing has moved for
    /// longer than the mock cluster takes to move it.
    ///
    /// librdkafka's mock cluster (2.0.2) does not notice that a connection is closed whose member waits for its place, and
    /// ends by an assertion when that member comes back: none may be frozen in that moment.
    func settle() async throws {
        for _ in 0..<60 {
            let logs = state.withLock { $0.members.filter { !$0.isFrozen }.map(\.log) }
            if try logs.allSatisfy({ try IndexerLogs.isSettled($0, for: Self.sessionTimeout) }) { return }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Starts one more, on the folder that `folder` names or that has its turn.
    @discardableResult
    func start(folder: String? = nil, group: String = "chaos") throws -> Member {
        let number = state.withLock { state in
            state.started += 1
            return state.started
        }
        let folder = folder ?? self.folder(of: number)
        let log = root.appending(path: "indexer-\(number).log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = program
        process.arguments = arguments + ["--data-dir", folder, "--group", group]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try ProcessStarts.run(process)
        // For scripts/chaos.sh, should this program itself come to a bad end.
        let pids = root.appending(path: "pids")
        let known = (try? String(contentsOf: pids, encoding: .utf8)) ?? ""
        try Data("\(known)\(process.processIdentifier)\n".utf8).write(to: pids)
        let member = Member(name: "indexer-\(number)", folder: folder, process: process, log: log)
        state.withLock { state in
            state.members.append(member)
            if group == "chaos" { state.logs.append((folder, log)) }
        }
        return member
    }

    /// One that is awake, by chance; taken out of the fleet.
    func take(_ generator: inout some RandomNumberGenerator) -> Member? {
        state.withLock { state in
            let candidates = state.members.indices.filter { !state.members[$0].isFrozen }
            guard let index = candidates.randomElement(using: &generator) else { return nil }
            return state.members.remove(at: index)
        }
    }

    func putBack(_ member: Member) { state.withLock { $0.members.append(member) } }

    /// It was told to end: nobody's victim any more, and waited for in ``stopAll()``.
    func putAside(_ member: Member) { aside.withLock { $0.append(member) } }

    /// It has woken up.
    func thaw(_ process: Int32) {
        state.withLock { state in
            for index in state.members.indices where state.members[index].process.processIdentifier == process {
                state.members[index].isFrozen = false
            }
        }
    }

    /// Ends all, and tells which did not end well.
    func stopAll() async -> [String] {
        let members =
            state.withLock { state in
                defer { state.members = [] }
                return state.members
            }
            + aside.withLock { aside in
                defer { aside = [] }
                return aside
            }
        for member in members {
            kill(member.process.processIdentifier, SIGCONT)
            kill(member.process.processIdentifier, SIGTERM)
        }
        var failures: [String] = []
        for member in members {
            let deadline = ContinuousClock.now.advanced(by: .seconds(40))
            while member.process.isRunning, ContinuousClock.now < deadline {
                try? await Task.sleep(for: .milliseconds(50))
            }
            if member.process.isRunning {
                kill(member.process.processIdentifier, SIGKILL)
                failures.append("\(member.name) did not end within 40 s of SIGTERM")
            } else if !Self.endedWell(member.process) {
                failures.append(
                    "\(member.name) ended with \(member.process.terminationStatus): \(Self.lastLine(of: member.log))"
                )
            }
        }
        return failures
    }

    /// Indexers that ended although nobody told them to, replaced; what they said.
    func replaceFallen() throws -> [String] {
        let fallen = state.withLock { state in
            let fallen = state.members.filter { !$0.process.isRunning }
            state.members.removeAll { !$0.process.isRunning }
            return fallen
        }
        for _ in fallen { try start() }
        // Who is started while the broker is away ends with 69, as it should.
        return fallen.filter { $0.process.terminationStatus != 69 }.map {
            "\($0.name) ended with \($0.process.terminationStatus): \(Self.lastLine(of: $0.log))"
        }
    }

    /// By itself, or by a SIGTERM that came before it had learned to take one.
    private static func endedWell(_ process: Process) -> Bool {
        switch process.terminationReason {
        case .uncaughtSignal: process.terminationStatus == SIGTERM
        case .exit: [0, 69].contains(process.terminationStatus)
        @unknown default: false
        }
    }

    private static func lastLine(of log: URL) -> String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }
}
