import CLibArchive
import Testing

/// Makes archives in memory, with the same library that a user's tools may not have: what is read back is what a tar
/// of the system reads, too.
enum TestArchive {
    /// A tar archive of files in their order; folders end in `/`.
    static func tar(_ files: [(name: String, bytes: [UInt8])], isCompressed: Bool) throws -> [UInt8] {
        try write(isCompressed: isCompressed, format: archive_write_set_format_gnutar) { handle in
            for file in files {
                let entry = try #require(archive_entry_new())
                defer { archive_entry_free(entry) }
                archive_entry_set_pathname(entry, file.name)
                archive_entry_set_size(entry, Int64(file.bytes.count))
                archive_entry_set_filetype(entry, file.name.hasSuffix("/") ? 0o040000 : 0o100000)
                archive_entry_set_perm(entry, 0o644)
                try #require(archive_write_header(handle, entry) >= ARCHIVE_WARN)
                try #require(archive_write_data(handle, file.bytes, file.bytes.count) == file.bytes.count)
            }
        }
    }

    /// The bytes compressed with gzip.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        try write(isCompressed: true, format: archive_write_set_format_raw) { handle in
            let entry = try #require(archive_entry_new())
            defer { archive_entry_free(entry) }
            archive_entry_set_filetype(entry, 0o100000)
            try #require(archive_write_header(handle, entry) >= ARCHIVE_WARN)
            try #require(archive_write_data(handle, bytes, bytes.count) == bytes.count)
        }
    }

    private static func write(
        isCompressed: Bool,
        format: (OpaquePointer?) -> Int32,
        _ body: (OpaquePointer) throws -> Void
    ) throws -> [UInt8] {
        let handle = try #require(archive_write_new())
        defer { archive_write_free(handle) }
        try #require(format(handle) == ARCHIVE_OK)
        if isCompressed { archive_write_add_filter_gzip(handle) }
        var buffer = [UInt8](repeating: 0, count: 8 << 20)
        var used = 0
        try buffer.withUnsafeMutableBytes { buffer in
            try #require(archive_write_open_memory(handle, buffer.baseAddress, buffer.count, &used) == ARCHIVE_OK)
            try body(handle)
            try #require(archive_write_close(handle) == ARCHIVE_OK)
        }
        return Array(buffer[..<used])
    }
}
