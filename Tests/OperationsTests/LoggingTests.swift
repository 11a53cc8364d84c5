import Console
import Foundation
import Logging
import Testing

@testable import Operations

@Suite("Log lines")
struct LoggingTests {
    private func lines(
        _ format: LogFormat,
        level: Logger.Level = .info,
        secrets: [String] = [],
        _ body: (inout Logger) -> Void
    ) -> String {
        let sink = MemorySink()
        let handler = LoggingBootstrap.handler(
            label: "indexer",
            level: level,
            format: format,
            redaction: LogRedaction(secrets: secrets),
            provider: Logger.MetadataProvider { ["trace": "t1"] },
            output: ConsoleOutput(capturing: sink),
            now: { Date(timeIntervalSince1970: 1_602_921_600.125) }
        )
        var logger = Logger(label: "indexer") { _ in handler }
        logger.logLevel = level
        body(&logger)
        return sink.text
    }

    @Test("For people: time, level, logger, message, fields by name")
    func console() {
        let text = lines(.console) { logger in
            logger[metadataKey: "topic"] = "bulletins"
            logger.notice("assigned", metadata: ["partition": "\(3)", "note": "two words", "empty": ""])
        }
        #expect(
            text == "2020-10-17T08:00:00.125Z notice indexer: assigned empty=\"\" note=\"two words\" partition=3 "
                + "topic=bulletins trace=t1\n"
        )
    }

    @Test("As JSON: one object a line, the same keys always")
    func json() throws {
        let text = lines(.json) { logger in
            logger.error("line\nbreak \u{1B}", metadata: ["list": ["a", "b"], "map": ["k": "v"]])
        }
        #expect(
            text == #"{"time":"2020-10-17T08:00:00.125Z","level":"error","logger":"indexer","#
                + #""message":"line\nbreak \u001b","fields":{"list":["a","b"],"map":{"k":"v"},"trace":"t1"}}"# + "\n"
        )
        #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
    }

    @Test("Control characters in data stay data", arguments: LogFormat.allCases)
    func escapes(format: LogFormat) {
        let text = lines(format) { $0.info("a\u{1B}[2J\nb", metadata: ["k\u{7}\nx": "v\r\u{202E}"]) }
        #expect(text.unicodeScalars.filter { $0 == "\n" }.count == 1)
        #expect(!text.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }

    @Test("Secrets are left out, by the field's name and by value", arguments: LogFormat.allCases)
    func redacts(format: LogFormat) {
        let text = lines(format, secrets: ["hunter2", "x"]) { logger in
            logger.info(
                "cannot log in with hunter2",
                metadata: [
                    "sasl.password": "a1", "authorization": "a2", "nested": ["api-token": "a3"], "other": "xhunter2x",
                ]
            )
        }
        for secret in ["hunter2", "a1", "a2", "a3"] { #expect(!text.contains(secret)) }
        #expect(text.contains("cannot log in with <redacted>"))
        #expect(text.contains("x<redacted>x"))
    }

    @Test("The level holds, the error of an event is shown, endless data is cut")
    func levels() {
        struct Oops: Error {}
        #expect(lines(.console, level: .warning) { $0.info("quiet") }.isEmpty)
        #expect(lines(.console) { $0.error("failed", error: Oops()) }.contains(" error=Oops()"))
        let text = lines(.json) { $0.info("\(String(repeating: "區", count: 100_000))") }
        #expect(text.utf8.count < 20_000)
    }
}
