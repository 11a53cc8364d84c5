/// What became of the inputs of one run.
public struct PublishReport: Sendable {
    /// Inputs looked at, to their end.
    public var inputs = 0
    /// Documents that the inputs held, those included that could not be read or parsed.
    public var documents = 0
    /// Documents that the log has acknowledged.
    public var delivered = 0
    /// Documents that were passed over because the log held them from an earlier, interrupted run.
    public var alreadyPublished = 0
    /// Documents and inputs that did not get there.
    public var failures = IntakeFailures()
    /// Bytes of the events' data that the log has acknowledged.
    public var deliveredBytes = 0

    /// Nothing yet.
    public init() {}
}
