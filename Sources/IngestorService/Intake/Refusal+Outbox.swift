internal import HTTPService

extension Refusal {
    init(_ error: OutboxError) {
        let code: Code =
            switch error.code {
            case .diskFull: .diskFull
            case .backlogFull: .backlogFull
            case .unavailable, .locked, .foreign: .unavailable
            case .closed: .closing
            }
        // What the operator reads in the log names paths that are nobody else's business.
        let detail =
            switch code {
            case .unavailable: "the outbox cannot be written at the moment; send it again later"
            case .diskFull: "there is no room to keep it safe; what was accepted before is safe; send it again later"
            default: error.message
            }
        self.init(code, detail)
    }
}
