import Testing

@testable import Indexer

@Suite struct PartitionOwnershipTests {
    private func ownership(_ inputs: PartitionOwnership.Input...) -> PartitionOwnership {
        var ownership = PartitionOwnership()
        for input in inputs { _ = ownership.handle(input) }
        return ownership
    }

    @Test func readsOnceOpenedAndAccepted() {
        var ownership = PartitionOwnership()
        #expect(ownership.handle(.opened(nextOffset: 7)) == .none)
        #expect(ownership.phase == .opened(nextOffset: 7))
        #expect(ownership.handle(.accepted) == .startReading)
        #expect(ownership.phase == .reading)
    }

    @Test func revokedFinishesThenCommitsThenGivesUp() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted)
        #expect(ownership.handle(.depart(.revoked)) == .stopWorker)
        #expect(ownership.handle(.ended(nextOffset: 12)) == .commitAndGiveUp(nextOffset: 12))
        #expect(ownership.phase == .released)
    }

    @Test func lostNeverCommits() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted)
        #expect(ownership.handle(.depart(.lost)) == .forbidCommits)
        #expect(ownership.handle(.ended(nextOffset: 12)) == .giveUp)
    }

    @Test func lostWhileRevokedForbidsCommits() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted, .depart(.revoked))
        #expect(ownership.handle(.depart(.lost)) == .forbidCommits)
        #expect(ownership.handle(.depart(.revoked)) == .none, "what is lost stays lost")
        #expect(ownership.handle(.ended(nextOffset: 12)) == .giveUp)
    }

    @Test func overdueMayNotCommitAnyMore() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted, .depart(.revoked))
        #expect(ownership.handle(.overdue) == .forbidCommits)
        #expect(ownership.handle(.ended(nextOffset: 12)) == .giveUp)
    }

    @Test func stuckInItsCommitIsGivenUpInTheEnd() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted, .depart(.revoked), .overdue)
        #expect(ownership.handle(.overdue) == .abandon)
        #expect(ownership.phase == .released)
        #expect(ownership.handle(.ended(nextOffset: 12)) == .none, "nothing after")
    }

    @Test func shutdownIsNotHurried() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted, .depart(.shutdown))
        #expect(ownership.handle(.overdue) == .none)
    }

    @Test func shutdownCommitsAndLeavesTheRestToTheGroup() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted)
        #expect(ownership.handle(.depart(.shutdown)) == .stopWorker)
        #expect(ownership.handle(.ended(nextOffset: 3)) == .commit(nextOffset: 3))
    }

    @Test(arguments: [
        [PartitionOwnership.Input](), [.opened(nextOffset: 1)], [.opened(nextOffset: 1), .accepted],
    ])
    func endingUnasked_fails(inputs: [PartitionOwnership.Input]) {
        var ownership = PartitionOwnership()
        for input in inputs { _ = ownership.handle(input) }
        #expect(ownership.handle(.ended(nextOffset: nil)) == .forget)
        #expect(ownership.phase == .released)
    }

    @Test func revokedWhileTheFileIsOpened() {
        var ownership = PartitionOwnership()
        #expect(ownership.handle(.depart(.revoked)) == .stopWorker)
        #expect(ownership.handle(.opened(nextOffset: 5)) == .none, "too late to read")
        #expect(ownership.handle(.ended(nextOffset: 5)) == .commitAndGiveUp(nextOffset: 5))
    }

    @Test(arguments: [
        [PartitionOwnership.Input](), [.opened(nextOffset: 1)], [.opened(nextOffset: 1), .accepted],
    ])
    func troubleOfItsOwnStopsThePartitionAndIsTriedAgain(inputs: [PartitionOwnership.Input]) {
        var ownership = PartitionOwnership()
        for input in inputs { _ = ownership.handle(input) }
        #expect(ownership.handle(.failed(nextOffset: nil)) == .hold)
        #expect(ownership.phase == .stopped)
        #expect(ownership.handle(.accepted) == .none, "the group may answer meanwhile")
        #expect(ownership.handle(.retry) == .startWorker)
        #expect(ownership.handle(.opened(nextOffset: 4)) == .none)
        #expect(ownership.handle(.accepted) == .startReading)
        #expect(ownership.handle(.retry) == .none)
    }

    @Test func aStoppedPartitionIsGivenUpAtOnce() {
        for departure in [PartitionOwnership.Departure.revoked, .lost] {
            var ownership = ownership(.failed(nextOffset: nil))
            #expect(ownership.handle(.depart(departure)) == .giveUp)
            #expect(ownership.phase == .released)
        }
        var ownership = ownership(.failed(nextOffset: nil))
        #expect(ownership.handle(.depart(.shutdown)) == .forget)
    }

    @Test func troubleWhileFinishingChangesNothingInTheDeparture() {
        var ownership = ownership(.opened(nextOffset: 0), .accepted, .depart(.revoked))
        #expect(ownership.handle(.failed(nextOffset: 3)) == .commitAndGiveUp(nextOffset: 3))
    }

    @Test func nothingHappensAfterRelease() {
        var ownership = ownership(.ended(nextOffset: nil))
        for input in [
            PartitionOwnership.Input.opened(nextOffset: 1), .accepted, .depart(.revoked), .depart(.lost),
            .depart(.shutdown), .ended(nextOffset: 1), .failed(nextOffset: 1), .overdue, .retry,
        ] {
            #expect(ownership.handle(input) == .none)
            #expect(ownership.phase == .released)
        }
    }
}
