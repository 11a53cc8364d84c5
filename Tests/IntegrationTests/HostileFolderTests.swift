import Foundation
import TestSupport
import Testing

/// Data folders that are full, read-only, not ours, damaged or in use: one clear line, the right exit code, nothing lost.
@Suite(.serialized) struct HostileFolderTests {
    private let folder: TemporaryFolder
    private let data: String
    private let input: String

    init() async throws {
        folder = try TemporaryFolder()
        data = folder.path("data")
        input = try folder.write(SampleBulletins.text(1), to: "one.txt")
    }

    /// Runs a shell line with the programs on its PATH.
    private func shell(_ line: String, prefix: [String] = []) async throws -> CommandResult {
        let command = prefix + ["bash", "-c", "PATH=\(RunningCommand.binaries.path):$PATH; cd \(folder.path); \(line)"]
        return try await run(command[0], Array(command.dropFirst()), in: folder)
    }

    private func expect(
        _ result: CommandResult,
        status: Int32,
        _ words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, "\(result.messages)", sourceLocation: sourceLocation)
        let last = String(result.messages.split(separator: "\n").last ?? "")
        #expect(last.contains(": error: "), "\(result.messages)", sourceLocation: sourceLocation)
        for word in words { #expect(last.contains(word), "\(word) in \(last)", sourceLocation: sourceLocation) }
    }

    private func digest(_ data: String) async throws -> String {
        try await shell("bulletin-indexer digest --data-dir \(data) --format json | jq -r '.[-1].digest'").output
    }

    @Test func anotherRunOnTheSameFolderIsToldToWait() async throws {
        let first = try RunningCommand("bulletins", ["up", "--keep-running", "--data-dir", data, input], in: folder)
        try await eventually("it stays") { first.messages.contains("staying") }
        expect(try await shell("bulletins up --data-dir data one.txt"), status: 75, data.suffix(4) + "", "works on")
        #expect(try await shell("bulletins list --data-dir data").output.contains("工作会议"))
        first.signal(SIGTERM)
        #expect(try await first.finish(within: .seconds(20)).status == 0)
        #expect(try await shell("bulletins up --data-dir data one.txt").status == 0)
    }

    @Test func aFolderThatKafkaFillsIsLeftAlone() async throws {
        #expect(try await shell("bulletins up --data-dir data one.txt").status == 0)
        // The id of an Apache Kafka cluster.
        let sql = "UPDATE partition_state SET cluster_id = 'MkU3OEVBNTcwNTJENDM2Qg'"
        let file = "data/bulletins/partition-00002.sqlite"
        #expect(try await shell("sqlite3 \(file) \"\(sql)\"").status == 0)
        expect(
            try await shell("bulletins up --data-dir data one.txt"),
            status: 65,
            "MkU3OEVBNTcwNTJENDM2Qg",
            "--data-dir"
        )
        #expect(try await shell("sqlite3 \(file) 'SELECT generation FROM partition_state'").output == "0\n")
    }

    @Test func aRunThatIsKilledIsTakenUpWhereItStood() async throws {
        let inputs = try SampleBulletins.write(0..<1_000, to: "inputs", in: folder)
        let killed = try RunningCommand("bulletins", ["up", "--data-dir", data, inputs], in: folder)
        try await eventually("something is indexed") {
            // Looked at without another process: on a busy machine the run would be over before it told.
            let log = try? FileManager.default.attributesOfItem(atPath: data + "/bulletins/partition-00000.sqlite-wal")
            return (log?[.size] as? Int ?? 0) > 200_000
        }
        killed.signal(SIGKILL)
        #expect(try await killed.finish().status != 0)
        #expect(try await shell("bulletins up --data-dir data inputs").status == 0)
        #expect(try await shell("bulletins up --data-dir clean inputs").status == 0)
        #expect(try await digest("data") == digest("clean"))
    }

    @Test func aDamagedFileIsNamedAndTheProcessEnds() async throws {
        #expect(try await shell("bulletins up --data-dir data one.txt").status == 0)
        let damage = "for f in data/bulletins/*.sqlite; do head -c 60000 /dev/zero | tr '\\0' x"
        _ = try await shell("\(damage) | dd of=$f bs=1 seek=8192 conv=notrunc status=none; done")
        for command in ["bulletins list", "bulletin-indexer digest", "bulletins up one.txt"] {
            expect(try await shell("\(command) --data-dir data"), status: 65, "partition-0000", "move the file away")
        }
    }

    @Test func aFullDiskChangesNothingAndCanBeMended() async throws {
        let inputs = try SampleBulletins.write(0..<600, to: "inputs", in: folder)
        let line = """
            mkdir tiny && mount -t tmpfs -o size=3m none tiny || exit 99
            bulletins up --data-dir tiny/data inputs; echo status=$?
            mount -o remount,size=200m tiny; bulletins up --data-dir tiny/data inputs; echo status=$?
            bulletin-indexer digest --data-dir tiny/data --format json | jq -r '.[-1].digest'
            """
        let result = try await shell(line, prefix: ["unshare", "-rm"])
        // Without the right to mount there is nothing to try here.
        guard result.status != 99, !result.messages.contains("unshare failed") else { return }
        #expect(result.output.hasPrefix("status=74\nstatus=0\n"), "\(result.output)\(result.messages)")
        #expect(result.messages.contains("disk is full"))
        _ = inputs
        #expect(try await shell("bulletins up --data-dir clean inputs").status == 0)
        #expect(result.output.hasSuffix(try await digest("clean")))
    }

    @Test func aReadOnlyFileSystemAnswersAndRefuses() async throws {
        #expect(try await shell("bulletins up --data-dir data one.txt").status == 0)
        let line = """
            mkdir ro && mount --bind . ro && mount -o remount,ro,bind ro || exit 99
            bulletins list --data-dir ro/data --format csv | wc -l
            bulletins up --data-dir ro/data one.txt; echo status=$?
            """
        let result = try await shell(line, prefix: ["unshare", "-rm"])
        guard result.status != 99, !result.messages.contains("unshare failed") else { return }
        #expect(result.output == "2\nstatus=74\n", "\(result.messages)")
        #expect(result.messages.contains("Read-only file system"))
    }

    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func withoutPermission() async throws {
        #expect(try await shell("bulletins up --data-dir data one.txt; mkdir in && cp one.txt in/a.txt").status == 0)
        let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        // Where the checkout is closed to others, nobody cannot even start the program.
        guard try await shell("bulletins --version", prefix: nobody).status == 0 else { return }
        _ = try await shell("cp one.txt in/b.txt; chmod 000 in/b.txt; chmod 700 data/bulletins")
        let parse = try await shell("bulletin-ingestor parse in", prefix: nobody)
        expect(parse, status: 74, "1 of 2 inputs failed")
        #expect(parse.messages.contains("in/b.txt: Permission denied"))
        #expect(parse.output.contains("工作会议"), "the other one is taken")
        expect(try await shell("bulletins list --data-dir data", prefix: nobody), status: 74, "permissions")
        _ = try await shell("chmod 755 data/bulletins")
        #expect(try await shell("bulletins list --data-dir data", prefix: nobody).status == 0)
        expect(try await shell("bulletins up --data-dir data one.txt", prefix: nobody), status: 74, "Permission denied")
    }

    @Test func outputThatGoesNowhere() async throws {
        #expect(try await shell("bulletins up --data-dir data one.txt").status == 0)
        expect(try await shell("bulletins list --data-dir data > /dev/full"), status: 74, "No space left on device")
        let head = try await shell("set -o pipefail; bulletins list --data-dir data | head -c 1")
        #expect(head.status == 0 && head.messages.isEmpty, "\(head.messages)")
        #expect(try await shell("bulletins list --data-dir data --source $'\\xff\\xfe'").status == 0)
        let closed = try await shell("bulletins list --data-dir data >&-")
        #expect(closed.status == 74)
        #expect(try await shell("bulletins list --data-dir data").status == 0)
    }
}
