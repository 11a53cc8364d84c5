internal import GRDB

/// What one partition file is asked, so that the answers of all of them, merged, are the answer to a person's question.
///
/// A question is a value and not a closure: a file here is asked by a call, one behind a server by JSON, and the merging
/// is the same. Whatever must be known of all files at first, such as the statistics of a ranking, is a question before.
protocol PartitionQuestion: Codable, Sendable {
    associatedtype Answer: Codable & Sendable
    /// The name between client and server; `PartitionQuestions` lists them.
    static var name: String { get }
    /// Answers within one read transaction.
    func answer(_ database: Database, at location: PartitionLocation) throws -> Answer
}

extension ReadModelReader {
    /// What the partitions answer, in their order.
    func ask<Question: PartitionQuestion>(_ question: Question) throws -> [Question.Answer] {
        try ask(each: sources.map { _ in question }).compactMap { $0 }
    }

    /// What each partition answers to a question of its own; nil where there is none, or nobody to answer it.
    func ask<Question: PartitionQuestion>(each questions: [Question?]) throws -> [Question.Answer?] {
        var answers = try remote?.ask(each: questions, sources) ?? Array(repeating: nil, count: sources.count)
        let local = sources.indices.filter { sources[$0].file != nil && questions[$0] != nil }
        let found = try Parallel.map(local) { [sources] index -> Question.Answer? in
            guard let reader = sources[index].file, let question = questions[index] else { return nil }
            return try reader.read { try question.answer($0, at: reader.location) }
        }
        for (index, answer) in zip(local, found) { answers[index] = answer }
        return answers
    }
}
