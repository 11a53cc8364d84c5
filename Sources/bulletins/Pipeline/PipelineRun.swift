internal import Console
internal import EmbeddedPipeline
internal import Ingestor
internal import ServiceLifecycle
internal import Synchronization

/// The embedded pipeline as a service, so that signals end it gracefully.
final class PipelineRun: Service {
    private let pipeline: EmbeddedPipeline
    private let inputs: [Result<InputFile, IntakeFailure>]
    private let keepRunning: Bool
    private let progress: ProgressLine
    private let onStarted: @Sendable (String) -> Void
    private let onPublished: @Sendable (EmbeddedPipeline.Report) -> Void
    private let result = Mutex(EmbeddedPipeline.Report())

    init(
        pipeline: EmbeddedPipeline,
        inputs: [Result<InputFile, IntakeFailure>],
        keepRunning: Bool,
        progress: ProgressLine,
        onStarted: @escaping @Sendable (String) -> Void,
        onPublished: @escaping @Sendable (EmbeddedPipeline.Report) -> Void
    ) {
        self.pipeline = pipeline
        self.inputs = inputs
        self.keepRunning = keepRunning
        self.progress = progress
        self.onStarted = onStarted
        self.onPublished = onPublished
    }

    var report: EmbeddedPipeline.Report { result.withLock { $0 } }

    func run() async throws {
        let report = try await pipeline.run(
            inputs,
            keepRunning: keepRunning,
            onStarted: onStarted,
            onPublished: onPublished
        ) { [progress] report in
            progress.update(completed: report.published.inputs)
        }
        result.withLock { $0 = report }
    }
}
