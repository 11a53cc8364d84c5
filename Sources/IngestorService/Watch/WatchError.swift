public import Console
internal import Foundation

/// The watched folder cannot be used.
public struct WatchError: UserFacingError, Hashable, CustomStringConvertible {
    /// Which folder, why, and what to do.
    public let message: String
    /// The folder is there and cannot be used, or is not there.
    public let exitStatus: ExitStatus
    /// The message.
    public var description: String { message }

    init(_ verb: String, _ path: String, _ code: Int32) {
        let error = CommandError(cannot: verb, path: path, code: code, access: .writing)
        message = "\(error.message) (the watched folder)"
        exitStatus = error.exitStatus
    }
}
