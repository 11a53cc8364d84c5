internal import Crypto
internal import Foundation
internal import Logging
public import ReadModel

/// Copies of partition files with a manifest each, from which an indexer on another machine begins.
public enum Snapshot {
    /// What a copy is: written beside it as JSON.
    public struct Manifest: Codable, Hashable, Sendable {
        /// The topic.
        public var topic: String
        /// The partition.
        public var partition: Int32
        /// The Kafka cluster that filled the file.
        public var clusterID: String?
        /// How many logs had filled it before.
        public var generation: Int64
        /// The first offset that is not in it.
        public var nextOffset: Int64
        /// The last record that it holds.
        public var mark: LogMark?
        /// The schema's version.
        public var schemaVersion: Int
        /// The copy's size.
        public var bytes: Int64
        /// SHA-256 over the copy, in lower-case hexadecimal.
        public var sha256: String
    }

    /// Copies a file, whoever writes it meanwhile, into `folder`, and writes the manifest. Blocks.
    ///
    /// Both appear under their names only when they are whole. Throws ``IndexerError``, `ReadModelError`.
    public static func take(_ location: PartitionLocation, to folder: String) throws -> Manifest {
        let target = PartitionLocation(dataDirectory: folder, topic: location.topic, partition: location.partition)
        let unfinished = target.path + ".unfinished"
        try checkThatNobodyWorksOn(target)
        do {
            try FileManager.default.createDirectory(atPath: target.folder, withIntermediateDirectories: true)
            try? FileManager.default.removeItem(atPath: unfinished)
            let copy = try PartitionFile.copy(location, to: unfinished)
            let (sha256, bytes) = try hash(unfinished)
            let manifest = Manifest(
                topic: location.topic,
                partition: location.partition,
                clusterID: copy.state.clusterID,
                generation: copy.state.generation,
                nextOffset: copy.state.nextOffset,
                mark: copy.mark,
                schemaVersion: copy.schemaVersion,
                bytes: bytes,
                sha256: sha256
            )
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            try synchronize(unfinished)
            // The old manifest goes first: a copy without one is no snapshot, a copy with another's would be a wrong one.
            try? FileManager.default.removeItem(atPath: manifestPath(target))
            guard rename(unfinished, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
            try encoder.encode(manifest).write(to: URL(filePath: manifestPath(target)), options: .atomic)
            try synchronize(target.folder)
            return manifest
        } catch let error as CocoaError {
            throw IndexerError.folderUnusable(folder, error.localizedDescription)
        }
    }

    /// A file that is no snapshot is somebody's read model: under its write-ahead log a copy would be torn apart.
    private static func checkThatNobodyWorksOn(_ target: PartitionLocation) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: target.path) else { return }
        let hasLog = ["-wal", "-shm"].contains { files.fileExists(atPath: target.path + $0) }
        guard hasLog || !files.fileExists(atPath: manifestPath(target)) else { return }
        throw IndexerError(
            code: .notPossible,
            message:
                "\(target.path) is there and is no snapshot but a file of a read model: nothing was changed; give --to "
                + "an empty folder, or one of earlier snapshots"
        )
    }

    /// Brings a file, or what is in a folder, to the disk.
    private static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Puts the snapshot of a partition in the place of a file that is not there yet; does nothing where the file is, or no
    /// snapshot. Throws ``IndexerError`` (`badSnapshot`) if it is not what its manifest says, or of another cluster.
    static func restore(
        _ location: PartitionLocation,
        from folder: String,
        clusterID: String,
        logger: Logger
    ) throws {
        let source = PartitionLocation(dataDirectory: folder, topic: location.topic, partition: location.partition)
        let files = FileManager.default
        guard !files.fileExists(atPath: location.path) else { return }
        // One at a time: what is cleared away below may otherwise be another's, who was faster.
        let name = URL(filePath: location.path).lastPathComponent + ".restoring.lock"
        let lock = try DataFolderLock(location.folder, mode: .exclusive, name: name, waits: true)
        defer { withExtendedLifetime(lock) {} }
        guard !files.fileExists(atPath: location.path) else { return }
        guard files.fileExists(atPath: source.path) else {
            logger.notice(
                "there is no snapshot of the partition, it is filled from the log",
                metadata: ["folder": "\(folder)"]
            )
            return
        }
        guard let json = files.contents(atPath: manifestPath(source)),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: json)
        else { throw IndexerError.badSnapshot(source, "its manifest \(manifestPath(source)) is missing or is none") }
        guard manifest.topic == location.topic, manifest.partition == location.partition else {
            throw IndexerError.badSnapshot(source, "it is of \(manifest.topic)[\(manifest.partition)]")
        }
        guard manifest.clusterID == clusterID else {
            throw IndexerError.badSnapshot(
                source,
                "it is of cluster \(manifest.clusterID ?? "none"), and this is cluster \(clusterID)"
            )
        }
        // Copied first and hashed then: what is put in place is what was checked.
        let unfinished = location.path + ".restoring"
        defer { try? files.removeItem(atPath: unfinished) }
        do {
            try files.createDirectory(atPath: location.folder, withIntermediateDirectories: true)
            try? files.removeItem(atPath: unfinished)
            try files.copyItem(atPath: source.path, toPath: unfinished)
        } catch {
            throw IndexerError.folderUnusable(location.folder, error.localizedDescription)
        }
        let (sha256, bytes) = try hash(unfinished)
        guard bytes == manifest.bytes, sha256 == manifest.sha256 else {
            throw IndexerError.badSnapshot(source, "its \(bytes) bytes are not those that its manifest speaks of")
        }
        let found = try PartitionFile.inspect(unfinished, location)
        guard found.state.topic == manifest.topic, found.state.partition == manifest.partition,
            found.state.clusterID == manifest.clusterID, found.state.generation == manifest.generation,
            found.state.nextOffset == manifest.nextOffset, found.mark == manifest.mark,
            found.schemaVersion == manifest.schemaVersion
        else {
            throw IndexerError.badSnapshot(
                source,
                "its manifest does not say what is in it, which stands at offset \(found.state.nextOffset) of "
                    + "\(found.state.topic)[\(found.state.partition)]"
            )
        }
        // A write-ahead log whose file was moved away would be applied to this one.
        for suffix in ["-wal", "-shm"] { unlink(location.path + suffix) }
        // A link, which fails where another process was faster: the file may be in use then.
        if link(unfinished, location.path) == 0 {
            logger.notice(
                "begun from a snapshot",
                metadata: ["partition": "\(manifest.partition)", "nextOffset": "\(manifest.nextOffset)"]
            )
        }
    }

    static func manifestPath(_ location: PartitionLocation) -> String { location.path + ".manifest.json" }

    private static func hash(_ path: String) throws -> (sha256: String, bytes: Int64) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw IndexerError.folderUnusable(path, "it cannot be read")
        }
        defer { try? file.close() }
        var hash = SHA256()
        var bytes: Int64 = 0
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            bytes += Int64(piece.count)
        }
        return (hash.finalize().hexadecimal, bytes)
    }
}

extension Sequence where Element == UInt8 {
    var hexadecimal: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension IndexerError {
    static func badSnapshot(_ location: PartitionLocation, _ reason: String) -> Self {
        IndexerError(
            code: .badSnapshot,
            message: "the snapshot \(location.path) cannot be used: \(reason); nothing was changed. Take it anew with "
                + "`bulletin-indexer snapshot`, or leave --bootstrap-from out"
        )
    }
}
