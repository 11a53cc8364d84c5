internal import Foundation
internal import Synchronization

/// Reaches servers; ``ReadModelReader`` says what it asks them.
public protocol RemoteTransport: Sendable {
    /// The servers' names, for people.
    var servers: [String] { get }
    /// Sends the requests side by side and waits for all answers.
    func exchange(_ requests: [RemoteRequest]) -> [RemoteReply]
}

/// A request to one of the servers.
public struct RemoteRequest: Sendable {
    /// Which of the transport's servers.
    public var server: Int
    /// The path below the server's address.
    public var path: String
    /// JSON to POST; nil for GET.
    public var body: [UInt8]?
}

/// What became of a request.
public enum RemoteReply: Sendable {
    /// An HTTP answer.
    case answer(status: Int, body: [UInt8])
    /// Nobody answered, and others may do without: why, for people.
    case unreachable(String)
    /// What must not be passed over, such as a certificate that is not right: why, for people.
    case unsafe(String)
}

/// The partitions behind servers, and which servers were lost on the way.
final class RemoteReadModel: Sendable {
    private let transport: any RemoteTransport
    private let lost = Mutex<[Int: String]>([:])
    private let unknown = Mutex<[String]>([])

    /// What an RFC 9457 answer says.
    private struct Problem: Decodable {
        var detail: String?
    }

    init(_ transport: any RemoteTransport) { self.transport = transport }

    /// Why servers, or partitions that nobody has, are missing from the answers, a line each.
    var missing: [String] {
        lost.withLock { lost in lost.sorted { $0.key < $1.key }.map(\.value) } + unknown.withLock { $0 }
    }

    /// Looks whether all partitions of each topic are there: an indexer that a name does not resolve to is not lost, and
    /// what it has is missing all the same.
    func checkCompleteness(of sources: [PartitionSource]) {
        // What a lost server has is not known.
        guard lost.withLock({ $0.isEmpty }) else { return }
        var lines: [String] = []
        for (_, found) in Dictionary(grouping: sources, by: { $0.state.topic }).sorted(by: { $0.key < $1.key }) {
            let count = found.compactMap { $0.remote?.partitionCount }.max() ?? 0
            let numbers = Set(found.map { Int($0.state.partition) })
            let absent = (0..<count).filter { !numbers.contains($0) }
            guard let topic = found.first?.state.topic, !absent.isEmpty else { continue }
            let list = absent.prefix(10).map(String.init).joined(separator: ", ") + (absent.count > 10 ? ", …" : "")
            lines.append(
                "partition\(absent.count == 1 ? "" : "s") \(list) of the \(count) of \(topic)"
                    + " \(absent.count == 1 ? "is" : "are") with none of the indexers asked"
            )
        }
        unknown.withLock { $0 = lines }
    }

    /// The partitions of all servers that answer.
    func open() throws -> [PartitionSource] {
        let requests = transport.servers.indices.map { RemoteRequest(server: $0, path: "/v1/partitions") }
        var found: [PartitionSource] = []
        for (request, reply) in zip(requests, transport.exchange(requests)) {
            guard let inventory: RemoteInventory = try read(reply, request.server) else { continue }
            guard inventory.format == PartitionQuestions.format else {
                throw ReadModelError(
                    .serverRefused,
                    "\(transport.servers[request.server]) is of another version (format \(inventory.format), this"
                        + " program's is \(PartitionQuestions.format)): use programs of one version"
                )
            }
            for (summary, count) in zip(inventory.partitions, inventory.partitionCounts) {
                found.append(.remote(RemotePartition(server: request.server, summary, partitionCount: count)))
            }
        }
        return found
    }

    /// What the partitions behind servers answer; nil for the others, and for those whose server is lost.
    func ask<Question: PartitionQuestion>(
        each questions: [Question?],
        _ sources: [PartitionSource]
    ) throws -> [Question.Answer?] {
        var answers: [Question.Answer?] = Array(repeating: nil, count: sources.count)
        let gone = lost.withLock { Set($0.keys) }
        var wanted: [Int: [Int]] = [:]
        for (index, source) in sources.enumerated() where questions[index] != nil {
            guard let server = source.remote?.server, !gone.contains(server) else { continue }
            wanted[server, default: []].append(index)
        }
        let servers = wanted.sorted { $0.key < $1.key }
        let requests = try servers.map { server, indices in
            RemoteRequest(
                server: server,
                path: "/v1/partitions/\(Question.name)",
                body: try Self.body(indices.map { (sources[$0].state, questions[$0]) })
            )
        }
        for ((server, indices), reply) in zip(servers, transport.exchange(requests)) {
            guard let answer: RemoteAnswer<Question.Answer> = try read(reply, server) else { continue }
            guard answer.answers.count == indices.count else {
                throw ReadModelError(
                    .serverRefused,
                    "\(transport.servers[server]) answers something else than was asked"
                )
            }
            for (index, item) in zip(indices, answer.answers) {
                guard let item else {
                    let state = sources[index].state
                    lose(server, "has lost \(state.topic)[\(state.partition)] since it was asked first")
                    continue
                }
                sources[index].remote?.answered(asOf: item.state)
                answers[index] = item.answer
            }
        }
        return answers
    }

    /// Equal questions are sent once: a list of partitions is asked the same as a rule.
    private static func body<Question: PartitionQuestion>(_ asked: [(PartitionState, Question?)]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var numbers: [Data: Int] = [:]
        var body = RemoteQuestion<Question>(partitions: [], questions: [], asked: [])
        for case (let state, let question?) in asked {
            let text = try encoder.encode(question)
            let number = numbers[text] ?? body.questions.count
            if numbers.updateValue(number, forKey: text) == nil { body.questions.append(question) }
            body.partitions.append(PartitionIdentity(state))
            body.asked.append(number)
        }
        return Array(try encoder.encode(body))
    }

    /// Reads an answer; nil if the server is lost. Throws ``ReadModelError`` for what the person who asks has to mend.
    private func read<Answer: Decodable>(_ reply: RemoteReply, _ server: Int) throws -> Answer? {
        let name = transport.servers[server]
        switch reply {
        case .unreachable(let reason):
            lose(server, reason)
            return nil
        case .unsafe(let reason): throw ReadModelError(.serverRefused, "\(name): \(reason)")
        case .answer(200, let body):
            do {
                return try JSONDecoder().decode(Answer.self, from: Data(body))
            } catch {
                throw ReadModelError(.serverRefused, "\(name) does not answer as a bulletin-indexer does")
            }
        case .answer(let status, let body):
            let problem = try? JSONDecoder().decode(Problem.self, from: Data(body))
            let detail = problem?.detail ?? "HTTP status \(status)"
            switch status {
            case 429, 500...:
                lose(server, detail)
                return nil
            case 401, 403: throw ReadModelError(.accessDenied, "\(name): \(detail)")
            case 404:
                throw ReadModelError(.serverRefused, "\(name) answers no queries: give the address of an indexer")
            case 400: throw ReadModelError(.invalidArgument, "\(name): \(detail)")
            case 413, 422: throw ReadModelError(.answerTooLarge, "\(name): \(detail)")
            default: throw ReadModelError(.serverRefused, "\(name): \(detail)")
            }
        }
    }

    private func lose(_ server: Int, _ reason: String) {
        lost.withLock { $0[server] = $0[server] ?? "\(transport.servers[server]) is missing: \(reason)" }
    }
}
