internal import Kafka
internal import ReadModel

/// What the error that ended a worker means for its partition and for the indexer.
enum WorkerFailure: Equatable {
    /// The disk is full, a file cannot be read: trying again will help once the cause is gone.
    case passing
    /// File and log do not fit, or the file is damaged: somebody has to act; others can go on.
    case refusal
    /// It concerns the whole indexer.
    case fatal

    init(_ error: any Error) {
        switch error {
        case let error as ReadModelError: self.init(error)
        case let error as KafkaError: self.init(error)
        case let error as IndexerError: self.init(error)
        default: self = .fatal
        }
    }

    private init(_ error: ReadModelError) {
        self =
            switch error.code {
            case .notADatabase, .corrupt, .newerSchema, .otherLog, .otherPartitions: .refusal
            case .invalidArgument: .fatal
            // Codes are an open set; what SQLite reports is the state of the disk or of another process.
            default: .passing
            }
    }

    private init(_ error: KafkaError) {
        self =
            switch error.category {
            case .offsetOutOfRange: .refusal
            case .configuration, .authorization, .messageTooLarge, .closed: .fatal
            case .unavailable, .queueFull, .unknownTopicOrPartition, .other: error.isFatal ? .fatal : .passing
            }
    }

    private init(_ error: IndexerError) {
        self =
            switch error.code {
            case .logMismatch, .otherLog, .badSnapshot: .refusal
            case .partitionsChanged, .notPossible, .folderOfKafka, .folderInUse, .folderUnusable: .fatal
            }
    }
}
