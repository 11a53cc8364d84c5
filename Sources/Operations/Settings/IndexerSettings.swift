/// How the partitions are shared among the members of a group; the names are Kafka's.
public enum AssignmentStrategy: String, CaseIterable, Sendable {
    /// Members keep what they have and give up only what moves; all others go on meanwhile.
    case cooperativeSticky = "cooperative-sticky"
    /// Each rebalance takes everything away and gives it out anew, by the members' order.
    case range
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

extension Setting where Value == String? {
    /// The name of a static member.
    public static var groupInstanceID: Setting {
        .optionalText(
            "group-instance-id",
            "Name of a static member, its own in the group: restarted within session.timeout.ms it keeps its partitions."
        )
    }
}
