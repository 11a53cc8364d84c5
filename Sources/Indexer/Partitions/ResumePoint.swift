internal import Crypto
internal import Kafka
internal import ReadModel

/// Where a worker begins to read, and whether the log can be recognised there.
///
/// The same cluster and topic do not make the same log: a topic that was deleted and made again has other records at
/// the same offsets. So reading begins one record earlier, at the last one that the file holds, which has to be what it
/// was.
enum ResumePoint: Equatable {
    /// The first record read has to be the marked one; the file goes on after it.
    case mark(LogMark)
    /// There is nothing to compare with: the file is new, of the first schema, or its last record was deleted since.
    case unmarked(Int64)
    /// The log does not reach to the offset that the file needs next.
    case outsideLog

    /// Decides from where the file stands and what the log holds.
    init(nextOffset: Int64, mark: LogMark?, log: Watermarks) {
        if nextOffset < log.low || nextOffset > log.high {
            self = .outsideLog
        } else if let mark, mark.offset >= log.low, mark.offset < nextOffset {
            self = .mark(mark)
        } else {
            self = .unmarked(nextOffset)
        }
    }
}

extension LogMark {
    /// The mark that `record` leaves in a file.
    ///
    /// The digest is over the key's length as eight bytes, the highest first (all ones for a null key), the key, and the
    /// value, so that no two pairs of key and value are the same bytes.
    init(_ record: ConsumerRecord) {
        var hash = SHA256()
        record.withKeyBytes { key in
            let length = UInt64(bitPattern: key.map { Int64($0.count) } ?? -1)
            withUnsafeBytes(of: length.bigEndian) { hash.update(bufferPointer: $0) }
            if let key { hash.update(bufferPointer: key) }
        }
        record.withValueBytes { value in
            if let value { hash.update(bufferPointer: value) }
        }
        let digest = hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        self.init(offset: record.offset, timestamp: record.timestamp, digest: digest)
    }
}
