extension KnownSettings {
    /// What the queries of `bulletins` have beside the folders.
    public static let queries: [KnownSetting] = [
        KnownSetting(.from), KnownSetting(.token), KnownSetting(.caCertificate), KnownSetting(.fromTimeoutSeconds),
    ]
}

extension Setting where Value == String? {
    /// The indexers that queries ask.
    public static var from: Setting {
        .optionalText(
            "from",
            "Indexers that queries ask instead of reading folders; a name of several addresses stands for all of them.",
            constraint: "URLs, separated by commas"
        )
    }

    /// The token that queries send.
    public static var token: Setting {
        .optionalText(
            "token",
            "Bearer token that queries send to indexers.",
            constraint: "a word of ASCII",
            isSecret: true,
            // It becomes part of a header.
            isValid: { !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
        )
    }

    /// Who vouches for indexers.
    public static var caCertificate: Setting {
        .optionalPath("ca-certificate", "PEM file of certificates that vouch for indexers, beside those of the system.")
    }
}

extension Setting where Value == Int {
    /// How long an indexer may take.
    public static var fromTimeoutSeconds: Setting {
        .integer(
            "from-timeout-s",
            default: 60,
            in: 1...3_600,
            "Seconds that an indexer may take for one request of a query, before it counts as not there."
        )
    }
}
