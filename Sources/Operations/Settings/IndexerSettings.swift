/// How the partitions are shared among the members of a group; the names are Kafka's.
public enum AssignmentStrategy: String, CaseIterable, Sendable {
    /// Members keep what they have and give up only what moves; all others go on meanwhile.
    case cooperativeSticky = "cooperative-sticky"
    /// Each rebalance takes everything away and gives it out anew, by the members' order.
    case range
}

extension KnownSettings {
    /// What `bulletin-indexer run` has beside the settings that it shares with the other commands.
    public static let indexerService: [KnownSetting] = [
        KnownSetting(.assignmentStrategy), KnownSetting(.groupInstanceID), KnownSetting(.indexerListen),
        KnownSetting(.readyLagSeconds), KnownSetting(.queryThreads), KnownSetting(.queryTimeoutSeconds),
        KnownSetting(.queryMaxAnswerBytes),
    ]

    /// What both services that are asked over HTTP have.
    public static let httpService: [KnownSetting] = [
        KnownSetting(.probeListen), KnownSetting(.tokens), KnownSetting(.tlsCertificate), KnownSetting(.tlsKey),
        KnownSetting(.allowPlaintext),
        KnownSetting(.allowAnonymous), KnownSetting(.httpMaxHeaderBytes), KnownSetting(.httpMaxBufferedBytes),
        KnownSetting(.httpMaxConnections), KnownSetting(.httpMaxRequests), KnownSetting(.httpRequestTimeoutSeconds),
        KnownSetting(.httpIdleTimeoutSeconds),
    ]
}

extension Setting where Value == AssignmentStrategy {
    /// How the members of the group share the partitions.
    public static var assignmentStrategy: Setting {
        .choice(
            "assignment-strategy",
            default: .cooperativeSticky,
            "How the members of a group share the partitions; the same for all of them."
        )
    }
}

extension Setting where Value == Int {
    /// How far behind an indexer may be and still be ready.
    public static var readyLagSeconds: Setting {
        .integer(
            "ready-lag-s",
            default: 300,
            in: 1...86_400,
            "Seconds that the oldest record may wait which is not indexed, for an indexer to be ready."
        )
    }
}

extension Setting where Value == Int {
    /// Questions that an indexer works on at once.
    public static var queryThreads: Setting {
        .integer("query-threads", default: 2, in: 1...256, "Questions that an indexer answers at once by HTTP.")
    }

    /// How long a question may take.
    public static var queryTimeoutSeconds: Setting {
        .integer(
            "query-timeout-s",
            default: 30,
            in: 1...3_600,
            "Seconds that an indexer may work on one question by HTTP, then 503."
        )
    }

    /// How large an answer may be.
    public static var queryMaxAnswerBytes: Setting {
        .integer(
            "query-max-answer-bytes",
            default: 67_108_864,
            in: 65_536...1_073_741_824,
            "Bytes that an indexer answers another program's question with at most, else 422."
        )
    }
}

extension Setting where Value == String? {
    /// Where an indexer answers probes and questions.
    public static var indexerListen: Setting {
        .optionalText(
            "indexer-listen",
            "Address on which an indexer answers probes and questions by HTTP; port 0 takes any that is free.",
            constraint: "HOST:PORT, an IPv6 address in brackets",
            isValid: { ListenAddress($0) != nil }
        )
    }

    /// Where probes alone are answered.
    public static var probeListen: Setting {
        .optionalText(
            "probe-listen",
            "Address on which a service answers `/live` and `/ready` alone, whoever crowds the other one.",
            constraint: "HOST:PORT, an IPv6 address in brackets",
            isValid: { ListenAddress($0) != nil }
        )
    }

    /// The name of a static member.
    public static var groupInstanceID: Setting {
        .optionalText(
            "group-instance-id",
            "Name of a static member, its own in the group: restarted within session.timeout.ms it keeps its partitions."
        )
    }
}
