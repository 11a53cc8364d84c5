internal import Foundation

/// What became of a document or a withdrawal.
struct ReceiptAnswer: Encodable {
    enum Status: String, Encodable {
        case accepted
        case unchanged
    }

    let id: String
    let status: Status
    let sequence: Int64
    let kind: String?
    let title: String?
    let contentHash: String?
    /// Where to ask for the delivery.
    let delivery: String

    init(_ receipt: Intake.Receipt) {
        id = receipt.id
        switch receipt.acceptance {
        case .accepted(let sequence): (status, self.sequence) = (.accepted, sequence)
        case .unchanged(let sequence): (status, self.sequence) = (.unchanged, sequence)
        }
        kind = receipt.kind?.rawValue
        title = receipt.title
        contentHash = receipt.contentHash
        delivery = "/v1/bulletins/\(receipt.id)/delivery"
    }
}

/// Where a bulletin's latest event stands.
struct DeliveryAnswer: Encodable {
    let id: String
    let event: String
    let status: String
    let sequence: Int64
    let acceptedAt: String
    let settledAt: String?
    let topic: String
    let partition: Int32?
    let offset: Int64?
    let error: String?

    init(_ state: DeliveryState, topic: String) {
        func time(_ milliseconds: Int64) -> String {
            Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
                .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        id = state.bulletinID
        switch state.effect {
        case .publication: event = "publication"
        case .withdrawal: event = "withdrawal"
        }
        status = state.status.rawValue
        sequence = state.sequence
        acceptedAt = time(state.acceptedAt)
        settledAt = state.settledAt.map(time)
        self.topic = topic
        partition = state.partition
        offset = state.offset
        error = state.error
    }
}
