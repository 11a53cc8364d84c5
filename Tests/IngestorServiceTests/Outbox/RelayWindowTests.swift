import TestSupport
import Testing

@testable import IngestorService

@Suite("Relay window") struct RelayWindowTests {
    @Test("A later revision waits until the outcome of the earlier one is noted")
    func oneAtATime() {
        var window = RelayWindow()
        let sent = [pending("a", 1), pending("a", 2), pending("b", 3)].map { window.admit($0) }
        #expect(sent == [true, false, true])
        // Reported twice, or not on its way: no effect.
        let settled = [pending("a", 1), pending("a", 1), pending("a", 2)].map { window.settling($0) }
        #expect(settled == [true, false, false])
        let next = [2, 1].map { window.noted(bulletinID: "a", sequence: $0)?.sequence }
        #expect(next == [nil, 2])
        #expect(window.records == 2 && window.bytes == 6)
    }

    @Test("What failed is sent again after a while that grows, and holds its bulletin up")
    func retries() throws {
        var window = RelayWindow()
        let start = ContinuousClock.now
        let sent = [pending("a", 1), pending("a", 2)].map { window.admit($0) }
        #expect(sent == [true, false])
        var now = start
        var delays: [Duration] = []
        for _ in 0..<12 {
            window.failed(pending("a", 1), now: now)
            let early = window.due(at: now)
            #expect(early.isEmpty)
            let due = try #require(window.nextDue)
            delays.append(now.duration(to: due))
            now = due
            let again = window.due(at: now).map(\.sequence)
            #expect(again == [1])
            #expect(window.nextDue == nil)
        }
        #expect(delays == delays.sorted())
        #expect(delays.last == .seconds(15))
        let isSettled = window.settling(pending("a", 1))
        let next = window.noted(bulletinID: "a", sequence: 1)
        #expect(isSettled && next?.sequence == 2)
    }

    @Test(
        "Whatever happens in whatever order, every event settles once and each bulletin's in order",
        arguments: 0..<40
    )
    func property(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var window = RelayWindow(maximumRecords: 50, maximumBytes: 1 << 20)
        let total = 400
        var next: Int64 = 1
        var now = ContinuousClock.now
        var onItsWay: [PendingEntry] = []
        var settling: [PendingEntry] = []
        var order: [String: [Int64]] = [:]
        while order.values.reduce(0, { $0 + $1.count }) < total {
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where next <= Int64(total) && !window.isFull, 1 where next <= Int64(total) && !window.isFull:
                let entry = pending("b\(Int.random(in: 0..<8, using: &random))", next)
                next += 1
                if next > Int64(total) + 1 {
                    next = Int64(total) + 1
                } else if window.admit(entry) {
                    onItsWay.append(entry)
                }
            case 2 where !onItsWay.isEmpty, 3 where !onItsWay.isEmpty:
                let entry = onItsWay.remove(at: Int.random(in: 0..<onItsWay.count, using: &random))
                if window.settling(entry) { settling.append(entry) }
            case 4 where !onItsWay.isEmpty:
                window.failed(onItsWay.remove(at: Int.random(in: 0..<onItsWay.count, using: &random)), now: now)
            default:
                if !settling.isEmpty {
                    let entry = settling.removeFirst()
                    order[entry.bulletinID, default: []].append(entry.sequence)
                    if let next = window.noted(bulletinID: entry.bulletinID, sequence: entry.sequence) {
                        onItsWay.append(next)
                    }
                }
                now = now.advanced(by: .seconds(20))
                onItsWay += window.due(at: now)
            }
        }
        #expect(window.isEmpty && window.bytes == 0 && window.isIdle)
        for (_, sequences) in order { #expect(sequences == sequences.sorted()) }
        #expect(Set(order.values.joined()).count == total)
    }
}
