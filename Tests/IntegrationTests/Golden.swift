import Foundation
import TestSupport
import Testing

/// What commands print, kept in `Golden/`.
///
/// `BULLETINS_UPDATE_GOLDEN=1` writes the files anew; look at the difference before committing it.
enum Golden {
    static let formats = ["table", "json", "ndjson", "csv", "markdown"]

    static var folder: URL { RepositoryFiles.url("Tests/IntegrationTests/Golden") }

    /// Events, so that another parser changes nothing.
    static var corpus: String { folder.appending(path: "corpus.ndjson").path }

    /// Holds what was printed against the file of that name.
    static func expect(
        _ printed: String,
        _ name: String,
        _ folder: TemporaryFolder,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let printed = normal(printed, folder)
        let file = Self.folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["BULLETINS_UPDATE_GOLDEN"] != nil {
            try printed.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(
            printed.utf8.elementsEqual(expected.utf8),
            "\(name) is no longer what it was:\n\(printed)",
            sourceLocation: location
        )
    }

    /// Without what differs from run to run: where the files are, their sizes, the embedded cluster, who commits.
    private static func normal(_ text: String, _ folder: TemporaryFolder) -> String {
        text.replacing(folder.path, with: "FOLDER")
            .replacing(/mockCluster[0-9a-f]+/, with: "CLUSTER")
            .replacing(/"fileBytes":[0-9]+/, with: "\"fileBytes\":0")
            .replacing(/, [0-9]+ KiB/, with: ", 0 KiB")
            .replacing("\(ProcessInfo.processInfo.hostName):", with: "HOST:")
    }
}
