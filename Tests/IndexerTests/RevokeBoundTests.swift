import Foundation
import Kafka
import Synchronization
import TestSupport
import Testing

@testable import Indexer

/// A revoked partition is given up within its bound, all told, whatever its worker or the broker does.
@Suite(.timeLimit(.minutes(20))) struct RevokeBoundTests {
    private static let partitions = 6

    /// Fills six partitions with an indexer that has them all, runs `disturb`, lets another join, and returns how long the
    /// first took to give up each partition that the group asked back.
    private func revokeTimes(
        _ harness: IndexerHarness,
        within timeout: Duration,
        lines: LogLines,
        onProgress: @escaping @Sendable (IndexProgress) -> Void = { _ in },
        disturb: @escaping @Sendable () async throws -> Void
    ) async throws -> [Double] {
        var configuration = harness.configuration()
        configuration.revokeTimeout = timeout
        return try await harness.withIndexer(configuration, logger: lines.logger(.debug), onProgress: onProgress) {
            try await publishEverywhere(harness, "a")
            try await eventually("all six are indexed") {
                (0..<Self.partitions).allSatisfy { harness.state(partition: Int32($0))?.nextOffset == 1 }
            }
            try await disturb()
            return try await harness.withIndexer(harness.configuration("other")) {
                try await eventually("three are given up") { secondsUntilGivenUp(lines).count == 3 }
                return secondsUntilGivenUp(lines)
            }
        }
    }

    private func publishEverywhere(_ harness: IndexerHarness, _ text: String) async throws {
        for partition in 0..<Self.partitions {
            try await harness.publish(["\(text)\(partition)"], partition: Int32(partition))
        }
    }

    private func secondsUntilGivenUp(_ lines: LogLines) -> [Double] {
        lines.all.compactMap { $0.firstMatch(of: /given up partition.* seconds=([0-9.]+)/).flatMap { Double($0.1) } }
    }

    @Test func aWorkerThatHangsHoldsTheGroupUpNoLonger() async throws {
        let harness = try await IndexerHarness(partitions: Self.partitions)
        let lines = LogLines()
        let hangs = Mutex(false)
        let hanging = Mutex(0)
        let release = DispatchSemaphore(value: 0)
        let times = try await revokeTimes(harness, within: .seconds(2), lines: lines) { _ in
            guard hangs.withLock({ $0 }) else { return }
            hanging.withLock { $0 += 1 }
            release.wait()
            release.signal()
        } disturb: {
            hangs.withLock { $0 = true }
            try await publishEverywhere(harness, "b")
            try await eventually("all six hang") { hanging.withLock { $0 } == Self.partitions }
            // When the test has seen enough, the indexer can end.
            Task {
                try await eventually("three are given up") { secondsUntilGivenUp(lines).count == 3 }
                release.signal()
            }
        }
        // It was waited for, and not until it went on; a busy machine takes its time, too.
        #expect(times.allSatisfy { $0 > 1.5 && $0 < 10 }, "\(times)")
        #expect(lines.all.count { $0.contains("given up while its last transaction is still being written") } == 3)
        await harness.broker.close()
    }

    @Test func aBrokerThatAnswersLateIsWaitedForOnceAndNotForEachPartition() async throws {
        let harness = try await IndexerHarness(partitions: Self.partitions)
        let lines = LogLines()
        let times = try await revokeTimes(harness, within: .seconds(10), lines: lines) {
            try harness.broker.setRoundTripTime(.seconds(2))
        }
        // Three commits, one after the other, take six seconds.
        #expect(times.allSatisfy { $0 > 0.5 && $0 < 5.5 }, "\(times)")
        await harness.broker.close()
    }

    @Test func aBrokerThatDoesNotAnswerIsWaitedForWithinTheBound() async throws {
        let harness = try await IndexerHarness(partitions: Self.partitions)
        let lines = LogLines()
        let times = try await revokeTimes(harness, within: .milliseconds(500), lines: lines) {
            try harness.broker.setRoundTripTime(.seconds(2))
        }
        // Within half a second on an idle machine; the answer would take two.
        #expect(times.allSatisfy { $0 > 0.25 && $0 < 1.9 }, "\(times)")
        await harness.broker.close()
    }

    @Test func theTimeIsDividedAndNothingComesAfterItsEnd() {
        let now = ContinuousClock.now
        let bounds = DepartureBounds(from: now, within: .seconds(5))
        #expect(bounds.finish == now + .seconds(3.5))
        #expect(bounds.end == now + .seconds(4.5))
        #expect(bounds.next(after: bounds.finish) == bounds.end)
        #expect(bounds.next(after: bounds.end) == nil)
    }
}
