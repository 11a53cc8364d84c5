internal import Foundation

/// A file or standard input, read from front to back.
final class FileStream: ByteStream {
    private let descriptor: Int32
    private let path: String

    /// Opens the file; throws ``IntakeFailure`` where that fails.
    init(_ file: InputFile) throws(IntakeFailure) {
        path = file.path
        descriptor = file.path == "-" ? STDIN_FILENO : file.openForReading()
        guard descriptor >= 0 else { throw InputFinder.unreadable(file.path, errno) }
    }

    /// A file that is open already, and is closed with the stream.
    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        if descriptor > STDIN_FILENO { close(descriptor) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeFailure) -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw InputFinder.unreadable(path, errno) }
        }
    }
}
