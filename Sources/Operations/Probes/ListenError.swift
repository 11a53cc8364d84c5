public import Console
import NIOCore

/// A service cannot listen where it should.
public struct ListenError: UserFacingError, Hashable, CustomStringConvertible {
    /// Where, why, and what to do.
    public let message: String
    /// An address that is taken or not this machine's is a mistake in the settings.
    public var exitStatus: ExitStatus { .usage }
    /// The message.
    public var description: String { message }

    /// What the server threw while it was starting.
    public init(_ address: ListenAddress, _ error: any Error) {
        let reason =
            switch error {
            case let error as IOError: String(describing: error)
            default: "\(error)"
            }
        message = "cannot listen on \(address) (\(reason)): choose an address of this machine and a port that is free"
    }
}
