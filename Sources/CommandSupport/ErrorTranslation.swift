public import Console
internal import BulletinParser
internal import EmbeddedPipeline
internal import Indexer
public import Ingestor
internal import Kafka
internal import ReadModel

/// Gives the errors of the other modules their exit codes; their wording is theirs.
public enum ErrorTranslation {
    /// The error with its exit code, or nil for an error that no module throws on purpose.
    public static func userFacing(_ error: any Error) -> (any UserFacingError)? {
        switch error {
        case let error as KafkaError: CommandError("\(error)", exitStatus: status(of: error))
        case let error as ReadModelError: CommandError(error.message, exitStatus: status(of: error))
        case let error as IndexerError: CommandError(error.message, exitStatus: status(of: error))
        case let error as IntakeFailure: CommandError("\(error)", exitStatus: status(of: error.kind))
        case let error as PublishCheckpointError: CommandError("\(error)", exitStatus: .dataError)
        case let error as LexiconError: CommandError("\(error)", exitStatus: .dataError)
        case let error as EmbeddedPipelineError: CommandError("\(error)", exitStatus: .usage)
        case is CancellationError:
            CommandError("interrupted; running the same command again takes up the rest", exitStatus: .temporaryFailure)
        default: nil
        }
    }

    static func status(of error: KafkaError) -> ExitStatus {
        switch error.category {
        case .configuration: .usage
        case .unavailable, .authorization, .unknownTopicOrPartition: .unavailable
        case .messageTooLarge, .offsetOutOfRange: .dataError
        case .queueFull: .temporaryFailure
        case .closed, .other: .internalError
        }
    }

    static func status(of error: ReadModelError) -> ExitStatus {
        switch error.code {
        case .busy, .interrupted: .temporaryFailure
        case .diskFull, .readOnly, .inputOutput, .noPermission: .ioError
        case .notADatabase, .corrupt, .newerSchema, .otherLog, .otherPartitions, .entryRefused, .answerTooLarge:
            .dataError
        case .missingFolder, .unknownBulletin, .accessDenied: .noInput
        case .serverRefused: .unavailable
        case .ambiguousBulletin, .invalidArgument: .usage
        default: .internalError
        }
    }

    static func status(of error: IndexerError) -> ExitStatus {
        switch error.code {
        case .logMismatch, .otherLog, .badSnapshot, .notPossible, .partitionsChanged, .folderOfKafka: .dataError
        case .folderInUse: .temporaryFailure
        case .folderUnusable: .ioError
        }
    }

    /// The exit code of one failed input.
    public static func status(of kind: IntakeFailure.Kind) -> ExitStatus {
        switch kind {
        case .missing: .noInput
        case .unreadable: .ioError
        case .invalid: .dataError
        case .undelivered: .unavailable
        }
    }
}
