import Kafka
import ReadModel
import Testing

@testable import Indexer

@Suite struct ResumePointTests {
    private let mark = LogMark(offset: 41, timestamp: 7, digest: "d")

    @Test func readingBeginsAtTheLastRecordThatTheFileHolds() {
        #expect(ResumePoint(nextOffset: 42, mark: mark, log: Watermarks(low: 0, high: 42)) == .mark(mark))
        #expect(ResumePoint(nextOffset: 42, mark: mark, log: Watermarks(low: 41, high: 90)) == .mark(mark))
        // Control records lie between.
        #expect(ResumePoint(nextOffset: 45, mark: mark, log: Watermarks(low: 0, high: 45)) == .mark(mark))
    }

    @Test func withoutARecordToCompareReadingBeginsWhereTheFileStands() {
        #expect(ResumePoint(nextOffset: 42, mark: nil, log: Watermarks(low: 0, high: 42)) == .unmarked(42))
        #expect(ResumePoint(nextOffset: 0, mark: nil, log: Watermarks(low: 0, high: 0)) == .unmarked(0))
        #expect(ResumePoint(nextOffset: 42, mark: mark, log: Watermarks(low: 42, high: 50)) == .unmarked(42))
    }

    @Test(arguments: [Watermarks(low: 43, high: 90), Watermarks(low: 0, high: 41), Watermarks(low: 0, high: 0)])
    func aLogThatDoesNotReachTheOffsetIsRefused(log: Watermarks) {
        #expect(ResumePoint(nextOffset: 42, mark: mark, log: log) == .outsideLog)
        #expect(ResumePoint(nextOffset: 42, mark: nil, log: log) == .outsideLog)
    }
}
