public import Foundation

/// What a finished command left behind.
public struct CommandResult: Sendable {
    /// Its exit code; 128 + n where signal n ended it, as shells count.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let messages: String
}

/// A program of this package, or any other, running as a process of its own.
///
/// Output goes to files, so a test never waits for a full pipe.
public final class RunningCommand: @unchecked Sendable {
    // `Process` is not Sendable; it is configured before it is shared and only asked and signalled afterwards.
    private let process = Process()
    private let outputFile: URL
    private let messagesFile: URL

    /// Starts `program` (a path, a program of this package, or a name on the PATH). Throws where it cannot be started.
    public init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: URL? = nil,
        in folder: TemporaryFolder
    ) throws {
        let name = UUID().uuidString
        outputFile = folder.url.appending(path: "\(name).out")
        messagesFile = folder.url.appending(path: "\(name).err")
        for file in [outputFile, messagesFile] { try Data().write(to: file) }
        let own = Self.binaries.appending(path: program)
        if FileManager.default.isExecutableFile(atPath: own.path) {
            process.executableURL = own
            process.arguments = arguments
        } else {
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [program] + arguments
        }
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("BULLETINS_") }
            .merging(environment) { $1 }
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: messagesFile)
        try ProcessStarts.run(process)
    }

    /// Where `swift build` puts the programs: beside the test bundle, unless the environment says otherwise.
    public static let binaries: URL =
        ProcessInfo.processInfo.environment["BULLETINS_TEST_BIN"].map { URL(filePath: $0) }
        ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

    /// Whether it still runs.
    public var isRunning: Bool { process.isRunning }

    /// Its process id.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// What it has written to standard output so far.
    public var output: String { Self.text(of: outputFile) }

    /// What it has written to standard error so far.
    public var messages: String { Self.text(of: messagesFile) }

    /// Sends a signal.
    public func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for the end; kills it and throws if it lasts longer than `timeout`.
    public func finish(within timeout: Duration = .seconds(60)) async throws -> CommandResult {
        do {
            try await eventually(within: timeout, "\(process.arguments ?? []) ends") { !process.isRunning }
        } catch {
            signal(SIGKILL)
            throw TestFailure("\(error); its messages: \(messages.suffix(2_000))")
        }
        let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
        return CommandResult(status: status, output: output, messages: messages)
    }

    private static func text(of file: URL) -> String {
        (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// Runs a command to its end.
public func run(
    _ program: String,
    _ arguments: [String],
    environment: [String: String] = [:],
    input: URL? = nil,
    in folder: TemporaryFolder,
    within timeout: Duration = .seconds(120)
) async throws -> CommandResult {
    try await RunningCommand(program, arguments, environment: environment, input: input, in: folder)
        .finish(within: timeout)
}

/// Waits until `condition` holds, looking every 20 ms: the one place in the tests that sleeps, for processes tell
/// nothing when their state changes. Throws ``TestFailure`` after `timeout`.
public func eventually(
    within timeout: Duration = .seconds(300),
    _ what: String,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now.advanced(by: timeout)
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw TestFailure("waited \(timeout) in vain: \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// A failure of a test's surroundings, in words.
public struct TestFailure: Error, CustomStringConvertible {
    /// What went wrong.
    public let description: String

    /// A failure in words.
    public init(_ description: String) {
        self.description = description
    }
}
