import Foundation
import Testing

@testable import Console

@Suite("Writing out")
struct ConsoleOutputTests {
    @Test("A full disk is noticed, at the latest by flush, and again by every later write")
    func fullDisk() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let output = ConsoleOutput(fileDescriptor: descriptor, name: "standard output")
        let expected = OutputError.failed(name: "standard output", code: ENOSPC)
        try output.write("x")
        #expect(throws: expected) { try output.flush() }
        #expect(throws: expected) { try output.write("y") }
        #expect(expected.exitStatus == .ioError)
        #expect(expected.message.contains("No space left on device"))
    }

    @Test("A reader that has gone away is no failure")
    func brokenPipe() throws {
        BrokenPipe.ignoreSignal()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let output = ConsoleOutput(fileDescriptor: ends[1], name: "standard output", capacity: 0)
        let expected = OutputError.readerGone(name: "standard output")
        #expect(throws: expected) { try output.write("x") }
        let sink = MemorySink()
        let status = ErrorReporter(program: "bulletins", output: ConsoleOutput(capturing: sink)).report(expected)
        #expect(status == .success)
        #expect(sink.text.isEmpty)
    }

    @Test("A pipe that is set non-blocking and full is waited for, and every byte arrives")
    func nonBlockingPipe() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (readEnd, writeEnd) = (ends[0], ends[1])
        try #require(fcntl(writeEnd, F_SETFL, O_NONBLOCK) == 0)
        let text = String(repeating: "0123456789", count: 100_000)
        let writer = Thread {
            let output = ConsoleOutput(fileDescriptor: writeEnd, name: "pipe")
            try? output.write(text)
            try? output.flush()
            close(writeEnd)
        }
        writer.start()
        let data = try FileHandle(fileDescriptor: readEnd, closeOnDealloc: true).readToEnd()
        #expect(data == Data(text.utf8))
    }

    @Test("Nothing is written before the buffer is full or flushed")
    func buffers() throws {
        let sink = MemorySink()
        let output = ConsoleOutput(capturing: sink, capacity: 4)
        try output.write("abcd")
        #expect(sink.text.isEmpty)
        try output.write("e")
        #expect(sink.text == "abcde")
        try output.write("f")
        try output.flush()
        #expect(sink.text == "abcdef")
    }

    @Test("Colours follow the terminal, NO_COLOR and TERM, unless --color says otherwise")
    func colorMode() {
        #expect(ColorMode.auto.isEnabled(isTerminal: true, environment: [:]))
        #expect(ColorMode.auto.isEnabled(isTerminal: true, environment: ["NO_COLOR": ""]))
        #expect(!ColorMode.auto.isEnabled(isTerminal: true, environment: ["NO_COLOR": "1"]))
        #expect(!ColorMode.auto.isEnabled(isTerminal: true, environment: ["TERM": "dumb"]))
        #expect(!ColorMode.auto.isEnabled(isTerminal: false, environment: [:]))
        #expect(ColorMode.always.isEnabled(isTerminal: false, environment: ["NO_COLOR": "1"]))
        #expect(!ColorMode.never.isEnabled(isTerminal: true, environment: [:]))
        #expect(OutputFormat.standard(isTerminal: true) == .table)
        #expect(OutputFormat.standard(isTerminal: false) == .ndjson)
    }
}
