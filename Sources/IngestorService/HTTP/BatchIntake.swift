internal import BulletinParser
internal import HTTPService
internal import Hummingbird
internal import Ingestor

/// `POST /v1/bulletins:batch`: a JSON document a line (ndjson), each taken or refused by itself.
struct BatchIntake {
    /// Lines that are parsed side by side and share a transaction.
    static let chunk = 64
    /// Lines of one batch.
    static let maximumLines = 10_000

    let intake: Intake
    let limits: HTTPLimits

    private struct Answer: Encodable {
        var accepted = 0
        var unchanged = 0
        var refused = 0
        var results: [Result] = []
    }

    private struct Result: Encodable {
        /// The line, from 1.
        let line: Int
        var receipt: ReceiptAnswer?
        var problem: ProblemDocument?
    }

    /// Answers for a batch. Throws ``Refusal`` where nothing of it was taken.
    func respond(to bytes: [UInt8], trace: TraceParent) async throws(Refusal) -> Response {
        let lines = Self.lines(of: bytes)
        guard !lines.isEmpty else { throw Refusal(.parseFailed, "the batch holds no document", line: 1, offset: 0) }
        guard lines.count <= Self.maximumLines else {
            throw Refusal(.tooLarge, "the batch has \(lines.count) documents, \(Self.maximumLines) are taken; split it")
        }
        var answer = Answer()
        var moment: Refusal?
        for start in stride(from: 0, to: lines.count, by: Self.chunk) {
            let chunk = lines[start..<min(start + Self.chunk, lines.count)]
            let outcomes = await take(chunk, bytes, trace, unless: moment)
            for ((number, _), outcome) in zip(chunk, outcomes) {
                switch outcome {
                case .success(let receipt):
                    let receipt = ReceiptAnswer(receipt)
                    switch receipt.status {
                    case .accepted: answer.accepted += 1
                    case .unchanged: answer.unchanged += 1
                    }
                    answer.results.append(Result(line: number, receipt: receipt))
                case .failure(let refusal):
                    // Once the moment is to blame the rest would fare no better, and order would be lost.
                    if !refusal.code.isFinal { moment = moment ?? refusal }
                    answer.refused += 1
                    answer.results.append(Result(line: number, problem: ProblemDocument(refusal)))
                }
            }
        }
        // Nothing taken for want of room: the batch as a whole is to be sent again.
        if let moment, answer.accepted + answer.unchanged == 0 { throw moment }
        return JSONReply.response(.ok, answer)
    }

    private func take(
        _ chunk: ArraySlice<(Int, Range<Int>)>,
        _ bytes: [UInt8],
        _ trace: TraceParent,
        unless moment: Refusal?
    ) async -> [Swift.Result<Intake.Receipt, Refusal>] {
        if let moment { return chunk.map { _ in .failure(moment) } }
        let documents = chunk.map { number, range -> Swift.Result<IntakeDocument, Refusal> in
            guard range.count <= limits.bodyBytes else {
                return .failure(Refusal(.tooLarge, "a document may have \(limits.bodyBytes) bytes; send less"))
            }
            do throws(Refusal) {
                let input = try JSONIntake.document(Array(bytes[range]), name: "line \(number)")
                return .success(IntakeDocument(input: input, trace: trace.child))
            } catch {
                return .failure(error)
            }
        }
        return await intake.take(documents, by: .batch)
    }

    /// Refuses what is no batch before its body is read.
    static func checkType(_ header: String?) throws(Refusal) {
        let type = (header ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
        guard
            ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines"].contains(type)
        else {
            throw Refusal(.unsupportedMediaType, "a batch is application/x-ndjson: a JSON object a line")
        }
    }

    /// The lines that hold anything, with their numbers.
    static func lines(of bytes: [UInt8]) -> [(Int, Range<Int>)] {
        var lines: [(Int, Range<Int>)] = []
        var start = 0
        var number = 1
        func add(_ end: Int) {
            let isBlank = bytes[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if !isBlank { lines.append((number, start..<end)) }
        }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            add(index)
            start = index + 1
            number += 1
        }
        add(bytes.count)
        return lines
    }
}
