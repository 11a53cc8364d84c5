/// Why something is not taken: for people in words, for programs as a code and an HTTP status.
struct Refusal: Error, Hashable {
    /// The kinds of refusal; their names are the last part of a problem's `type` and the label `reason` in metrics.
    enum Code: String, Hashable, CaseIterable {
        case malformedRequest = "malformed-request"
        case unauthorized
        case forbidden
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case requestTimeout = "request-timeout"
        case tooLarge = "too-large"
        case headerTooLarge = "header-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case parseFailed = "parse-failed"
        case parseTimeout = "parse-timeout"
        case tooManyRequests = "too-many-requests"
        case internalError = "internal-error"
        case overloaded
        case backlogFull = "backlog-full"
        case unavailable
        case closing
        case diskFull = "disk-full"

        /// The HTTP status: RFC 9110, for 507 RFC 4918, for 429 and 431 RFC 6585.
        var status: Int {
            switch self {
            case .malformedRequest: 400
            case .unauthorized: 401
            case .forbidden: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .requestTimeout: 408
            case .tooLarge: 413
            case .unsupportedMediaType: 415
            case .parseFailed, .parseTimeout: 422
            case .tooManyRequests: 429
            case .headerTooLarge: 431
            case .internalError: 500
            case .overloaded, .backlogFull, .unavailable, .closing: 503
            case .diskFull: 507
            }
        }

        /// What kind of problem it is, in words; RFC 9457, section 3.1.4.
        var title: String {
            switch self {
            case .malformedRequest: "The request is malformed"
            case .unauthorized: "A valid token is needed"
            case .forbidden: "The token does not allow this"
            case .notFound: "There is no such thing here"
            case .methodNotAllowed: "The method does not fit"
            case .requestTimeout: "The request took too long to arrive"
            case .tooLarge: "The document is too large"
            case .headerTooLarge: "The request's header is too large"
            case .unsupportedMediaType: "The media type is not taken"
            case .parseFailed: "The document cannot be parsed"
            case .parseTimeout: "The document takes too long to parse"
            case .tooManyRequests: "Too many requests at once"
            case .internalError: "The service failed"
            case .overloaded: "The service is busy"
            case .backlogFull: "Too much waits for Kafka"
            case .unavailable: "The outbox cannot be written"
            case .closing: "The service is ending"
            case .diskFull: "The disk is full"
            }
        }

        /// Seconds after which it may work; nil where the same request would fail again.
        var retryAfter: Int? {
            switch self {
            case .tooManyRequests, .overloaded: 1
            case .closing: 5
            case .backlogFull, .unavailable: 10
            case .diskFull: 60
            case .malformedRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .requestTimeout,
                .tooLarge, .headerTooLarge, .unsupportedMediaType, .parseFailed, .parseTimeout, .internalError:
                nil
            }
        }

        /// Whether the document is at fault and not the moment.
        var isFinal: Bool { retryAfter == nil }
    }

    let code: Code
    /// What is wrong and what to do, in one line.
    let detail: String
    /// Where in the document, from 1.
    var line: Int?
    /// Where in the document, in bytes from 0.
    var offset: Int?

    init(_ code: Code, _ detail: String, line: Int? = nil, offset: Int? = nil) {
        self.code = code
        self.detail = detail
        self.line = line
        self.offset = offset
    }

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
