internal import HTTPService
internal import Hummingbird

/// The paths of the service; the same list as in the OpenAPI document, which a test compares.
enum Route: Hashable {
    case publish
    case batch
    case withdraw(id: String)
    case delivery(id: String)
    case live
    case ready
    case metrics
    case openAPI

    /// What a request asks for. Throws ``Refusal`` for an unknown path, another method, a malformed id.
    init(method: HTTPRequest.Method, path: String) throws(Refusal) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        func only(_ allowed: HTTPRequest.Method...) throws(Refusal) {
            guard allowed.contains(method) else {
                throw Refusal(.methodNotAllowed, allowed.map(\.rawValue).joined(separator: ", "))
            }
        }
        switch Array(parts) {
        case ["v1", "bulletins"]:
            try only(.post)
            self = .publish
        case ["v1", "bulletins:batch"]:
            try only(.post)
            self = .batch
        case ["openapi.json"]:
            try only(.get, .head)
            self = .openAPI
        case ["live"]:
            try only(.get, .head)
            self = .live
        case ["ready"]:
            try only(.get, .head)
            self = .ready
        case ["metrics"]:
            try only(.get, .head)
            self = .metrics
        case let parts where parts.count == 3 && parts[..<2] == ["v1", "bulletins"]:
            try only(.delete)
            self = .withdraw(id: try Self.id(parts[2]))
        case let parts where parts.count == 4 && parts[..<2] == ["v1", "bulletins"] && parts[3] == "delivery":
            try only(.get, .head)
            self = .delivery(id: try Self.id(parts[2]))
        default:
            throw Refusal(.notFound, "there is no such path; GET /openapi.json describes those that there are")
        }
    }

    /// Ids as this service makes them, and those of other ingestors that keep to unreserved characters (RFC 3986).
    private static func id(_ text: Substring) throws(Refusal) -> String {
        let isValid =
            (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            }
        guard isValid else {
            throw Refusal(.malformedRequest, "a bulletin's id has 1 to 128 letters, digits and -._~, unescaped")
        }
        return String(text)
    }

    /// The path as a template: a label in metrics.
    var template: String {
        switch self {
        case .publish: "/v1/bulletins"
        case .batch: "/v1/bulletins:batch"
        case .withdraw: "/v1/bulletins/{id}"
        case .delivery: "/v1/bulletins/{id}/delivery"
        case .live: "/live"
        case .ready: "/ready"
        case .metrics: "/metrics"
        case .openAPI: "/openapi.json"
        }
    }

    /// Who may use it, where tokens are set up.
    var access: RouteAccess {
        switch self {
        case .publish, .batch, .withdraw: .scope(.write)
        case .delivery, .metrics: .scope(.read)
        case .live, .ready, .openAPI: .anybody
        }
    }

    /// Whether it counts towards the bound on concurrent requests; probes must get through when that is reached.
    var isBounded: Bool {
        switch self {
        case .publish, .batch, .withdraw, .delivery: true
        case .live, .ready, .metrics, .openAPI: false
        }
    }

    /// Whether it hands something in, so that a refusal counts as one.
    var isIntake: Bool {
        switch self {
        case .publish, .batch, .withdraw: true
        case .delivery, .live, .ready, .metrics, .openAPI: false
        }
    }
}
