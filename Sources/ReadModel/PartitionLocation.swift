internal import Foundation

/// Where the rows of one partition of a topic live: `DATA/<topic>/partition-00003.sqlite`.
public struct PartitionLocation: Hashable, Sendable {
    /// The data folder.
    public var dataDirectory: String
    /// The topic that the file is filled from.
    public var topic: String
    /// The partition's number, from 0.
    public var partition: Int32

    /// The location of one partition below a data folder; nothing is touched on disk.
    public init(dataDirectory: String, topic: String, partition: Int32) {
        self.dataDirectory = dataDirectory
        self.topic = topic
        self.partition = partition
    }

    /// The topic's folder below the data folder.
    public var folder: String { dataDirectory + "/" + topic }

    /// The file itself.
    public var path: String {
        let digits = String(partition)
        return folder + "/partition-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".sqlite"
    }

    /// The locations of all partition files below `dataDirectory`, by topic and partition.
    ///
    /// Throws ``ReadModelError`` with the code `missing-folder` if there is no such folder, or `no-permission`.
    public static func all(in dataDirectory: String) throws -> [PartitionLocation] {
        let root = try names(in: dataDirectory)
        var found: [PartitionLocation] = []
        for topic in root {
            let folder = dataDirectory + "/" + topic
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            for name in try names(in: folder) {
                guard let partition = number(ofFile: name) else { continue }
                let location = PartitionLocation(dataDirectory: dataDirectory, topic: topic, partition: partition)
                // A name such as partition-3.sqlite is not one that a writer would use.
                if location.path == folder + "/" + name { found.append(location) }
            }
        }
        return found.sorted()
    }

    private static func number(ofFile name: String) -> Int32? {
        guard name.hasPrefix("partition-"), name.hasSuffix(".sqlite") else { return nil }
        let digits = name.dropFirst("partition-".count).dropLast(".sqlite".count)
        return Int32(digits).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
                throw ReadModelError(
                    .missingFolder,
                    "no data folder at \(folder): give the right one, or run an indexer first",
                    path: folder
                )
            }
            guard isFolder.boolValue else {
                throw ReadModelError(.missingFolder, "\(folder) is a file: give the data folder above it", path: folder)
            }
            throw ReadModelError(.noPermission, "\(folder) cannot be listed: check its permissions", path: folder)
        }
    }
}

extension PartitionLocation: Comparable {
    /// Orders by topic, partition, then folder.
    public static func < (left: PartitionLocation, right: PartitionLocation) -> Bool {
        (left.topic, left.partition, left.dataDirectory) < (right.topic, right.partition, right.dataDirectory)
    }
}
