import Foundation
import Kafka
import Synchronization
import Testing

struct MonotonicConditionTests {
    @Test func waitingEndsAtItsTimeAndNotBefore() {
        let condition = MonotonicCondition()
        let begin = ContinuousClock.now
        condition.withLock {
            while condition.wait(until: begin + .milliseconds(50)) {}
        }
        #expect(.now - begin >= .milliseconds(50))
        condition.withLock { #expect(!condition.wait(until: begin)) }
    }

    @Test func whoeverWaitsIsWoken() async throws {
        let condition = MonotonicCondition()
        let isMet = Mutex(false)
        async let waited = DedicatedThread.run(name: "waits") {
            condition.withLock {
                while !isMet.withLock({ $0 }) {
                    guard condition.wait(until: .now + .seconds(1 << 40)) else { return false }
                }
                return true
            }
        }
        isMet.withLock { $0 = true }
        condition.withLock { condition.broadcast() }
        #expect(try await waited)
    }
}
