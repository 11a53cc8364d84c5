internal import CLibArchive

/// A tar archive, compressed or not, or a single compressed file, read with libarchive from front to back.
final class Archive: ByteStream {
    /// One member of an archive.
    struct Member {
        /// Its path in the archive; nil for the only content of a compressed file.
        var path: String?
        /// Whether it is a file, and no folder, link or device.
        var isFile: Bool
    }

    private let handle: OpaquePointer
    private let name: String
    private let limits: InputLimits
    private let feed: Feed
    private var members = 0
    private var unpacked = 0
    private var isOpen = false
    /// Set for good by an error that leaves nothing more to read.
    private var isBroken = false

    /// An archive in `stream`, called `name` in messages.
    init(_ stream: PeekableStream, name: String, limits: InputLimits) throws(IntakeFailure) {
        guard let handle = archive_read_new() else {
            throw IntakeFailure(kind: .unreadable, name: name, message: "there is no memory left to unpack it")
        }
        self.handle = handle
        self.name = name
        self.limits = limits
        feed = Feed(stream)
        archive_read_support_filter_gzip(handle)
        archive_read_support_format_tar(handle)
        archive_read_support_format_raw(handle)
        archive_read_support_format_empty(handle)
        archive_read_set_read_callback(handle) { _, context, result in Feed.fill(context, result) }
        // The feed lives as long as this object, which frees the handle before it.
        archive_read_set_callback_data(handle, Unmanaged.passUnretained(feed).toOpaque())
    }

    deinit {
        archive_read_free(handle)
    }

    /// Goes on to the next member; nil behind the last. Throws ``IntakeFailure`` where the archive is damaged or larger
    /// than allowed; nothing more can be read then.
    func nextMember() throws(IntakeFailure) -> Member? {
        guard !isBroken else { return nil }
        if !isOpen {
            isOpen = true
            guard archive_read_open1(handle) == ARCHIVE_OK else { throw damage() }
        }
        // What a reader left of the member before is read and counted too: libarchive would skip it uncounted.
        while members > 0, try !read(upTo: 1 << 16).isEmpty {}
        var entry: OpaquePointer?
        switch archive_read_next_header(handle, &entry) {
        // A warning is about a name in another encoding.
        case ARCHIVE_OK, ARCHIVE_WARN: break
        case ARCHIVE_EOF: return nil
        default: throw damage()
        }
        guard let entry else { return nil }
        members += 1
        guard members <= limits.members else {
            throw refusal("it has more than \(limits.members) members; split it")
        }
        guard archive_format(handle) != ARCHIVE_FORMAT_RAW else { return Member(path: nil, isFile: true) }
        let isFile = archive_entry_filetype(entry) == Self.regularFile && archive_entry_hardlink(entry) == nil
        return Member(path: Self.path(of: entry), isFile: isFile)
    }

    /// Whether there is not a byte in it.
    var isEmpty: Bool { archive_format(handle) == ARCHIVE_FORMAT_EMPTY }

    // MARK: - ByteStream

    /// Reads from the member that ``nextMember()`` went to.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeFailure) -> Int {
        guard !isBroken else { return 0 }
        let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw damage() }
        unpacked += count
        guard unpacked <= limits.unpackedBytes else {
            throw refusal("it unpacks to more than \(InputLimits.words(limits.unpackedBytes)); split it")
        }
        if unpacked > limits.expansionCountsFrom, unpacked / limits.expansion > max(1, feed.stream.bytesRead) {
            throw refusal("it unpacks to more than \(limits.expansion) times its size; texts do not pack like that")
        }
        return count
    }

    // MARK: - Errors

    private func refusal(_ message: String) -> IntakeFailure {
        isBroken = true
        return IntakeFailure(kind: .invalid, name: name, message: message)
    }

    private func damage() -> IntakeFailure {
        if let failure = feed.failure {
            isBroken = true
            return failure
        }
        let reason = archive_error_string(handle).map { String(cString: $0) } ?? "it cannot be unpacked"
        return refusal("the archive is damaged (\(reason)); what stands before the damage was taken")
    }

    // MARK: - Names

    /// `AE_IFREG`, a macro that Swift does not see.
    private static let regularFile: UInt32 = 0o100000

    private static func path(of entry: OpaquePointer) -> String? {
        if let utf8 = archive_entry_pathname_utf8(entry) { return String(cString: utf8) }
        return archive_entry_pathname(entry).map { String(cString: $0) }
    }

    /// What libarchive reads from.
    private final class Feed {
        let stream: PeekableStream
        var failure: IntakeFailure?
        private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

        init(_ stream: PeekableStream) {
            self.stream = stream
        }

        deinit {
            buffer.deallocate()
        }

        /// The next bytes of the stream that `context` is, as libarchive asks for them; -1 where they cannot be had.
        static func fill(
            _ context: UnsafeMutableRawPointer?,
            _ result: UnsafeMutablePointer<UnsafeRawPointer?>?
        ) -> Int {
            guard let context else { return -1 }
            let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
            do throws(IntakeFailure) {
                let count = try feed.stream.read(into: feed.buffer)
                result?.pointee = UnsafeRawPointer(feed.buffer.baseAddress)
                return count
            } catch {
                feed.failure = error
                return -1
            }
        }
    }
}
