internal import BulletinEvents
internal import Foundation
internal import HTTPService
internal import Ingestor
internal import Logging

/// Takes documents in, whoever brings them: parses, stores, and says what became of them.
final class Intake: Sendable {
    /// Who brought a document; a label in metrics.
    enum Way: String, CaseIterable {
        case http
        case batch
        case watch
    }

    /// What became of a document that was taken.
    struct Receipt: Sendable {
        let id: String
        let acceptance: Acceptance
        var title: String?
        var kind: Bulletin.Kind?
        var contentHash: String?
    }

    private let outbox: Outbox
    private let pool: ParsePool
    private let source: String
    private let metrics = IntakeMetrics()

    init(outbox: Outbox, pool: ParsePool, source: String) {
        self.outbox = outbox
        self.pool = pool
        self.source = source
    }

    /// Takes documents, in their order; each is taken or refused by itself, and all that are taken share a transaction.
    func take(_ documents: [Result<IntakeDocument, Refusal>], by way: Way) async -> [Result<Receipt, Refusal>] {
        let prepared = await withTaskGroup(of: (Int, ParsePool.Outcome).self) { group in
            for (index, document) in documents.enumerated() {
                switch document {
                case .failure(let refusal): group.addTask { (index, .failure(refusal)) }
                case .success(let document): group.addTask { [pool] in (index, await pool.parse(document)) }
                }
            }
            var outcomes: [ParsePool.Outcome?] = Array(repeating: nil, count: documents.count)
            for await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap(\.self)
        }
        let results = await store(prepared)
        for result in results { metrics.count(result, way) }
        return results
    }

    /// Takes one document. Whoever answers for the request counts a refusal.
    func take(_ document: IntakeDocument, by way: Way) async throws(Refusal) -> Receipt {
        let result = await store([await pool.parse(document)])[0]
        if case .success = result { metrics.count(result, way) }
        return try result.get()
    }

    /// Counts something that was refused before it came here.
    func refused(_ refusal: Refusal, by way: Way) { metrics.refused(refusal, way) }

    /// Withdraws a bulletin; `unchanged` if its latest event is a withdrawal already.
    func withdraw(id: String, reason: String?, trace: TraceParent) async throws(Refusal) -> Receipt {
        let metadata = EventMetadata.withdrawal(of: id, source: source, trace: trace)
        do throws(OutboxError) {
            let record = EventEncoder().encode(Withdrawal(id: id, reason: reason), metadata: metadata)
            let entry = OutboxEntry(bulletinID: id, effect: .withdrawal, fingerprint: "withdrawn", record: record)
            let acceptance = try await outbox.submit([entry])[0]
            metrics.withdrawn(acceptance)
            return Receipt(id: id, acceptance: acceptance)
        } catch {
            throw Refusal(error)
        }
    }

    private func store(_ prepared: [ParsePool.Outcome]) async -> [Result<Receipt, Refusal>] {
        var stored = await submit(prepared.compactMap { try? $0.get().entry })[...]
        return prepared.map { outcome in
            outcome.flatMap { document in
                guard let acceptance = stored.popFirst() else {
                    return .failure(Refusal(.internalError, "the outbox lost count"))
                }
                return acceptance.map {
                    Receipt(
                        id: document.entry.bulletinID,
                        acceptance: $0,
                        title: document.title,
                        kind: document.kind,
                        contentHash: document.contentHash
                    )
                }
            }
        }
    }

    /// Stores entries in one transaction. Where there is no room for all of them, as many as fit: none behind one that
    /// did not.
    private func submit(_ entries: [OutboxEntry]) async -> [Result<Acceptance, Refusal>] {
        do throws(OutboxError) {
            return try await outbox.submit(entries).map { .success($0) }
        } catch {
            guard entries.count > 1, error.code == .backlogFull || error.code == .diskFull else {
                return entries.map { _ in .failure(Refusal(error)) }
            }
        }
        var results: [Result<Acceptance, Refusal>] = []
        for entry in entries {
            do throws(OutboxError) {
                results += try await outbox.submit([entry]).map { .success($0) }
            } catch {
                results += entries.dropFirst(results.count).map { _ in .failure(Refusal(error)) }
                break
            }
        }
        return results
    }
}
