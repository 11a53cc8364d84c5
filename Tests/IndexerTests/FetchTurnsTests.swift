import Foundation
import Kafka
import TestSupport
import Testing

@testable import Indexer

/// Of many partitions that are behind a few read at a time, each in its turn.
@Suite(.timeLimit(.minutes(20))) struct FetchTurnsTests {
    private let start = ContinuousClock.now

    @Test func whoHasReadItsShareGoesToTheEndOfTheLine() {
        var order = TurnOrder(places: 2, limits: .init(bytes: 100))
        #expect(order.goesOn(1, at: start).0 && order.goesOn(2, at: start).0)
        #expect(!order.goesOn(3, at: start).0 && !order.goesOn(4, at: start).0)
        order.read(99, by: 1)
        #expect(order.goesOn(1, at: start).0)
        order.read(1, by: 1)
        let (goesOn, called) = order.goesOn(1, at: start)
        #expect(!goesOn && called == [3])
        order.read(100, by: 2)
        #expect(order.goesOn(2, at: start).called == [4])
        #expect(order.leave(3, at: start) == [1], "and back again, in the order in which they came")
    }

    @Test func whoIsAloneGoesOnWithoutAPause() {
        var order = TurnOrder(places: 1, limits: .init(bytes: 100))
        for _ in 0..<5 {
            #expect(order.goesOn(1, at: start).0)
            order.read(1_000, by: 1)
        }
    }

    @Test func aTurnEndsAlsoByTime() {
        var order = TurnOrder(places: 1, limits: .init(time: .seconds(5)))
        #expect(order.goesOn(1, at: start).0 && !order.goesOn(2, at: start).0)
        #expect(order.goesOn(1, at: start + .seconds(4)).0)
        #expect(order.goesOn(1, at: start + .seconds(5)) == (false, called: [2]))
    }

    @Test func whoHangsKeepsNobodyWaiting() {
        var order = TurnOrder(places: 1, limits: .init(silence: .seconds(3)))
        #expect(order.goesOn(1, at: start).0 && !order.goesOn(2, at: start).0)
        #expect(!order.goesOn(2, at: start + .seconds(3)).0)
        #expect(order.goesOn(2, at: start + .seconds(4)).0)
        #expect(!order.goesOn(1, at: start + .seconds(4)).0, "its turn is over")
    }

    @Test func everyOneOfManyComesToRead() {
        var order = TurnOrder(places: 3, limits: .init(bytes: 10))
        var turns = [Int](repeating: 0, count: 20)
        for round in 0..<2_000 {
            let worker = round % 20
            guard order.goesOn(worker, at: start).0 else { continue }
            turns[worker] += 1
            order.read(10, by: worker)
        }
        #expect((turns.max() ?? 0) - (turns.min() ?? 0) <= 1, "\(turns)")
    }

    @Test func whoWaitsIsCalledAndWhoIsToldToEndLeaves() async throws {
        let turns = FetchTurns(places: 1, share: 0)
        let (first, second, third) = (WorkerControl(), WorkerControl(), WorkerControl())
        let (one, two, three) = (turns.member(first), turns.member(second), turns.member(third))
        #expect(one.goesOn() && !two.goesOn() && !three.goesOn())
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await DedicatedThread.run(name: "two") {
                    two.wait()
                    defer { two.leave() }
                    return second.shouldStop
                }
            }
            group.addTask {
                try await DedicatedThread.run(name: "three") {
                    three.wait()
                    return third.shouldStop
                }
            }
            second.stop()
            let ended = try await group.next()
            #expect(ended == true, "it ends without a turn")
            one.leave()
            let called = try await group.next()
            #expect(called == false, "it was called")
        }
    }

    @Test func manyPartitionsWithABacklogAreIndexedInTurns() async throws {
        let partitions = 20
        let budget = MemoryBudget(partitions: partitions)
        let places = try #require(budget.readingPartitions)
        let harness = try await IndexerHarness(partitions: partitions)
        // Several times what a partition may have before it without being behind.
        let records = 80
        let text = String(repeating: "长", count: (budget.queueKibibytes << 10) * 4 / 3 / records)
        for partition in 0..<partitions {
            let ids = (0..<records).map { "\(partition)-\($0)" }
            try await harness.publish(ids, partition: Int32(partition), text: text)
        }
        let lines = LogLines()
        var configuration = harness.configuration()
        configuration.batch.records = 10
        try await harness.withIndexer(configuration, logger: lines.logger(.debug)) {
            try await eventually("all are indexed") {
                (0..<partitions).allSatisfy { harness.state(partition: Int32($0))?.nextOffset == Int64(records) }
            }
        }
        let waited = Set(
            lines.all.compactMap { $0.firstMatch(of: /waiting for its turn .*partition=(\d+)/).map { String($0.1) } }
        )
        #expect(waited.count >= partitions - places, "\(waited)")
        await harness.broker.close()
    }
}
