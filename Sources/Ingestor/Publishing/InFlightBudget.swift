public import Kafka

/// Bounds what has been published and not yet been dealt with elsewhere.
///
/// A broker that keeps everything needs none; the embedded one drops its oldest records, so there the pipeline
/// publishes only what the indexers keep up with.
public protocol InFlightBudget: Sendable {
    /// Suspends until `bytes` more may be on their way.
    func acquire(bytes: Int) async
    /// The record of so many bytes stands in the log.
    func delivered(bytes: Int, to metadata: RecordMetadata)
    /// The record of so many bytes never got there.
    func failed(bytes: Int)
}
