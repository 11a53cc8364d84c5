internal import ArgumentParser
internal import BenchmarkTexts
internal import ProcessUsage

/// Runs one stage over and over on one thread and prints how fast it went, for scripts and profilers.
@main
struct BulletinStages: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletin-stages",
        abstract: "Run one stage of the parser over and over on one thread; print how fast it went.",
        discussion: """
            Prints a line of JSON: MB/s (10^6 bytes of the documents a second of
            processor time), documents a second, and the most memory the process
            ever had.
              bulletin-stages whole
              bulletin-stages parse --texts seed.txt --seconds 5
              valgrind --tool=callgrind bulletin-stages whole --runs 20
            """
    )

    @Argument(help: "\(Stage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var stage: String

    @Option(help: "A file or folder of documents; made-up ones unless set.") var texts: String?
    @Option(help: "How many documents to make up.") var count = 500
    @Option(help: "Stop after the first run that ends later than this, in processor time.") var seconds = 2.0
    @Flag(help: "Print each document's event data, a line each, instead: two builds must print the same.")
    var printsEvents = false
    @Option(help: "Stop after this many runs, however long they take; profilers want this.") var runs: Int?

    func run() throws {
        guard let stage = Stage(rawValue: stage) else {
            throw ValidationError("there is no stage '\(stage)'")
        }
        let texts = try texts.map { try TextSet(path: $0) } ?? TextSet(generated: count)
        if printsEvents {
            for document in texts.documents { print(try Events.line(of: document)) }
            return
        }
        let prepared = try PreparedStage(stage, on: texts)
        // What is built at first use is no part of any run.
        _ = try prepared.run()
        let start = beginMeasuring()
        var done = 0
        var sum = 0
        repeat {
            sum &+= try prepared.run()
            done += 1
        } while runs.map { done < $0 } ?? (ProcessorTime.seconds - start < seconds)
        let elapsed = ProcessorTime.seconds - start
        let rate = { (amount: Int) in Double(amount * done) / elapsed }
        print(
            """
            {"stage":"\(stage.rawValue)","megabytesPerSecond":\(rounded(rate(prepared.byteCount) / 1e6)),\
            "documentsPerSecond":\(rounded(rate(prepared.documentCount))),"bytes":\(prepared.byteCount),\
            "documents":\(prepared.documentCount),"runs":\(done),"peakKilobytes":\(PeakMemory.kilobytes),"sum":\(sum)}
            """
        )
    }

    /// Profilers set their counters to zero where they see this: `--zero-before='*beginMeasuring*'`.
    @inline(never)
    private func beginMeasuring() -> Double { ProcessorTime.seconds }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
