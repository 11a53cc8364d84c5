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
        KnownSetting(.readyLagSeconds),
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

extension Setting where Value == String? {
    /// Where an indexer answers probes.
    public static var indexerListen: Setting {
        .optionalText(
            "indexer-listen",
            "Address on which an indexer answers /live, /ready and /metrics; port 0 takes any that is free.",
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
