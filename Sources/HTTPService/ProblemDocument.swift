internal import Foundation
package import HTTPTypes
package import Hummingbird
internal import NIOCore

/// RFC 9457: why a request was refused, for programs.
package struct ProblemDocument: Encodable {
    package static let mediaType = "application/problem+json"

    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let line: Int?
    let offset: Int?
    let traceId: String?

    package init(_ refusal: Refusal, traceID: String? = nil) {
        type = "urn:bulletins:problem:\(refusal.code.rawValue)"
        title = refusal.code.title
        status = refusal.code.status
        detail = refusal.code == .methodNotAllowed ? "this path takes \(refusal.detail)" : refusal.detail
        code = refusal.code.rawValue
        line = refusal.line
        offset = refusal.offset
        traceId = traceID
    }
}

/// Answers in JSON.
package enum JSONReply {
    package static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only texts and numbers go in: there is nothing that could fail to be encoded.
        return (try? encoder.encode(value)).map { Array($0) } ?? Array("{}".utf8)
    }

    package static func response(
        _ status: HTTPResponse.Status,
        _ value: some Encodable,
        mediaType: String = "application/json"
    ) -> Response {
        let body = bytes(value)
        return response(status, bytes: body, mediaType: mediaType)
    }

    package static func response(_ status: HTTPResponse.Status, bytes: [UInt8], mediaType: String) -> Response {
        Response(
            status: status,
            headers: headers(mediaType: mediaType, length: bytes.count),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// The header fields of every answer.
    package static func headers(mediaType: String, length: Int?) -> HTTPFields {
        var fields: HTTPFields = [
            .contentType: mediaType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        if let length { fields[.contentLength] = String(length) }
        return fields
    }

    package static func problem(_ refusal: Refusal, traceID: String? = nil) -> Response {
        let status = HTTPResponse.Status(code: refusal.code.status)
        var response = response(
            status,
            ProblemDocument(refusal, traceID: traceID),
            mediaType: ProblemDocument.mediaType
        )
        if let seconds = refusal.code.retryAfter { response.headers[.retryAfter] = String(seconds) }
        switch refusal.code {
        case .methodNotAllowed: response.headers[.allow] = refusal.detail
        case .unauthorized: response.headers[.wwwAuthenticate] = "Bearer realm=\"bulletins\""
        case .forbidden:
            response.headers[.wwwAuthenticate] = "Bearer realm=\"bulletins\", error=\"insufficient_scope\""
        case .requestTimeout, .tooLarge, .headerTooLarge: response.headers[.connection] = "close"
        case .malformedRequest, .notFound, .unsupportedMediaType, .parseFailed, .parseTimeout, .tooManyRequests,
            .internalError, .overloaded, .backlogFull, .unavailable, .closing, .diskFull,
            .answerTooLarge, .queryTimeout:
            break
        }
        return response
    }
}
