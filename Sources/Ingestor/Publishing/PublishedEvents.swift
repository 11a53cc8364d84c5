internal import Crypto
internal import Foundation
internal import Synchronization

/// Events that stand in the topic already, by the ids of their events: how often each may be passed over.
///
/// Ids are kept as 128 bits of their SHA-256: a load of ten million takes some hundred megabytes less than with texts, and
/// two that fall together are out of the question.
final class PublishedEvents: Sendable {
    private struct Digest: Hashable {
        var high: UInt64
        var low: UInt64

        init(_ id: [UInt8]) {
            var bytes = Array(SHA256.hash(data: Data(id)))[...]
            func number() -> UInt64 {
                defer { bytes = bytes.dropFirst(8) }
                return bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
            }
            high = number()
            low = number()
        }
    }

    private let counts = Mutex<[Digest: Int]>([:])

    /// How many there are.
    var count: Int { counts.withLock { $0.values.reduce(0, +) } }

    /// The topic holds an event of this id.
    func add(_ id: [UInt8]) {
        let digest = Digest(id)
        counts.withLock { $0[digest, default: 0] += 1 }
    }

    /// Whether an event of this id stands there and was not passed over yet. Events are asked for in the order in which
    /// they were sent, so a revision that returns later in the inputs is told from its first coming.
    func take(_ id: [UInt8]) -> Bool {
        let digest = Digest(id)
        return counts.withLock { counts in
            guard let count = counts[digest] else { return false }
            counts[digest] = count > 1 ? count - 1 : nil
            return true
        }
    }
}
