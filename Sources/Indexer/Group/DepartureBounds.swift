/// How the time is divided in which a revoked partition is given up; others wait for it until then.
struct DepartureBounds: Equatable, Sendable {
    /// When it was asked back.
    let begin: ContinuousClock.Instant
    /// Until then the worker may finish its transaction; after that it is rolled back.
    let finish: ContinuousClock.Instant
    /// Until then it may roll back, and Kafka's answer to its offset is waited for; after that it is given up although the
    /// worker hangs. What is left of the time is for the loop's own steps.
    let end: ContinuousClock.Instant

    init(from begin: ContinuousClock.Instant, within timeout: Duration) {
        self.begin = begin
        finish = begin + timeout * 0.7
        end = begin + timeout * 0.9
    }

    /// The bound that comes after `bound`, if any does.
    func next(after bound: ContinuousClock.Instant) -> ContinuousClock.Instant? { bound < end ? end : nil }
}
