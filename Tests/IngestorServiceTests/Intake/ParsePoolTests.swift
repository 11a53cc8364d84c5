import BulletinParser
import Ingestor
import TestSupport
import Testing

@testable import HTTPService
@testable import IngestorService

@Suite("Parse pool") struct ParsePoolTests {
    private func document(_ text: String) -> IntakeDocument {
        IntakeDocument(input: ParserInput(bytes: Array(text.utf8), name: nil, mediaType: .text), trace: TraceParent())
    }

    private func pool(_ limit: Duration) -> ParsePool {
        ParsePool(parser: BulletinParser(), source: "urn:test", threads: 1, queueLimit: 16, timeLimit: limit)
    }

    @Test("A parse that takes too long is given up and its thread replaced, up to a bound that readiness tells of")
    func exhausted() async throws {
        let pool = pool(.milliseconds(50))
        let long = document(sample(1) + padding(1_000_000))
        #expect(!pool.isExhausted)
        let refusals = await withTaskGroup(of: Refusal.Code?.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    if case .failure(let refusal) = await pool.parse(long) { return refusal.code }
                    return nil
                }
            }
            var codes: [Refusal.Code?] = []
            for await code in group { codes.append(code) }
            return codes
        }
        #expect(refusals.contains(.parseTimeout), "\(refusals)")
        // The parses go on to their end; then the pool is whole again.
        try await eventually("the lost threads have ended") { !pool.isExhausted }
        try await eventually("it takes documents again") {
            if case .success = await pool.parse(document(sample(1))) { return true }
            return false
        }
        pool.close()
    }

    @Test("Closed, it refuses what comes")
    func closed() async {
        let pool = pool(.seconds(10))
        pool.close()
        guard case .failure(let refusal) = await pool.parse(document(sample(1))) else {
            Issue.record("taken")
            return
        }
        #expect(refusal.code == .closing)
    }
}
