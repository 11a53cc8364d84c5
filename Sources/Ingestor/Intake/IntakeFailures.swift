/// The failures of one run: how many, of which kinds, and the first of them whole.
///
/// A folder may hold millions of files that are no bulletins; what is kept of them must not grow with their number.
public struct IntakeFailures: Sendable {
    /// Failures that are kept whole.
    public static let limit = 50

    /// How many there were.
    public private(set) var count = 0
    /// The first ``limit``, in the order they were noticed.
    public private(set) var first: [IntakeFailure] = []
    /// The kinds that occurred.
    public private(set) var kinds: Set<IntakeFailure.Kind> = []

    /// None, or those given.
    public init(_ failures: some Sequence<IntakeFailure> = []) {
        for failure in failures { append(failure) }
    }

    /// Whether nothing failed.
    public var isEmpty: Bool { count == 0 }

    /// Counts a failure, and keeps it if it is one of the first.
    public mutating func append(_ failure: IntakeFailure) {
        count += 1
        kinds.insert(failure.kind)
        if first.count < Self.limit { first.append(failure) }
    }
}
