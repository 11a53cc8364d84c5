import Foundation
import Operations
import TestSupport
import Testing

@testable import Indexer
@testable import Kafka

@Suite(.timeLimit(.minutes(20))) struct ProbeTests {
    private let partition = TopicPartition(topic: "bulletins", partition: 3)

    private func report(_ status: IndexerStatus, lag: Duration = .seconds(60)) async -> ReadinessReport {
        var health = KafkaHealth()
        health.lastHeardFromBroker = Date()
        health.reachability = .reachable
        return await IndexerProbe(
            status: status,
            limits: .init(lag: lag, brokerSilence: .seconds(30)),
            health: { [health] in health }
        ).readiness()
    }

    private func failing(_ report: ReadinessReport) -> [String] { report.checks.filter { !$0.ok }.map(\.name) }

    @Test func readyIsAssignedRestoredNotBehindAndHeard() async {
        let status = IndexerStatus()
        #expect(failing(await report(status)) == ["assignment"])
        status.join()
        #expect(await report(status).status == .ready, "a member that stands by can do its work")
        status.update(partition) { $0.phase = .opening }
        #expect(failing(await report(status)) == ["files"])
        status.update(partition) { $0.phase = .reading }
        #expect(await report(status).status == .ready)
        status.close()
        #expect(await report(status).status == .closing)
    }

    @Test func aStoppedPartitionIsToldWithItsReason() async {
        let status = IndexerStatus()
        status.join()
        status.update(partition) { known in
            known.phase = .stopped
            known.trouble = "the disk is full"
        }
        let report = await report(status)
        #expect(report.status == .notReady)
        #expect(report.checks.contains { $0.detail.contains("bulletins[3] is stopped: the disk is full") })
    }

    @Test func lagIsTheAgeOfTheOldestRecordThatIsNotIndexed() async {
        let status = IndexerStatus()
        status.join()
        status.update(partition) { $0.phase = .reading }
        let old = Int64((Date().timeIntervalSince1970 - 100) * 1000)
        status.read(partition, oldest: old, end: 10)
        #expect(failing(await report(status)) == ["lag"])
        #expect(await report(status, lag: .seconds(1_000)).status == .ready)
        status.applied(partition, nextOffset: 4, newest: old, end: 10)
        #expect(status.partitions[partition]?.lag == 6)
        #expect(failing(await report(status)) == ["lag"], "the rest is at least as old")
        status.applied(partition, nextOffset: 10, newest: old, end: 10)
        #expect(await report(status).status == .ready)
        #expect(status.partitions[partition]?.lagSeconds(at: Date()) == 0)
    }

    @Test func aSilentBrokerIsNotReady() async {
        let status = IndexerStatus()
        status.join()
        let probe = IndexerProbe(
            status: status,
            limits: .init(lag: .seconds(60), brokerSilence: .seconds(30)),
            health: { nil }
        )
        #expect(failing(await probe.readiness()) == ["kafka"])
    }

    @Test func readinessFollowsABrokerThatGoesAndComesBack() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a"])
        var configuration = harness.configuration()
        configuration.readyBrokerSilence = .seconds(3)
        let service = IndexerService(configuration: configuration, logger: LogLines().logger())
        let probe = service.probe
        let running = Task { try await service.run() }
        try await eventually("it is ready") { await probe.readiness().status == .ready }
        try ProcessStarts.held { try harness.broker.setDown() }
        try await eventually("it tells the truth") { await probe.readiness().status == .notReady }
        try harness.broker.setUp()
        try await eventually("it is ready again") { await probe.readiness().status == .ready }
        running.cancel()
        _ = try? await running.value
        await harness.broker.close()
    }

    @Test func memoryIsSharedAmongPartitions() {
        func total(_ partitions: Int) -> Int {
            let budget = MemoryBudget(partitions: partitions)
            return partitions * (budget.queueKibibytes + budget.cacheKibibytes + budget.batchBytes >> 10)
        }
        for partitions in [1, 2, 12, 64] { #expect((20_000...40_960).contains(total(partitions)), "\(partitions)") }
        // Nothing is shared out to nothing.
        let many = MemoryBudget(partitions: 10_000)
        #expect(many.queueKibibytes == 96 && many.cacheKibibytes == 128 && many.batchBytes == 65_536)
        #expect(MemoryBudget(partitions: 0) == MemoryBudget(partitions: 1))
    }

    @Test(arguments: [IndexerConfiguration.Membership.group, .everyPartition])
    func memoryIsSharedAmongThePartitionsThatTheTopicHas(_ membership: IndexerConfiguration.Membership) async throws {
        let harness = try await IndexerHarness(partitions: 12)
        var configuration = harness.configuration()
        configuration.membership = membership
        let lines = LogLines()
        try await harness.withIndexer(configuration, logger: lines.logger(.debug)) {
            try await eventually("the first worker is there") {
                lines.all.contains { $0.contains("memory is shared out") }
            }
        }
        #expect(lines.all.contains { $0.contains("memory is shared out partitions=12") })
        await harness.broker.close()
    }
}
