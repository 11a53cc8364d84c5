import Synchronization

/// Tells a person how long work is going on: one line on standard error, redrawn in place.
///
/// It shows itself on a terminal only and leaves nothing behind. Messages written to the same ``ConsoleOutput``
/// meanwhile appear above it. Call ``finish()`` at the end, also after an error.
public final class ProgressLine: Sendable {
    /// How progress is shown.
    public enum Style: Sendable {
        /// In place on a terminal that can do it, else not at all.
        case automatic
        /// As a line of its own every so often, for logs.
        case lines(every: Duration)
        /// Not at all.
        case silent
    }

    private enum Mode {
        case inPlace
        case lines(every: Duration)
        case silent
    }

    private struct State {
        var completed = 0
        var total: Int?
        var detail: String?
        var lastShown: ContinuousClock.Instant?
        var isFinished = false
    }

    /// Redraws at most this often: faster than the eye reads, slow enough to cost nothing.
    private static let redrawInterval = Duration.milliseconds(100)

    private let label: String
    private let unit: String
    private let output: ConsoleOutput
    private let mode: Mode
    private let now: @Sendable () -> ContinuousClock.Instant
    private let started: ContinuousClock.Instant
    private let state: Mutex<State>

    /// A progress line, not shown before the first change.
    /// - Parameters:
    ///   - label: what is going on, such as `publishing`.
    ///   - total: the number of items to do, where it is known: gives the share done and the time left.
    ///   - unit: what is counted, in the plural.
    ///   - isDumbTerminal: whether the terminal cannot redraw a line (`TERM=dumb`).
    ///   - now: the clock, for tests.
    public init(
        _ label: String,
        total: Int? = nil,
        unit: String,
        output: ConsoleOutput = .standardError,
        style: Style = .automatic,
        isDumbTerminal: Bool = false,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.label = TerminalText.escape(label)
        self.unit = TerminalText.escape(unit)
        self.output = output
        self.now = now
        self.started = now()
        self.state = Mutex(State(total: total))
        self.mode =
            switch style {
            case .automatic: output.isTerminal && !isDumbTerminal ? .inPlace : .silent
            case .lines(let interval): .lines(every: interval)
            case .silent: .silent
            }
    }

    /// Counts items that are done.
    public func advance(by count: Int = 1) {
        change { $0.completed += count }
    }

    /// Sets how many items are done, and what else has changed.
    /// - Parameters:
    ///   - total: the new number of items to do; nil keeps the old one.
    ///   - detail: what is being done just now; nil keeps the old text.
    public func update(completed: Int, total: Int? = nil, detail: String? = nil) {
        change { state in
            state.completed = completed
            if let total { state.total = total }
            if let detail { state.detail = detail }
        }
    }

    /// Takes the line away; nothing is shown afterwards.
    public func finish() {
        state.withLock { $0.isFinished = true }
        // Progress is a courtesy: where standard error fails, the work still counts.
        if case .inPlace = mode { try? output.setStatusLine("") }
    }

    private func change(_ body: (inout State) -> Void) {
        // Drawn under the lock, so that an older state is never drawn over a newer one.
        state.withLock { state in
            body(&state)
            guard !state.isFinished else { return }
            let time = now()
            switch mode {
            case .silent: return
            case .inPlace:
                if let last = state.lastShown, time - last < Self.redrawInterval { return }
                state.lastShown = time
                try? output.setStatusLine(TerminalText.truncate(text(of: state, at: time), to: output.columns - 1))
            case .lines(let interval):
                if time - (state.lastShown ?? started) < interval { return }
                state.lastShown = time
                try? output.write(text(of: state, at: time) + "\n")
            }
        }
    }

    private func text(of state: State, at time: ContinuousClock.Instant) -> String {
        let seconds = (time - started) / .seconds(1)
        var parts: [String] = []
        if let total = state.total {
            let share = total > 0 ? min(100, state.completed * 100 / total) : 100
            parts.append("\(label): \(state.completed)/\(total) \(unit) (\(share) %)")
        } else {
            parts.append("\(label): \(state.completed) \(unit)")
        }
        // A rate over less than half a second is noise.
        if seconds >= 0.5, state.completed > 0 {
            let rate = Double(state.completed) / seconds
            parts.append(rate >= 10 ? "\(Int(rate))/s" : "\((rate * 10).rounded() / 10)/s")
            if let total = state.total, total > state.completed {
                parts.append(Self.timeLeft(Double(total - state.completed) / rate) + " left")
            }
        }
        if let detail = state.detail { parts.append(TerminalText.escape(detail)) }
        return parts.joined(separator: ", ")
    }

    static func timeLeft(_ seconds: Double) -> String {
        guard seconds < 360_000 else { return "days" }
        let whole = Int(seconds.rounded(.up))
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return whole < 3_600
            ? "\(whole / 60):\(padded(whole % 60))"
            : "\(whole / 3_600):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
    }
}
