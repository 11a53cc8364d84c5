public import Foundation
internal import GRDB

/// What a client asks a server: some of its partitions, each one of some questions.
struct RemoteQuestion<Question: PartitionQuestion>: Codable {
    var partitions: [PartitionIdentity]
    var questions: [Question]
    /// Which of the questions each partition is asked.
    var asked: [Int]
}

/// What a server answers, in the order of the partitions.
struct RemoteAnswer<Answer: Codable & Sendable>: Codable {
    struct Item: Codable {
        /// The state that the answer holds for.
        var state: PartitionState
        var answer: Answer
    }

    /// Nil for a partition that the server does not have (any more).
    var answers: [Item?]
}

/// The partitions that a server has.
struct RemoteInventory: Codable, Sendable {
    /// Of this program's questions; another version's are not understood.
    var format: Int
    var partitions: [PartitionSummary]
    /// How many partitions the topic of each of them had when its file was begun; nil where that is not known.
    var partitionCounts: [Int?]
}

extension RemoteInventory {
    /// Of another version's inventory no more than its format is read.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decode(Int.self, forKey: .format)
        let isKnown = format == PartitionQuestions.format
        partitions = isKnown ? try container.decode([PartitionSummary].self, forKey: .partitions) : []
        partitionCounts = isKnown ? try container.decode([Int?].self, forKey: .partitionCounts) : []
    }
}

/// The server's side of questions to partitions: JSON in, JSON out.
public enum PartitionQuestions {
    /// Counts up whenever a question or an answer changes its meaning.
    public static let format = 2

    static let all: [any PartitionQuestion.Type] = [
        SummaryQuestion.self, PartitionCountQuestion.self, ListQuestion.self, DateQuestion.self, IDsQuestion.self,
        DetailQuestion.self, RevisionsQuestion.self, TraceQuestion.self, DirectivesQuestion.self, MatrixQuestion.self,
        FullNamesQuestion.self,
        PeopleQuestion.self, SightingsQuestion.self, OrganizationKeysQuestion.self, OrganizationsQuestion.self,
        DocumentsQuestion.self, RejectedQuestion.self, RejectedListQuestion.self, RejectedRecordsQuestion.self,
        SearchStatisticsQuestion.self, SearchMatchesQuestion.self, SearchHitsQuestion.self, TermCountsQuestion.self,
        SimilarRowsQuestion.self, ReprintsQuestion.self, FingerprintsQuestion.self, StatsQuestion.self,
        NamesQuestion.self, TimelineQuestion.self, EventsQuestion.self, SchemaQuestion.self, TableQuestion.self,
    ]

    /// Whether there is a question of this name.
    public static func contains(_ name: String) -> Bool { all.contains { $0.name == name } }

    /// The partitions of a data folder, as JSON.
    ///
    /// Throws ``ReadModelError``.
    public static func inventory(
        dataDirectories: [String],
        timeLimit: Duration,
        connections: OpenPartitions? = nil
    ) throws -> Data {
        let reader = try ReadModelReader(
            dataDirectories: dataDirectories,
            timeLimit: timeLimit,
            connections: connections
        )
        let inventory = RemoteInventory(
            format: format,
            partitions: try reader.partitions(),
            partitionCounts: try reader.ask(PartitionCountQuestion())
        )
        return try JSONEncoder().encode(inventory)
    }

    /// The answer to a question, as JSON.
    /// - Parameters:
    ///   - timeLimit: ends it with the code `interrupted`.
    ///   - answerBytes: a longer answer is the code `answer-too-large`.
    ///
    /// Throws ``ReadModelError``, with the code `invalid-argument` for what is no such question.
    public static func answer(
        _ name: String,
        body: Data,
        dataDirectories: [String],
        timeLimit: Duration,
        answerBytes: Int,
        connections: OpenPartitions? = nil
    ) throws -> Data {
        guard let question = all.first(where: { $0.name == name }) else {
            throw ReadModelError(.invalidArgument, "there is no question '\(name)'")
        }
        return try answer(question, body, dataDirectories, QueryDeadline(timeLimit), answerBytes, connections)
    }

    private static func answer<Question: PartitionQuestion>(
        _: Question.Type,
        _ body: Data,
        _ dataDirectories: [String],
        _ deadline: QueryDeadline,
        _ answerBytes: Int,
        _ connections: OpenPartitions?
    ) throws -> Data {
        let asked: RemoteQuestion<Question>
        do {
            asked = try JSONDecoder().decode(RemoteQuestion<Question>.self, from: body)
        } catch {
            throw ReadModelError(.invalidArgument, "the question '\(Question.name)' is not as it should be (\(error))")
        }
        guard asked.asked.count == asked.partitions.count, asked.asked.allSatisfy(asked.questions.indices.contains)
        else { throw ReadModelError(.invalidArgument, "the question '\(Question.name)' is incomplete") }
        // Names come from the network: they choose among the files that there are, and are never made into paths.
        let locations = try dataDirectories.flatMap { try PartitionLocation.all(in: $0) }
        let encoder = JSONEncoder()
        var data = Data("{\"answers\":[".utf8)
        for (identity, number) in zip(asked.partitions, asked.asked) {
            if data.last != UInt8(ascii: "[") { data.append(UInt8(ascii: ",")) }
            guard let reader = try reader(of: identity, locations, deadline, connections) else {
                data += Data("null".utf8)
                continue
            }
            let item = try reader.read { database in
                RemoteAnswer<Question.Answer>.Item(
                    state: try PartitionFile.readState(database, reader.location),
                    answer: try asked.questions[number].answer(database, at: reader.location)
                )
            }
            data += try encoder.encode(item)
            guard data.count <= answerBytes else {
                throw ReadModelError(
                    .answerTooLarge,
                    "the answer has more than \(answerBytes >> 20) MiB: ask for less, such as a shorter period"
                )
            }
        }
        return data + Data("]}".utf8)
    }

    /// The copy that counts of a partition; nil if there is none.
    private static func reader(
        of identity: PartitionIdentity,
        _ locations: [PartitionLocation],
        _ deadline: QueryDeadline,
        _ connections: OpenPartitions?
    ) throws -> PartitionReader? {
        let copies = try locations.filter { $0.topic == identity.topic && $0.partition == identity.partition }
            .compactMap { try PartitionReader($0, keepOpen: true, deadline: deadline, connections: connections) }
            .filter { PartitionIdentity($0.state) == identity }
        return PartitionSource.chosen(from: copies.map { .file($0) }).first?.file
    }
}
