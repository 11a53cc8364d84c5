extension KnownSettings {
    /// What `bulletin-ingestor serve` has beside the settings that it shares with the other commands.
    public static let ingestorService: [KnownSetting] = [
        KnownSetting(.listen), KnownSetting(.probeListen), KnownSetting(.outbox), KnownSetting(.watch),
        KnownSetting(.watchSettleMilliseconds),
        KnownSetting(.tokens), KnownSetting(.tlsCertificate), KnownSetting(.tlsKey), KnownSetting(.allowPlaintext),
        KnownSetting(.allowAnonymous),
        KnownSetting(.httpMaxBodyBytes), KnownSetting(.httpMaxBatchBytes), KnownSetting(.httpMaxHeaderBytes),
        KnownSetting(.httpMaxBufferedBytes), KnownSetting(.httpMaxConnections), KnownSetting(.httpMaxRequests),
        KnownSetting(.httpRequestTimeoutSeconds), KnownSetting(.httpIdleTimeoutSeconds),
        KnownSetting(.parseThreads), KnownSetting(.parseQueue), KnownSetting(.parseTimeoutMilliseconds),
        KnownSetting(.outboxMaxPendingBytes), KnownSetting(.outboxReservedDiskBytes),
        KnownSetting(.outboxRetentionSeconds), KnownSetting(.outboxRetainedBytes), KnownSetting(.outboxRemembered),
        KnownSetting(.readyBrokerAgeSeconds), KnownSetting(.readyBacklog),
    ]
}

extension Setting where Value == String {
    /// Where the ingestor takes bulletins by HTTP.
    public static var listen: Setting {
        .text(
            "listen",
            default: "127.0.0.1:8080",
            "Address on which the ingestor takes bulletins by HTTP; port 0 takes any that is free.",
            constraint: "HOST:PORT, an IPv6 address in brackets",
            isValid: { ListenAddress($0) != nil }
        )
    }
}

extension Setting where Value == String? {
    /// The outbox's file.
    public static var outbox: Setting {
        .optionalPath("outbox", "File that holds what was accepted until Kafka has it; on a disk of this machine.")
    }

    /// The watched folder.
    public static var watch: Setting {
        .optionalPath("watch", "Folder whose files are taken in, and moved to `done/` or `rejected/` in it.")
    }

    /// The token file.
    public static var tokens: Setting {
        .optionalPath("tokens", "File of hashed bearer tokens, read again on SIGHUP; without it nobody is asked.")
    }

    /// The certificate.
    public static var tlsCertificate: Setting {
        .optionalPath("tls-certificate", "PEM file of the certificate and its chain, read again on SIGHUP.")
    }

    /// The certificate's key.
    public static var tlsKey: Setting {
        .optionalPath("tls-key", "PEM file of the certificate's private key, read again on SIGHUP.")
    }
}

extension Setting where Value == Bool {
    /// Whether other machines may be served without TLS.
    public static var allowPlaintext: Setting {
        .toggle("allow-plaintext", "Listen beyond this machine without TLS, such as behind a proxy that has it.")
    }

    /// Whether other machines may be served without tokens.
    public static var allowAnonymous: Setting {
        .toggle("allow-anonymous", "Listen beyond this machine without tokens: whoever reaches the port may publish.")
    }
}

extension Setting where Value == Int {
    /// How long a file in the watched folder must have been left alone.
    public static var watchSettleMilliseconds: Setting {
        .integer(
            "watch-settle-ms",
            default: 2_000,
            in: 0...3_600_000,
            "Milliseconds for which a file in the watched folder must not have changed; one renamed into it is taken at once."
        )
    }

    /// Bytes of one document.
    public static var httpMaxBodyBytes: Setting {
        .integer(
            "http-max-body-bytes",
            default: 8_388_608,
            in: 1_024...33_554_432,
            "Bytes of one document; more is 413."
        )
    }

    /// Bytes of one batch.
    public static var httpMaxBatchBytes: Setting {
        .integer(
            "http-max-batch-bytes",
            default: 67_108_864,
            in: 1_024...1_073_741_824,
            "Bytes of one batch; more is 413."
        )
    }

    /// Bytes of a request's header.
    public static var httpMaxHeaderBytes: Setting {
        .integer(
            "http-max-header-bytes",
            default: 32_768,
            in: 1_024...1_048_576,
            "Bytes of a request's header fields; more is 431."
        )
    }

    /// Bytes of all bodies that are held at once.
    public static var httpMaxBufferedBytes: Setting {
        .integer(
            "http-max-buffered-bytes",
            default: 268_435_456,
            in: 1_048_576...68_719_476_736,
            "Bytes of all bodies that are held in memory at once; more is 429."
        )
    }

    /// Connections at once.
    public static var httpMaxConnections: Setting {
        .integer(
            "http-max-connections",
            default: 1_024,
            in: 1...1_000_000,
            "Connections that are open at once; more wait in the system's queue."
        )
    }

    /// Requests at once.
    public static var httpMaxRequests: Setting {
        .integer(
            "http-max-requests",
            default: 256,
            in: 1...100_000,
            "Requests that are worked on at once; more is 429."
        )
    }

    /// How long a body may take.
    public static var httpRequestTimeoutSeconds: Setting {
        .integer(
            "http-request-timeout-s",
            default: 30,
            in: 1...3_600,
            "Seconds that a request's body may take to arrive, then 408; also how long a client may not read its answer."
        )
    }

    /// How long a connection may be idle.
    public static var httpIdleTimeoutSeconds: Setting {
        .integer(
            "http-idle-timeout-s",
            default: 60,
            in: 1...3_600,
            "Seconds that a connection may be idle, or take to send a request's header, before it is closed."
        )
    }

    /// Documents parsed at once.
    public static var parseThreads: Setting {
        .integer(
            "parse-threads",
            default: 0,
            in: 0...1_024,
            "Documents that are parsed at once; 0 is one per processor."
        )
    }

    /// Documents that wait to be parsed.
    public static var parseQueue: Setting {
        .integer("parse-queue", default: 1_024, in: 1...1_000_000, "Documents that wait to be parsed; more is 503.")
    }

    /// How long a document may take to parse.
    public static var parseTimeoutMilliseconds: Setting {
        .integer(
            "parse-timeout-ms",
            default: 10_000,
            in: 1...600_000,
            "Milliseconds that one document may take to parse, then 422."
        )
    }

    /// Bytes that wait for Kafka.
    public static var outboxMaxPendingBytes: Setting {
        .integer(
            "outbox-max-pending-bytes",
            default: 4_294_967_296,
            in: 1_048_576...1_099_511_627_776,
            "Bytes that may wait for Kafka; more is 503."
        )
    }

    /// Bytes that stay free on the disk.
    public static var outboxReservedDiskBytes: Setting {
        .integer(
            "outbox-reserved-disk-bytes",
            default: 67_108_864,
            in: 1_048_576...1_099_511_627_776,
            "Bytes of the outbox's disk that stay free; with fewer, intake is 507."
        )
    }

    /// How long delivered events are kept.
    public static var outboxRetentionSeconds: Setting {
        .integer(
            "outbox-retention-s",
            default: 86_400,
            in: 0...31_536_000,
            "Seconds for which delivered events stay in the outbox."
        )
    }

    /// Bytes of delivered events that are kept.
    public static var outboxRetainedBytes: Setting {
        .integer(
            "outbox-retained-bytes",
            default: 268_435_456,
            in: 0...1_099_511_627_776,
            "Bytes of delivered events that stay in the outbox."
        )
    }

    /// Acceptances that are remembered.
    public static var outboxRemembered: Setting {
        .integer(
            "outbox-remembered",
            default: 1_000_000,
            in: 1_000...1_000_000_000,
            "Latest acceptances whose bulletins are remembered, for `unchanged` and for asking about the delivery."
        )
    }

    /// How long ago a broker may have been heard.
    public static var readyBrokerAgeSeconds: Setting {
        .integer(
            "ready-broker-age-s",
            default: 30,
            in: 1...86_400,
            "Seconds since a broker was heard for which the service is ready whatever waits."
        )
    }

    /// How many events may wait without a broker.
    public static var readyBacklog: Setting {
        .integer(
            "ready-backlog",
            default: 100_000,
            in: 0...1_000_000_000,
            "Events that may wait for Kafka while no broker is heard, before the service is not ready."
        )
    }
}
