internal import Operations

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What a name resolves to.
enum HostAddresses {
    /// The addresses of a name that are to be asked, each once, in the resolver's order.
    ///
    /// A name of many servers has all of them. One that has addresses of both families has each server in both as a rule,
    /// as `localhost` has: those of IPv4 are asked, and those of IPv6 only if at none of the others somebody listens.
    ///
    /// Throws ``LookupError``.
    static func of(_ server: ServerAddress, connectTimeout: Duration) throws(LookupError) -> [String] {
        let all = try resolve(server)
        let (four, six) = (all.filter { !$0.contains(":") }, all.filter { $0.contains(":") })
        if four.isEmpty { return six }
        if six.isEmpty || listens(four, server, connectTimeout) { return four }
        return listens(six, server, connectTimeout) ? six : four
    }

    private static func listens(_ addresses: [String], _ server: ServerAddress, _ timeout: Duration) -> Bool {
        addresses.contains { address in
            let text = address.contains(":") ? "[\(address)]:\(server.port)" : "\(address):\(server.port)"
            guard let address = ListenAddress(text) else { return false }
            do {
                try ProbeClient(address, timeout: timeout).connect()
                return true
            } catch {
                return false
            }
        }
    }

    private static func resolve(_ server: ServerAddress) throws(LookupError) -> [String] {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICSERV
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(server.host, String(server.port), &hints, &found)
        guard status == 0 else { throw LookupError(reason: String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(found) }
        var addresses: [String] = []
        var candidate = found
        while let info = candidate?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(
                info.ai_addr,
                info.ai_addrlen,
                &text,
                socklen_t(text.count),
                nil,
                0,
                NI_NUMERICHOST
            ) == 0 {
                let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                if !addresses.contains(address) { addresses.append(address) }
            }
            candidate = info.ai_next
        }
        return addresses
    }
}

/// A name has no address.
struct LookupError: Error {
    /// The resolver's words.
    let reason: String
}
