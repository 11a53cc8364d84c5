public import Console
internal import Foundation
internal import GRDB

/// The outbox cannot take or give something.
public struct OutboxError: UserFacingError, Hashable, CustomStringConvertible {
    /// The kinds of failure, for HTTP statuses and metrics.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The disk is full, or nearly so; what was accepted before is safe.
        case diskFull = "disk-full"
        /// More waits for Kafka than may.
        case backlogFull = "backlog-full"
        /// The file cannot be read or written.
        case unavailable
        /// Another process works on this file.
        case locked
        /// The file is no outbox, or one of a newer version.
        case foreign
        /// The service is ending.
        case closed
    }

    /// The kind of failure.
    public let code: Code
    /// What, where, and what to do.
    public let message: String

    /// The exit status of a command that ends with it.
    public var exitStatus: ExitStatus {
        switch code {
        case .diskFull, .unavailable: .ioError
        case .backlogFull, .locked, .closed: .temporaryFailure
        case .foreign: .dataError
        }
    }

    /// The message.
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// An error of SQLite's as the outbox words it.
    static func wrap(_ error: any Error, path: String) -> OutboxError {
        switch error {
        case let error as OutboxError: return error
        case let error as DatabaseError:
            let code = error.resultCode
            // What SQLite says holds no values, only its own words.
            let reason = error.message ?? "\(code)"
            if code == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
                return OutboxError(.diskFull, "the disk of the outbox \(path) is full: make room; nothing is lost")
            }
            if code == .SQLITE_NOTADB || code == .SQLITE_CORRUPT {
                return OutboxError(.foreign, "\(path) is no readable outbox (\(reason)): see docs/operations.md")
            }
            return OutboxError(
                .unavailable,
                "the outbox \(path) cannot be used (\(reason)): check the disk and the rights of its folder"
            )
        default:
            return OutboxError(.unavailable, "the outbox \(path) cannot be used: \(error)")
        }
    }
}
