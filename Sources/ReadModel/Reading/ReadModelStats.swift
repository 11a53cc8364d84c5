public import BulletinEvents

/// What a read model holds, in numbers.
public struct ReadModelStats: Codable, Hashable, Sendable {
    /// Bulletins that are not withdrawn.
    public var bulletins = 0
    /// All revisions of these bulletins, the current ones included.
    public var revisions = 0
    /// Withdrawn bulletins.
    public var withdrawn = 0
    /// Directives of the bulletins.
    public var directives = 0
    /// Distinct names of people.
    public var people = 0
    /// Distinct organisations, by full name where it is known.
    public var organizations = 0
    /// Distinct cited documents.
    public var documents = 0
    /// Records that could not be taken.
    public var rejected = 0
    /// The first day of publication (or event).
    public var firstDate: String?
    /// The last day of publication (or event).
    public var lastDate: String?
    /// How many bulletins there are of each kind.
    public var kinds: [String: Int] = [:]
    /// The publishers of most bulletins.
    public var sources: [Source] = []
    /// How many bulletins were published (or events held) in each month, the earliest first; months without any are left
    /// out.
    public var months: [Month] = []
    /// The partition files.
    public var partitions: [PartitionSummary] = []
    /// The bytes of all files and their write-ahead logs.
    public var fileBytes: Int64 = 0

    /// A month.
    public struct Month: Codable, Hashable, Sendable {
        /// `YYYY-MM`.
        public var month: String
        /// How many bulletins.
        public var bulletins: Int
        /// How many directives they hold.
        public var directives: Int
    }

    /// A publisher.
    public struct Source: Codable, Hashable, Sendable {
        /// Its name.
        public var source: String
        /// How many bulletins are its.
        public var bulletins: Int
    }
}

/// A record of the log that could not be taken.
public struct RejectedRow: Codable, Hashable, Sendable {
    /// The log that held it: how many logs had filled the file before.
    public var generation: Int64
    /// The topic that held it.
    public var topic: String
    /// The partition that held it.
    public var partition: Int32
    /// Its offset.
    public var offset: Int64
    /// Which step refused it: `envelope`, `decode`, `validate` or `apply`.
    public var stage: String
    /// The reason's stable name.
    public var reason: String
    /// What is wrong, for people.
    public var message: String
    /// The original key, base64 in JSON.
    public var key: RejectedRecord.Bytes?
    /// The original value, base64 in JSON.
    public var value: RejectedRecord.Bytes?
    /// The original headers.
    public var headers: [RejectedRecord.Header]
}
