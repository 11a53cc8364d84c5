import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A buffered writer on a file descriptor that notices when a write fails.
///
/// Several tasks may write to it: each ``write(_:)`` comes out in one piece. After a failure every further write
/// throws the same error, so that a loop over many records ends at once. Nothing is flushed by itself when the
/// process ends: call ``flush()``, which ``RecordPrinter/finish()`` does.
public final class ConsoleOutput: Sendable {
    /// Standard output, buffered.
    public static let standardOutput = ConsoleOutput(fileDescriptor: STDOUT_FILENO, name: "standard output")
    /// Standard error, each write passed on at once.
    public static let standardError = ConsoleOutput(
        fileDescriptor: STDERR_FILENO,
        name: "standard error",
        capacity: 0
    )

    /// What the output is called in messages.
    public let name: String
    /// Whether a terminal shows what is written here.
    public let isTerminal: Bool

    private enum Destination: Sendable {
        case descriptor(Int32)
        case memory(MemorySink)
    }

    private struct State {
        var buffer: [UInt8] = []
        var failure: OutputError?
        var statusLine = ""
    }

    private let destination: Destination
    private let capacity: Int
    private let state = Mutex(State())

    /// A writer on an open file descriptor, which stays the caller's to close.
    /// - Parameters:
    ///   - name: what messages call it.
    ///   - capacity: bytes to gather before they are written; 0 writes each text at once.
    public init(fileDescriptor: Int32, name: String, capacity: Int = 65_536) {
        self.destination = .descriptor(fileDescriptor)
        self.name = name
        self.capacity = capacity
        self.isTerminal = isatty(fileDescriptor) == 1
    }

    /// A writer into memory, for tests and for output that is shown later.
    public init(capturing sink: MemorySink, isTerminal: Bool = false, capacity: Int = 0) {
        self.destination = .memory(sink)
        self.name = "memory"
        self.capacity = capacity
        self.isTerminal = isTerminal
    }

    /// The width of the terminal in cells: what the terminal says, else `COLUMNS`, else 80.
    public var columns: Int {
        if case .descriptor(let descriptor) = destination, isTerminal {
            // A pager may stand between this descriptor and the terminal.
            for candidate in [descriptor, STDERR_FILENO, STDIN_FILENO] {
                var size = winsize()
                if ioctl(candidate, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
            }
        }
        return Self.columnsOfEnvironment ?? 80
    }

    /// `COLUMNS`, where it is a positive number.
    static var columnsOfEnvironment: Int? {
        guard let value = getenv("COLUMNS"), let columns = Int(String(cString: value)), columns > 0 else { return nil }
        return columns
    }

    /// Writes a text, or keeps it until the buffer is full.
    ///
    /// A status line that is shown below (see ``ProgressLine``) is taken away first and put back after a whole line.
    public func write(_ text: String) throws(OutputError) {
        try state.withLock { (state: inout State) throws(OutputError) in
            if let failure = state.failure { throw failure }
            if !state.statusLine.isEmpty {
                state.buffer.append(contentsOf: Self.erasing(state.statusLine).utf8)
            }
            state.buffer.append(contentsOf: text.utf8)
            if !state.statusLine.isEmpty, text.hasSuffix("\n") {
                state.buffer.append(contentsOf: state.statusLine.utf8)
            }
            if state.buffer.count > capacity { try drain(&state) }
        }
    }

    /// Passes on everything written so far.
    public func flush() throws(OutputError) {
        try state.withLock { (state: inout State) throws(OutputError) in
            if let failure = state.failure { throw failure }
            try drain(&state)
        }
    }

    /// Shows a line that is redrawn in place, or with an empty text takes it away. The text must be one safe line
    /// that fits the terminal.
    func setStatusLine(_ text: String) throws(OutputError) {
        try state.withLock { (state: inout State) throws(OutputError) in
            if let failure = state.failure { throw failure }
            if !state.statusLine.isEmpty {
                state.buffer.append(contentsOf: Self.erasing(state.statusLine).utf8)
            }
            state.buffer.append(contentsOf: text.utf8)
            state.statusLine = text
            try drain(&state)
        }
    }

    /// Works on every terminal, also one that knows no escape sequences.
    private static func erasing(_ line: String) -> String {
        "\r" + String(repeating: " ", count: TerminalText.width(of: line)) + "\r"
    }

    private func drain(_ state: inout State) throws(OutputError) {
        defer { state.buffer.removeAll(keepingCapacity: true) }
        guard !state.buffer.isEmpty else { return }
        switch destination {
        case .memory(let sink): sink.append(state.buffer)
        case .descriptor(let descriptor):
            let code = state.buffer.withUnsafeBytes { writeAll($0, to: descriptor) }
            guard code != 0 else { return }
            let failure: OutputError = code == EPIPE ? .readerGone(name: name) : .failed(name: name, code: code)
            state.failure = failure
            throw failure
        }
    }
}

/// Writes every byte; returns 0 or the `errno` that stopped it.
private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written >= 0 {
            rest = rest.dropFirst(written)
            continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
            // Somebody has made the terminal or pipe non-blocking: wait until it takes more.
            var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            if poll(&request, 1, -1) < 0, errno != EINTR { return errno }
        default: return errno
        }
    }
    return 0
}

/// Bytes kept in memory: the destination of a ``ConsoleOutput`` in tests.
public final class MemorySink: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    /// An empty sink.
    public init() {}

    /// Everything written so far, read as UTF-8.
    public var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func append(_ more: [UInt8]) { bytes.withLock { $0.append(contentsOf: more) } }
}
