import Synchronization
import Testing

@testable import Console

@Suite("Progress")
struct ProgressLineTests {
    /// A clock that goes when it is told to.
    private final class ManualClock: Sendable {
        private let time = Mutex(ContinuousClock.now)
        func advance(_ duration: Duration) { time.withLock { $0 += duration } }
        var now: ContinuousClock.Instant { time.withLock { $0 } }
    }

    @Test("In place on a terminal: share, rate and time left; seldom redrawn; nothing is left behind")
    func inPlace() throws {
        let clock = ManualClock()
        let sink = MemorySink()
        let output = ConsoleOutput(capturing: sink, isTerminal: true)
        let line = ProgressLine("publishing", total: 200, unit: "bulletins", output: output) { clock.now }
        #expect(sink.text.isEmpty)
        clock.advance(.seconds(1))
        line.advance(by: 50)
        #expect(sink.text == "publishing: 50/200 bulletins (25 %), 50/s, 0:03 left")
        let drawn = sink.text
        clock.advance(.milliseconds(10))
        line.advance(by: 1)
        #expect(sink.text == drawn)
        try output.write("bulletins: warning: x\n")
        line.finish()
        line.advance(by: 5)
        #expect(visible(sink.text) == ["bulletins: warning: x", ""])
    }

    @Test("Silent where nobody looks, and on a terminal that cannot redraw")
    func silent() {
        let sink = MemorySink()
        for (isTerminal, isDumb) in [(false, false), (true, true)] {
            let output = ConsoleOutput(capturing: sink, isTerminal: isTerminal)
            let line = ProgressLine("x", unit: "y", output: output, isDumbTerminal: isDumb)
            line.update(completed: 10, total: 20, detail: "z")
            line.finish()
        }
        #expect(sink.text.isEmpty)
    }

    @Test("As lines, every so often")
    func lines() {
        let clock = ManualClock()
        let sink = MemorySink()
        let output = ConsoleOutput(capturing: sink)
        let line = ProgressLine("indexing", unit: "records", output: output, style: .lines(every: .seconds(10))) {
            clock.now
        }
        line.update(completed: 1)
        clock.advance(.seconds(10))
        line.update(completed: 25, detail: "partition\u{1B} 3")
        clock.advance(.seconds(9))
        line.update(completed: 40)
        line.finish()
        #expect(sink.text == "indexing: 25 records, 2.5/s, partition\\u{1B} 3\n")
    }

    @Test("Odd totals", arguments: [(0, 0, "100 %"), (5, 3, "100 %"), (0, 3, "0 %")])
    func totals(completed: Int, total: Int, share: String) {
        let sink = MemorySink()
        let line = ProgressLine("x", total: total, unit: "y", output: ConsoleOutput(capturing: sink, isTerminal: true))
        line.update(completed: completed)
        #expect(sink.text.contains(share))
    }

    @Test("Time left", arguments: [(0.2, "0:01"), (59, "0:59"), (61, "1:01"), (3_725, "1:02:05"), (1e9, "days")])
    func timeLeft(seconds: Double, text: String) {
        #expect(ProgressLine.timeLeft(seconds) == text)
    }

    /// The lines that a terminal shows after it got this text: a carriage return goes back to the line's start.
    private func visible(_ text: String) -> [String] {
        var lines: [[Character]] = [[]]
        var column = 0
        for character in text {
            switch character {
            case "\r": column = 0
            case "\n":
                lines.append([])
                column = 0
            default:
                if column < lines[lines.count - 1].count {
                    lines[lines.count - 1][column] = character
                } else {
                    lines[lines.count - 1].append(character)
                }
                column += 1
            }
        }
        return lines.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }
    }
}
