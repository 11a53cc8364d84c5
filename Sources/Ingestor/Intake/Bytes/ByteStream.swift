/// Bytes from somewhere, read once from front to back.
protocol ByteStream: AnyObject {
    /// Fills the front of `buffer`; 0 at the end. Throws ``IntakeFailure`` where the bytes cannot be had.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeFailure) -> Int
}

/// A stream whose first bytes can be looked at before they are read.
final class PeekableStream: ByteStream {
    private let stream: any ByteStream
    private var head: [UInt8] = []
    private var position = 0
    /// Bytes handed out so far.
    private(set) var bytesRead = 0

    init(_ stream: any ByteStream) {
        self.stream = stream
    }

    /// The first bytes, up to `count` of them; only before anything is read.
    func peek(_ count: Int) throws(IntakeFailure) -> [UInt8] {
        while head.count < count {
            let chunk = try stream.read(upTo: count - head.count)
            if chunk.isEmpty { break }
            head += chunk
        }
        return head
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeFailure) -> Int {
        var count = min(buffer.count, head.count - position)
        if count > 0 {
            buffer.copyBytes(from: head[position..<position + count])
            position += count
        } else {
            count = try stream.read(into: buffer)
        }
        bytesRead += count
        return count
    }
}

extension ByteStream {
    /// The next bytes, `count` of them at most; none at the end.
    func read(upTo count: Int) throws(IntakeFailure) -> [UInt8] {
        var failure: IntakeFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(IntakeFailure) {
                filled = try read(into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// All that is left, if it is no more than `limit` bytes; nil if it is more.
    func readAll(limit: Int) throws(IntakeFailure) -> [UInt8]? {
        var bytes: [UInt8] = []
        // One byte more than allowed tells what is too large without reading it whole.
        while bytes.count <= limit {
            let chunk = try read(upTo: min(1 << 16, limit + 1 - bytes.count))
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
        return nil
    }
}
