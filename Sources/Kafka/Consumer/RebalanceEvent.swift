/// A change of what this group member owns. Each one has to be answered.
public enum RebalanceEvent: Sendable, Equatable {
    /// The partitions are this member's from now on; answer with ``KafkaConsumer/accept(assignment:)``. Empty if there
    /// is nothing for it, or (cooperative groups) nothing new beside what it has.
    case assigned([TopicPartition])
    /// The group wants the partitions back and waits for it: finish open work, commit, then answer with
    /// ``KafkaConsumer/giveUp(_:)``.
    case revoked([TopicPartition])
    /// The group has given the partitions to others already (this member was too slow or cut off): open work is to be
    /// discarded, commits are refused. Answer with ``KafkaConsumer/giveUp(_:)``.
    case lost([TopicPartition])
}

/// What ``KafkaConsumer/poll(timeout:)`` reports.
public enum ConsumerEvent: Sendable {
    /// A change of ownership that has to be answered.
    case rebalance(RebalanceEvent)
    /// Something that concerns the whole consumer; look at its category and `isFatal`.
    case failure(KafkaError)
}
