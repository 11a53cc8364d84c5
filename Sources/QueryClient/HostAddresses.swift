internal import Operations

/// What a name resolves to.
enum HostAddresses {
    /// The addresses of a name that are to be asked, each once, in the resolver's order.
    ///
    /// A name of many servers has all of them. One that has addresses of both families has each server in both as a rule,
    /// as `localhost` has: those of IPv4 are asked, and those of IPv6 only if at none of the others somebody listens.
    ///
    /// Throws `HostLookupError`.
    static func of(_ server: ServerAddress, connectTimeout: Duration) throws(HostLookupError) -> [String] {
        let all = try HostLookup(server.host, port: server.port).addresses
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
}
