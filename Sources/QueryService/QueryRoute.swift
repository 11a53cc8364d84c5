internal import Foundation
internal import HTTPService
internal import HTTPTypes
internal import Operations
internal import ReadModel

/// The paths of the service; the same list as in the OpenAPI document, which a test compares.
enum QueryRoute: Hashable {
    case probe(ProbePath)
    case openAPI
    /// A person's question; of one bulletin with its id.
    case endpoint(Endpoint, id: String?)
    /// Which partitions there are.
    case partitions
    /// Another program's question to some of them.
    case question(String)

    /// What a request asks for. Throws ``Refusal`` for an unknown path or another method.
    init(method: HTTPRequest.Method, path: String) throws(Refusal) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        func only(_ allowed: HTTPRequest.Method...) throws(Refusal) {
            guard allowed.contains(method) else {
                throw Refusal(.methodNotAllowed, allowed.map(\.rawValue).joined(separator: ", "))
            }
        }
        if let probe = ProbePath(rawValue: path) {
            self = .probe(probe)
        } else if parts == ["openapi.json"] {
            self = .openAPI
        } else if parts == ["v1", "partitions"] {
            self = .partitions
        } else if parts.count == 3, parts[..<2] == ["v1", "partitions"], PartitionQuestions.contains(parts[2]) {
            try only(.post)
            self = .question(parts[2])
            return
        } else if parts.count == 2, parts[0] == "v1",
            let endpoint = Endpoint.allCases.first(where: { $0.template == "/v1/" + parts[1] })
        {
            self = .endpoint(endpoint, id: nil)
        } else if parts.count == 3, parts[0] == "v1",
            let endpoint = Endpoint.allCases.first(where: { $0.template == "/v1/\(parts[1])/{id}" })
        {
            guard let id = parts[2].removingPercentEncoding, !id.isEmpty, id.utf8.count <= 1_024 else {
                throw Refusal(.malformedRequest, "a bulletin's id has 1 to 1024 bytes, percent-encoded (RFC 3986)")
            }
            self = .endpoint(endpoint, id: id)
        } else {
            throw Refusal(.notFound, "there is no such path; GET /openapi.json describes those that there are")
        }
        try only(.get, .head)
    }

    /// The path as a template: a label in metrics.
    var template: String {
        switch self {
        case .probe(let path): path.rawValue
        case .openAPI: "/openapi.json"
        case .endpoint(let endpoint, _): endpoint.template
        case .partitions: "/v1/partitions"
        case .question: "/v1/partitions/{question}"
        }
    }

    /// Who may use it, where tokens are set up.
    var access: RouteAccess {
        switch self {
        case .probe(.live), .probe(.ready), .openAPI: .anybody
        case .probe(.metrics), .endpoint, .partitions, .question: .scope(.read)
        }
    }

    /// Whether it tells of bulletins, and counts towards the bound on concurrent requests.
    var isQuestion: Bool {
        switch self {
        case .probe, .openAPI: false
        case .endpoint, .partitions, .question: true
        }
    }
}
