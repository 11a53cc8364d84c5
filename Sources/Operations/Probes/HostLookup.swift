#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What a name resolves to, in the resolver's order (RFC 6724). It blocks: call it on a thread of its own.
public struct HostLookup: ~Copyable {
    private let first: UnsafeMutablePointer<addrinfo>?

    /// Looks `host` up, a name or an address without brackets. Throws ``HostLookupError``.
    public init(_ host: String, port: Int) throws(HostLookupError) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICSERV
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &found)
        guard status == 0 else { throw HostLookupError(reason: String(cString: gai_strerror(status))) }
        first = found
    }

    deinit { freeaddrinfo(first) }

    /// The addresses as they are written, each once, without brackets.
    public var addresses: [String] {
        var addresses: [String] = []
        forEach { info in
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(text.count)
            guard getnameinfo(info.ai_addr, info.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 else { return }
            let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    /// Calls `body` with one address after the other; what they point to lives as long as this.
    func forEach(_ body: (addrinfo) -> Void) {
        var candidate = first
        while let info = candidate?.pointee {
            body(info)
            candidate = info.ai_next
        }
    }
}

/// A name has no address.
public struct HostLookupError: Error, Hashable {
    /// The resolver's words.
    public let reason: String
}
