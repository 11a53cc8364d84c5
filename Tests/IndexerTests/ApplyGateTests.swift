import Foundation
import Kafka
import Synchronization
import TestSupport
import Testing

@testable import Indexer

/// Few batches are decoded at a time, and no partition waits for another that hangs.
@Suite(.timeLimit(.minutes(5))) struct ApplyGateTests {
    private final class Crowd: Sendable {
        private let counts = Mutex((inside: 0, most: 0, passed: 0))

        var most: Int { counts.withLock { $0.most } }
        var passed: Int { counts.withLock { $0.passed } }

        func enter() {
            counts.withLock {
                $0.inside += 1
                $0.most = max($0.most, $0.inside)
            }
        }

        func leave() {
            counts.withLock {
                $0.inside -= 1
                $0.passed += 1
            }
        }
    }

    @Test func noMoreThanThePermittedAreInsideHoweverManyWait() async throws {
        let (gate, crowd) = (ApplyGate(permits: 3, patience: .seconds(60)), Crowd())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    try await DedicatedThread.run(name: "worker") {
                        for _ in 0..<50 {
                            let permit = gate.permit()
                            crowd.enter()
                            // Others get their chance to come in, too.
                            for _ in 0..<20 { sched_yield() }
                            crowd.leave()
                            permit.giveBack()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(crowd.passed == 600)
        #expect((1...3).contains(crowd.most), "\(crowd.most)")
    }

    @Test func whoHangsIsNotWaitedForByTheOthers() async throws {
        let gate = ApplyGate(permits: 2, patience: .milliseconds(50))
        let hanging = [gate.permit(), gate.permit()]
        // Without the bound on patience this would never return.
        try await DedicatedThread.run(name: "worker") {
            for _ in 0..<100 { gate.permit().giveBack() }
        }
        // Both count no longer, and give back what they hold nevertheless.
        for permit in hanging { permit.giveBack() }
        for permit in hanging { permit.giveBack() }
        let next = [gate.permit(), gate.permit()]
        for permit in next { permit.giveBack() }
    }
}
