public import Console

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Asks a service's probes over plain HTTP, for where there is no other client, such as in a container that holds one
/// program and nothing else. It blocks: call it on a thread of its own.
public struct ProbeClient: Sendable {
    /// Bytes of an answer that are read at most; metrics are the longest.
    private static let answerBytes = 1 << 20

    private let address: ListenAddress
    private let timeout: Duration

    /// A client of the service at `address`, which waits for each step for `timeout` at most.
    public init(_ address: ListenAddress, timeout: Duration = .seconds(5)) {
        self.address = address
        self.timeout = timeout
    }

    /// Whether somebody listens. Throws ``ProbeError``.
    public func connect() throws(ProbeError) { close(try open()) }

    /// What `GET path` is answered: the status and the body. Throws ``ProbeError``.
    public func get(_ path: String) throws(ProbeError) -> (status: Int, body: String) {
        let descriptor = try open()
        defer { close(descriptor) }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Self.sendFlags) == request.count else { throw failure("send") }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        // The answer ends with the connection.
        while answer.count < Self.answerBytes {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw failure("read") }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        let text = String(decoding: answer, as: UTF8.self)
        // RFC 9112, section 4: HTTP/1.1 200 OK
        let words = text.prefix { !$0.isNewline }.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
            throw ProbeError(message: "\(address) answers, but not by HTTP")
        }
        let body = text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
        return (status, body)
    }

    private func open() throws(ProbeError) -> Int32 {
        let found: HostLookup
        do throws(HostLookupError) {
            found = try HostLookup(address.host, port: address.port)
        } catch {
            throw ProbeError(message: "\(address) cannot be found (\(error.reason))")
        }
        var connected: Int32?
        var problem: ProbeError?
        found.forEach { info in
            guard connected == nil else { return }
            let descriptor = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
            guard descriptor >= 0 else { return }
            limit(descriptor)
            if Self.connect(descriptor, info) {
                connected = descriptor
            } else {
                problem = failure("connect")
                close(descriptor)
            }
        }
        if let connected { return connected }
        throw problem ?? ProbeError(message: "\(address) has no address that can be used")
    }

    private static func connect(_ descriptor: Int32, _ info: addrinfo) -> Bool {
        #if canImport(Glibc)
            Glibc.connect(descriptor, info.ai_addr, info.ai_addrlen) == 0
        #else
            Darwin.connect(descriptor, info.ai_addr, info.ai_addrlen) == 0
        #endif
    }

    /// socket(7): the send timeout bounds connecting, too.
    private func limit(_ descriptor: Int32) {
        var time = timeval()
        time.tv_sec = Int(timeout.components.seconds)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    private func failure(_ step: String) -> ProbeError {
        let reason = errno == EAGAIN || errno == EINPROGRESS ? "no answer in time" : String(cString: strerror(errno))
        return ProbeError(message: "cannot \(step) at \(address) (\(reason))")
    }

    private static var sendFlags: Int32 {
        #if canImport(Glibc)
            Int32(MSG_NOSIGNAL)
        #else
            0
        #endif
    }
}

/// A service could not be asked.
public struct ProbeError: UserFacingError, Hashable, CustomStringConvertible {
    /// Who could not be asked, and why.
    public let message: String
    /// Nobody is there.
    public var exitStatus: ExitStatus { .unavailable }
    /// The message.
    public var description: String { message }
}
