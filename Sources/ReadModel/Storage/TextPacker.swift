internal import CZlib
internal import GRDB

/// Compresses texts that are kept for the record and seldom read: raw texts and earlier revisions.
///
/// The format is zlib's (RFC 1950). Where it is known what the text resembles, that is the preset dictionary: a raw text
/// is little more than its paragraphs, and takes a tenth of its bytes instead of four. Whoever has Python can read it:
/// `zlib.decompressobj(zdict=dictionary).decompress(bytes)`.
///
/// Keeps its 160 KiB of tables from one text to the next; confined to one thread.
final class TextPacker {
    // zlib's state points back at this, so that it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var output: [UInt8] = []

    /// Throws where there is no memory for it.
    init() throws {
        stream.initialize(to: z_stream())
        // Level 3: as small as 6 to within a hundredth of the text, in two thirds of the time. Of its tables a quarter, which
        // must be emptied for each text: no larger with texts of some kilobytes.
        try Self.check(
            deflateInit2_(
                stream,
                3,
                Z_DEFLATED,
                15,
                6,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            )
        )
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What a raw text is compressed with: the paragraphs that were made of it, joined by line feeds.
    static func dictionary(_ paragraphs: [String]) -> [UInt8] {
        Array(paragraphs.joined(separator: "\n").utf8)
    }

    /// The compressed form of `text`; nil if it would take no less room.
    func pack(_ text: String, dictionary: [UInt8] = []) throws -> [UInt8]? {
        var text = text
        return try text.withUTF8 { try pack($0, dictionary) }
    }

    private func pack(_ text: UnsafeBufferPointer<UInt8>, _ dictionary: [UInt8]) throws -> [UInt8]? {
        guard !text.isEmpty else { return nil }
        try Self.check(deflateReset(stream))
        if !dictionary.isEmpty {
            try Self.check(deflateSetDictionary(stream, dictionary, UInt32(clamping: dictionary.count)))
        }
        // What does not fit is not wanted.
        if output.count < text.count { output = Array(repeating: 0, count: text.count) }
        return try output.withUnsafeMutableBufferPointer { output in
            // zlib reads from here, and has no const in its struct.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: text.baseAddress)
            stream.pointee.avail_in = UInt32(clamping: text.count)
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(clamping: text.count - 1)
            switch deflate(stream, Z_FINISH) {
            case Z_STREAM_END: return Array(output[..<Int(stream.pointee.total_out)])
            case Z_OK, Z_BUF_ERROR: return nil
            case let code: throw Self.error(code)
            }
        }
    }

    /// The text that ``pack(_:dictionary:)`` made `bytes` of, with the same dictionary.
    ///
    /// Throws SQLite's error for a damaged file where they are none, where the dictionary is another one, or where the
    /// text would be longer than 256 MiB.
    static func unpack(_ bytes: UnsafeRawBufferPointer, dictionary: [UInt8] = []) throws -> String {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        try check(inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)))
        defer { inflateEnd(stream) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(clamping: bytes.count)
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let code = chunk.withUnsafeMutableBufferPointer { chunk in
                stream.pointee.next_out = chunk.baseAddress
                stream.pointee.avail_out = UInt32(chunk.count)
                return inflate(stream, Z_NO_FLUSH)
            }
            text += chunk[..<(chunk.count - Int(stream.pointee.avail_out))]
            guard text.count <= 256 << 20 else { throw error(Z_MEM_ERROR) }
            switch code {
            case Z_STREAM_END: return String(decoding: text, as: UTF8.self)
            case Z_NEED_DICT: try check(inflateSetDictionary(stream, dictionary, UInt32(clamping: dictionary.count)))
            case Z_OK: continue
            default: throw error(code)
            }
        }
    }

    private static func check(_ code: Int32) throws {
        guard code == Z_OK else { throw error(code) }
    }

    private static func error(_ code: Int32) -> DatabaseError {
        code == Z_MEM_ERROR
            ? DatabaseError(resultCode: .SQLITE_NOMEM, message: "there is no memory for a compressed text")
            : DatabaseError(
                resultCode: .SQLITE_CORRUPT,
                message: "a compressed text cannot be read (zlib code \(code))"
            )
    }
}

extension SQLStatement {
    /// A text that is compressed, or, where that would not have been shorter, stored as it is.
    func unpacked(_ column: Int32, dictionary: () -> [UInt8] = { [] }) throws -> String {
        guard isBlob(column) else { return text(column) }
        return try withBlob(column) { try TextPacker.unpack($0, dictionary: dictionary()) }
    }

    /// Binds a text compressed, or, without bytes, as it is.
    func bind(_ index: Int32, packed bytes: [UInt8]?, _ text: String) throws {
        if let bytes { try bind(index, blob: bytes) } else { try bind(index, text) }
    }
}

@available(*, unavailable, message: "its state belongs to one thread")
extension TextPacker: Sendable {}
