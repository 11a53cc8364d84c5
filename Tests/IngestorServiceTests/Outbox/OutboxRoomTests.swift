import Foundation
import TestSupport
import Testing

@testable import IngestorService

@Suite("Room of the outbox") struct OutboxRoomTests {
    private let limits = OutboxLimits(reservedDiskBytes: 16 << 20)

    @Test("Events get what is beside the reserve and the part of the log that has yet to find its place")
    func sums() {
        let plenty = OutboxRoom(free: 100 << 20, unplaced: 1 << 20, limits: limits)
        #expect(plenty.forEvents == 83 << 20 && !plenty.isShort && !plenty.isFull)
        let short = OutboxRoom(free: 30 << 20, unplaced: 0, limits: limits)
        #expect(short.isShort && !short.isFull && short.hasRecovered)
        let full = OutboxRoom(free: 17 << 20, unplaced: 1, limits: limits)
        #expect(full.isShort && full.isFull && !full.hasRecovered)
        let over = OutboxRoom(free: 0, unplaced: 8 << 20, limits: limits)
        #expect(over.forEvents == -(24 << 20) && over.isFull)
        let unknown = OutboxRoom(free: nil, unplaced: 0, limits: limits)
        #expect(!unknown.isShort && !unknown.isFull)
    }

    @Test("The log keeps within the reserve", arguments: [1 << 20, 16 << 20, 64 << 20, 1 << 40])
    func log(reserve: Int) {
        let limits = OutboxLimits(reservedDiskBytes: reserve)
        #expect(limits.logBytes <= max(reserve, 1 << 20) && limits.logBytes <= 16 << 20)
        #expect(limits.sparingStep >= 8)
        // A step changes a few pages for each event, and must fit as long as the log was emptied before.
        #expect(limits.sparingStep * 4 * OutboxFile.pageSize <= limits.checkpointBytes)
    }

    @Test("The log has its room from the start, keeps it, and does not grow under load")
    func logIsBounded() async throws {
        let folder = try TemporaryFolder()
        let limits = OutboxLimits(reservedDiskBytes: 1 << 20)
        let outbox = try await open(folder.path("outbox.sqlite"), limits: limits)
        func logSize() throws -> Int {
            try folder.url.appending(path: "outbox.sqlite-wal").resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        }
        #expect(try logSize() == limits.logBytes)
        for number in 0..<60 { _ = try await outbox.submit([entry("b\(number)", size: 100_000)]) }
        #expect(try logSize() == limits.logBytes)
        #expect(try await outbox.pending(after: 0, limit: 100, bytes: 1 << 30).count == 60)
        await outbox.close()
        #expect(try logSize() == limits.logBytes)
    }
}
