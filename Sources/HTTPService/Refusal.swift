/// Why a request is refused: for people in words, for programs as a code and an HTTP status.
package struct Refusal: Error, Hashable {
    /// The kinds of refusal; their names are the last part of a problem's `type` and the label `reason` in metrics.
    package enum Code: String, Hashable, CaseIterable, Sendable {
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
        case answerTooLarge = "answer-too-large"
        case queryTimeout = "query-timeout"

        /// What nobody but a service of queries answers.
        package static let queries: Set<Code> = [.answerTooLarge, .queryTimeout]
        /// What nobody but a service that takes documents answers.
        package static let intake: Set<Code> = [
            .unsupportedMediaType, .parseFailed, .parseTimeout, .overloaded, .backlogFull, .diskFull,
        ]

        /// The HTTP status: RFC 9110, for 507 RFC 4918, for 429 and 431 RFC 6585.
        package var status: Int {
            switch self {
            case .malformedRequest: 400
            case .unauthorized: 401
            case .forbidden: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .requestTimeout: 408
            case .tooLarge: 413
            case .unsupportedMediaType: 415
            case .parseFailed, .parseTimeout, .answerTooLarge: 422
            case .tooManyRequests: 429
            case .headerTooLarge: 431
            case .internalError: 500
            case .overloaded, .backlogFull, .unavailable, .closing, .queryTimeout: 503
            case .diskFull: 507
            }
        }

        /// What kind of problem it is, in words; RFC 9457, section 3.1.4.
        package var title: String {
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
            case .unavailable: "The store cannot be used"
            case .closing: "The service is ending"
            case .diskFull: "The disk is full"
            case .answerTooLarge: "The answer would be too large"
            case .queryTimeout: "The query takes too long"
            }
        }

        /// Seconds after which it may work; nil where the same request would fail again.
        package var retryAfter: Int? {
            switch self {
            case .tooManyRequests, .overloaded: 1
            case .closing: 5
            case .backlogFull, .unavailable: 10
            case .diskFull: 60
            case .malformedRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .requestTimeout,
                .tooLarge, .headerTooLarge, .unsupportedMediaType, .parseFailed, .parseTimeout, .internalError,
                .answerTooLarge,
                .queryTimeout:
                nil
            }
        }

        /// Whether the document is at fault and not the moment.
        package var isFinal: Bool { retryAfter == nil }
    }

    package let code: Code
    /// What is wrong and what to do, in one line.
    package let detail: String
    /// Where in the document, from 1.
    package var line: Int?
    /// Where in the document, in bytes from 0.
    package var offset: Int?

    package init(_ code: Code, _ detail: String, line: Int? = nil, offset: Int? = nil) {
        self.code = code
        self.detail = detail
        self.line = line
        self.offset = offset
    }
}
