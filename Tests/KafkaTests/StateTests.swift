import Testing

@testable import Kafka

struct ProducerStateTests {
    private typealias State = ProducerState<String, String>
    private let start = ContinuousClock.now

    // The tests call mutating functions on their own line: `#expect` takes its operands as constants.

    private func begin(_ state: inout State) throws -> (epoch: Int, generation: UInt64) {
        let begun = state.begin()
        return try #require(begun)
    }

    private func accept(_ state: inout State) throws -> Int {
        let (epoch, _) = try begin(&state)
        let flushes = state.end(epoch: epoch, accepted: true)
        #expect(flushes.isEmpty)
        return epoch
    }

    @Test func aFlushWaitsForEarlierRecordsOnly() throws {
        var state = State()
        let first = try accept(&state)
        var waits = state.flush(until: start, "one")
        #expect(waits)
        let second = try accept(&state)
        waits = state.flush(until: start, "both")
        #expect(waits)
        var done = state.settle(epoch: second)
        #expect(done.isEmpty)
        done = state.settle(epoch: first)
        #expect(done == ["one", "both"])
        waits = state.flush(until: start, "nothing")
        #expect(!waits)
    }

    @Test func aFlushDoesNotWaitForLaterRecords() throws {
        var state = State()
        let first = try accept(&state)
        _ = state.flush(until: start, "flush")
        _ = try accept(&state)
        let done = state.settle(epoch: first)
        #expect(done == ["flush"])
        #expect(state.outstanding == 1)
    }

    @Test func aRefusedRecordCompletesAFlush() throws {
        var state = State()
        let (epoch, _) = try begin(&state)
        _ = state.flush(until: start, "flush")
        let done = state.end(epoch: epoch, accepted: false)
        #expect(done == ["flush"])
        #expect(state.outstanding == 0)
    }

    @Test func flushesExpire() throws {
        var state = State()
        let epoch = try accept(&state)
        _ = state.flush(until: start + .seconds(1), "late")
        _ = state.flush(until: start, "early")
        #expect(state.nextDeadline == start)
        let expired = state.expiredFlushes(at: start)
        #expect(expired == ["early"])
        let done = state.settle(epoch: epoch)
        #expect(done == ["late"])
        #expect(state.nextDeadline == nil)
    }

    @Test func noWakeUpIsLost() throws {
        var state = State()
        let (epoch, generation) = try begin(&state)
        var woken = state.freed(1)
        #expect(woken.isEmpty)
        // Space was freed between the attempt and the wait.
        var waits = state.waitForSpace(id: 1, since: generation, "a")
        #expect(!waits)
        for id in 1...3 {
            waits = state.waitForSpace(id: UInt64(id), since: state.generation, "\(id)")
            #expect(waits)
        }
        woken = state.freed(1)
        #expect(woken == ["1"])
        var cancelled = state.cancelWait(id: 3)
        #expect(cancelled == "3")
        cancelled = state.cancelWait(id: 3)
        #expect(cancelled == nil)
        _ = state.waitForSpace(id: 4, since: state.generation, "4")
        _ = state.end(epoch: epoch, accepted: false)
        // Nothing is outstanding: no later report would wake anybody.
        woken = state.freed(1)
        #expect(woken == ["2", "4"])
    }

    @Test func closingWaitsForCallsAndRecords() throws {
        var state = State()
        let (epoch, _) = try begin(&state)
        _ = state.waitForSpace(id: 1, since: state.generation, "a")
        var woken = state.close()
        #expect(woken == ["a"])
        woken = state.close()
        #expect(woken.isEmpty)
        let refused = state.begin()
        #expect(refused == nil)
        let waits = state.waitForSpace(id: 2, since: state.generation, "b")
        #expect(!waits)
        #expect(!state.isDrained)
        _ = state.settle(epoch: epoch)
        // Reported already, but the call that handed it over has not returned.
        #expect(!state.isDrained)
        _ = state.end(epoch: epoch, accepted: true)
        #expect(state.isDrained)
        state.destroyed()
        #expect(state.phase == .closed)
    }
}

struct AssignmentStateTests {
    private let a = TopicPartition(topic: "t", partition: 0)
    private let b = TopicPartition(topic: "t", partition: 1)
    private let c = TopicPartition(topic: "t", partition: 2)

    private func owning(_ partitions: TopicPartition...) throws -> AssignmentState {
        var state = AssignmentState()
        state.offer(Set(partitions))
        #expect(try state.accept(Set(partitions)) == .assign)
        return state
    }

    @Test func onlyOfferedPartitionsCanBeAccepted() throws {
        var state = AssignmentState()
        #expect(throws: AssignmentState.Refusal.noAssignmentPending) { try state.accept([a]) }
        state.offer([a, b])
        #expect(throws: AssignmentState.Refusal.notOffered([c])) { try state.accept([a, c]) }
        #expect(try state.accept([a]) == .assign)
        #expect(state.owned == [a])
        #expect(throws: AssignmentState.Refusal.noAssignmentPending) { try state.accept([b]) }
    }

    @Test func theGroupIsToldWhenAllRevokedPartitionsAreGivenUp() throws {
        var state = try owning(a, b, c)
        #expect(throws: AssignmentState.Refusal.noRevocationPending) { try state.giveUp([a]) }
        state.revoke([a, b], isLost: false)
        #expect(throws: AssignmentState.Refusal.notRevoked([c])) { try state.giveUp([a, c]) }
        #expect(try state.giveUp([a]) == .wait)
        #expect(throws: AssignmentState.Refusal.notRevoked([a])) { try state.giveUp([a]) }
        #expect(state.owned == [b, c])
        #expect(try state.giveUp([b]) == .unassign([a, b]))
        #expect(state.owned == [c] && state.pending == .none)
    }

    @Test func revokedPartitionsCanBeCommittedUntilGivenUpAndLostOnesCannot() throws {
        var state = try owning(a, b)
        try state.checkCommit([a, b])
        #expect(throws: AssignmentState.Refusal.notOwned([c])) { try state.checkCommit([a, c]) }
        state.revoke([a], isLost: false)
        try state.checkCommit([a, b])
        #expect(try state.giveUp([a]) == .unassign([a]))
        #expect(throws: AssignmentState.Refusal.notOwned([a])) { try state.checkCommit([a]) }
        state.revoke([b], isLost: true)
        #expect(throws: AssignmentState.Refusal.lost([b])) { try state.checkCommit([b]) }
    }

    @Test func aLossDuringARevocationAddsToIt() throws {
        var state = try owning(a, b)
        state.revoke([a], isLost: false)
        state.revoke([b], isLost: true)
        #expect(state.pending == .revoked(all: [a, b], remaining: [a, b], isLost: true))
        #expect(try state.giveUp([a, b]) == .unassign([a, b]))
    }

    @Test func anOfferThatIsTakenBackNeedsNoAccept() throws {
        var state = AssignmentState()
        state.offer([a])
        state.revoke([a], isLost: false)
        #expect(throws: AssignmentState.Refusal.noAssignmentPending) { try state.accept([a]) }
        #expect(try state.giveUp([a]) == .unassign([a]))
    }
}

struct KafkaErrorTests {
    @Test(arguments: [
        (KafkaError.Code.transport, KafkaError.Category.unavailable), (.allBrokersDown, .unavailable),
        (.messageTimedOut, .unavailable), (.autoOffsetReset, .offsetOutOfRange),
        (.offsetOutOfRange, .offsetOutOfRange), (.unknownTopicOrPartition, .unknownTopicOrPartition),
        (.topicAuthorizationFailed, .authorization), (.messageTooLarge, .messageTooLarge), (.queueFull, .queueFull),
        (.purgedInFlight, .closed), (.invalidArgument, .configuration), (KafkaError.Code(rawValue: 31_999), .other),
    ])
    func codesHaveACategory(code: KafkaError.Code, category: KafkaError.Category) {
        #expect(KafkaError(code, operation: "x").category == category)
    }

    @Test func textFromOutsideStaysOnOneBoundedLine() {
        let text = "a\nb\u{1B}[31m\u{202E}c" + String(repeating: "x", count: 1000)
        let error = KafkaError(.transport, operation: "read", reason: text, nextStep: "wait")
        #expect(error.description.hasPrefix("read: a b [31m"))
        #expect(error.description.hasSuffix("… [_TRANSPORT]; wait"))
        #expect(error.description.unicodeScalars.count < 500)
        #expect(!error.description.unicodeScalars.contains("\u{202E}"))
    }

    @Test func durationsBecomeMilliseconds() {
        #expect(Duration.seconds(-1).timeoutMilliseconds == 0)
        #expect(Duration.zero.timeoutMilliseconds == 0)
        #expect(Duration.nanoseconds(1).timeoutMilliseconds == 1)
        #expect(Duration.milliseconds(1500).timeoutMilliseconds == 1500)
        #expect(Duration.seconds(1_000_000_000).timeoutMilliseconds == 86_400_000)
    }
}

struct StatisticsTests {
    private func statistics(_ json: String) -> ClientStatistics? {
        Array(json.utf8).withUnsafeBufferPointer { ClientStatistics(json: $0) }
    }

    @Test func onlyLiveConnectionsCountAsHeard() throws {
        let read = try #require(
            statistics(
                #"""
                {"msg_cnt":3,"txmsgs":5,"brokers":{
                "a":{"nodeid":1,"state":"UP","rxidle":2000000,"rtt":{"avg":1500}},
                "b":{"nodeid":2,"state":"DOWN","rxidle":5,"rtt":{"avg":1}},
                "c":{"nodeid":-1,"state":"UP","rxidle":-1}},
                "topics":{"t":{"topic":"t","partitions":{"0":{"partition":0,"fetch_state":"active","consumer_lag":7}}}}}
                """#
            )
        )
        #expect(read.shortestIdleOfUpBrokers == 2)
        #expect(read.upBrokers.count == 2)
        #expect(read.topics?["t"]?.partitions["0"]?.consumer_lag == 7)
    }

    @Test(arguments: ["", "[]", "{\"brokers\":3}", "{\"msg_cnt\":\"x\"}"])
    func whatIsNotStatisticsIsIgnored(json: String) {
        #expect(statistics(json) == nil)
    }
}
