import Foundation
import TestSupport
import Testing

/// What is no indexer, or a bad one, ends a question soon, with one clear line and nothing that a terminal would obey.
@Suite(.timeLimit(.minutes(10))) struct HostileServerTests {
    /// Answers by the first part of the path.
    private static let server = #"""
        import http.server, json, socketserver, sys, time
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def answer(self, status, body, type="application/json", length=None, **headers):
                self.send_response(status)
                self.send_header("Content-Type", type)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                for name, value in headers.items(): self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                mode = self.path.split("/")[1]
                problem = lambda status, detail: json.dumps({"status": status, "detail": detail}).encode()
                if mode == "page": self.answer(200, b"<html>a page</html>", "text/html")
                elif mode == "missing": self.answer(404, b"no", "text/plain")
                elif mode == "away": self.answer(302, b"", Location="http://127.0.0.1:1/")
                elif mode == "version": self.answer(200, b'{"format":999,"partitions":[]}')
                elif mode == "control": self.answer(403, problem(403, "\x1b[31mred\r\nand\x07 more"))
                elif mode == "large": self.answer(200, b"{", length=1 << 40)
                elif mode == "busy": self.answer(503, problem(503, "come again"))
                elif mode == "deep": self.answer(200, b"[" * 200000)
                elif mode == "gone": self.close_connection = True
                elif mode == "slow":
                    self.send_response(200)
                    self.send_header("Content-Length", "1000000")
                    self.end_headers()
                    try:
                        while True:
                            self.wfile.write(b" ")
                            self.wfile.flush()
                            time.sleep(0.1)
                    except OSError: pass
        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
        server = Server(("127.0.0.1", 0), Handler)
        open(sys.argv[1], "w").write(str(server.server_port))
        server.serve_forever()
        """#

    @Test func eachIsToldInOneLine() async throws {
        let folder = try TemporaryFolder()
        let python = ProcessInfo.processInfo.environment["BULLETINS_TEST_PYTHON"] ?? "python3"
        let script = try folder.write(Self.server, to: "server.py")
        let portFile = folder.path("port")
        let server = try RunningCommand(python, [script, portFile], in: folder)
        defer { server.signal(SIGKILL) }
        var port = ""
        try await eventually("the server listens") {
            port = (try? String(contentsOfFile: portFile, encoding: .utf8)) ?? ""
            return !port.isEmpty
        }
        let cases: [(mode: String, status: Int32, words: String)] = [
            ("page", 69, "does not answer as a bulletin-indexer does"), ("missing", 69, "answers no queries"),
            ("away", 69, "302"), ("version", 69, "another version"), ("control", 66, "red"),
            ("large", 69, "more than 256 MiB"), ("busy", 69, "come again"), ("gone", 69, "closed the connection"),
            ("deep", 69, "does not answer as a bulletin-indexer does"), ("slow", 69, "within 1 s"),
        ]
        for (mode, status, words) in cases {
            let result = try await run(
                "bulletins",
                ["list", "--from", "http://127.0.0.1:\(port)/\(mode)", "--from-timeout-s", "1"],
                in: folder
            )
            #expect(result.status == status, "\(mode): \(result.messages)")
            #expect(result.messages.contains(words), "\(mode): \(result.messages)")
            #expect(result.output.isEmpty && result.messages.split(separator: "\n").count == 1, "\(mode)")
            let isObeyed = result.messages.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            #expect(!isObeyed, "\(mode): \(result.messages.debugDescription)")
        }
    }
}
