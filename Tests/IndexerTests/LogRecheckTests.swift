import Foundation
import GRDB
import Kafka
import ReadModel
import TestSupport
import Testing

@testable import Indexer

/// A topic may be made anew while an indexer reads it.
@Suite(.timeLimit(.minutes(20))) struct LogRecheckTests {
    private let start = ContinuousClock.now

    @Test func looksAgainAfterAPauseAndNowAndThen() {
        var schedule = RecheckSchedule(checkedAt: start)
        #expect(!schedule.isDue(at: start))
        #expect(!schedule.isDue(at: start + .milliseconds(999)))
        #expect(schedule.isDue(at: start + .seconds(1)), "a full queue hides pauses")
        #expect(schedule.isDue(at: start + .seconds(3_600)), "the process stood still")
        schedule.pause()
        #expect(schedule.isDue(at: start), "nothing came for a while")
    }

    @Test func tellsWhatTheLogHasAtAnOffset() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a", "b", "c"])
        let (kafka, partition) = (harness.kafka, TopicPartition(topic: "bulletins", partition: 0))
        let findings = try await DedicatedThread.run(name: "look") {
            let recheck = LogRecheck(kafka: kafka, logger: LogLines().logger())
            defer { recheck.close() }
            // One client for all questions, in any order.
            return try [1, 3, 9, 0, 1].map { try recheck.look(at: $0, of: partition, timeout: .seconds(20)) }
        }
        guard case .record(let mark) = findings[0], case .record(let first) = findings[3] else {
            Issue.record("\(findings)")
            return
        }
        #expect(mark.offset == 1 && first.offset == 0 && mark.digest != first.digest)
        #expect(findings[1] == .end && findings[2] == .outOfRange)
        #expect(findings[4] == findings[0])
        await harness.broker.close()
    }

    @Test func aLookBesideTheWriterConfirmsTheFilesRecordAndNoOther() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a", "b"])
        let (kafka, partition) = (harness.kafka, TopicPartition(topic: "bulletins", partition: 0))
        let confirmed = try await DedicatedThread.run(name: "look") {
            let recheck = LogRecheck(kafka: kafka, logger: LogLines().logger())
            defer { recheck.close() }
            guard case .record(let mark) = try recheck.look(at: 1, of: partition, timeout: .seconds(20)) else {
                return [Bool?]()
            }
            var other = mark
            other.digest = "of another"
            return [mark, other].map { mark in
                // Several: on a machine that is busy the first may take longer than a transaction waits.
                (0..<20).contains { _ in LogLook(recheck, for: mark, in: partition).confirms() }
            }
        }
        #expect(confirmed == [true, false])
        await harness.broker.close()
    }

    @Test func whatIsFoundAtTheMarkDecidesWhoseLogItIs() async throws {
        let harness = try await IndexerHarness()
        let (kafka, partition) = (harness.kafka, TopicPartition(topic: "bulletins", partition: 0))
        let mark = LogMark(offset: 4, timestamp: 1, digest: "a")
        // The topic is not compacted: no record can have given way to a later one.
        let findings: [LogRecheck.Finding] = [
            .record(mark), .record(LogMark(offset: 4, timestamp: 1, digest: "b")),
            .record(LogMark(offset: 6, timestamp: 1, digest: "a")), .end, .outOfRange,
        ]
        let verdicts = try await DedicatedThread.run(name: "verdicts") {
            findings.map {
                LogRecheck.verdict(on: $0, at: mark, of: partition, kafka: kafka, logger: LogLines().logger())
            }
        }
        #expect(verdicts == [.same, .other(found: 4), .other(found: 6), .other(found: nil), .unknown])
        #expect(try LogRecheck.Verdict.same.check(mark, of: partition, file: "f"))
        #expect(try !LogRecheck.Verdict.unknown.check(mark, of: partition, file: "f"))
        let error = #expect(throws: IndexerError.self) {
            try LogRecheck.Verdict.other(found: 6).check(mark, of: partition, file: "f")
        }
        #expect(error?.code == .otherLog)
        await harness.broker.close()
    }

    @Test func nobodyAnswersWithinTheTime() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a"])
        try ProcessStarts.held { try harness.broker.setDown() }
        let (kafka, partition) = (harness.kafka, TopicPartition(topic: "bulletins", partition: 0))
        let finding = try await DedicatedThread.run(name: "look") {
            let recheck = LogRecheck(kafka: kafka, logger: LogLines().logger())
            defer { recheck.close() }
            return try recheck.look(at: 0, of: partition, timeout: .milliseconds(300))
        }
        #expect(finding == nil)
        await harness.broker.close()
    }

    @Test func aLogThatBecameAnotherUnderARunningIndexerIsRefused() async throws {
        let harness = try await IndexerHarness(partitions: 2)
        try await harness.publish(["a0"], partition: 0)
        try await harness.publish(["b0"], partition: 1)
        let lines = LogLines()
        try await harness.withIndexer(harness.configuration(), logger: lines.logger()) {
            try await eventually("both are indexed") {
                harness.state(partition: 0)?.nextOffset == 1 && harness.state(partition: 1)?.nextOffset == 1
            }
            // The file's last record is another than the log's: as if the topic had been made anew meanwhile.
            let file = PartitionLocation(dataDirectory: harness.data(), topic: "bulletins", partition: 0)
            let queue = try DatabaseQueue(path: file.path)
            try await queue.write { try $0.execute(sql: "UPDATE log_identity SET last_digest = 'of another'") }
            try queue.close()
            // Longer than a read waits for a record.
            try await Task.sleep(for: RecheckSchedule.interval)
            try await harness.publish(["a1"], partition: 0)
            try await harness.publish(["b1"], partition: 1)
            try await eventually("it is told") {
                lines.all.contains { $0.contains("the log has another record there") }
            }
            try await eventually("the other goes on") { harness.state(partition: 1)?.nextOffset == 2 }
            #expect(harness.state(partition: 0)?.nextOffset == 1, "nothing of the other log is applied")
        }
        await harness.broker.close()
    }
}
