import BulletinEvents
import Foundation
import Kafka
import Synchronization
import TestSupport

/// What clients were told, and whether the topic agrees.
///
/// A client sends the revisions of its own bulletins one after the other, so what it was told is an order: in the topic
/// each bulletin's revisions must stand in it. A revision whose request broke off may be there or not.
final class FaultLedger: Sendable {
    private struct State {
        /// Revisions answered with 202, by bulletin, in order.
        var accepted: [String: [Int]] = [:]
        var refused: Set<String> = []
        var answers: [Int: Int] = [:]
        var brokenOff = 0
    }

    private let state = Mutex(State())

    var acceptedCount: Int { state.withLock { $0.accepted.values.reduce(0) { $0 + $1.count } } }
    var bulletins: Int { state.withLock { $0.accepted.count } }
    /// How often each status was answered; 0 for requests that broke off.
    var summary: String {
        state.withLock { state in
            (state.answers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" } + [
                "broken off: \(state.brokenOff)"
            ])
            .joined(separator: ", ")
        }
    }

    func answered(_ bulletin: String, _ revision: Int, _ status: Int) {
        state.withLock { state in
            state.answers[status, default: 0] += 1
            switch status {
            case 202: state.accepted[bulletin, default: []].append(revision)
            case 200: break
            default: state.refused.insert("\(bulletin) \(revision)")
            }
        }
    }

    func brokeOff() { state.withLock { $0.brokenOff += 1 } }

    /// Compares with what stands in the topic; returns what is wrong, nothing if all is well.
    func complaints(about records: [(key: String, value: [UInt8], headers: [KafkaHeader])]) throws -> [String] {
        var topic: [String: [Int]] = [:]
        for record in records {
            let bulletin = try JSONDecoder().decode(Bulletin.self, from: Data(record.value))
            let text = bulletin.paragraphs.joined()
            guard let match = text.firstMatch(of: /第(\d+)号水库，第(\d+)次/), let revision = Int(match.2) else {
                return ["a record that nobody sent: \(text.prefix(80))"]
            }
            topic[String(match.1), default: []].append(revision)
        }
        let (accepted, refused) = state.withLock { ($0.accepted, $0.refused) }
        var complaints: [String] = []
        for (bulletin, revisions) in accepted {
            let found = topic[bulletin] ?? []
            let missing = Set(revisions).subtracting(found)
            if !missing.isEmpty { complaints.append("\(bulletin): lost \(missing.sorted())") }
            // Sent again after a crash before the acknowledgement, a revision stands there twice in a row.
            var distinct: [Int] = []
            for revision in found where distinct.last != revision { distinct.append(revision) }
            if distinct != distinct.sorted() { complaints.append("\(bulletin): out of order \(found)") }
        }
        for (bulletin, revisions) in topic {
            for revision in revisions where refused.contains("\(bulletin) \(revision)") {
                complaints.append("\(bulletin): \(revision) was refused and is there")
            }
        }
        return complaints
    }
}
