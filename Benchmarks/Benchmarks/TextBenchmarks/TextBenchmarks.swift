import Benchmark
import BenchmarkTexts

let benchmarks: @Sendable () -> Void = {
    let configuration = Benchmark.Configuration(
        metrics: [.wallClock, .throughput, .peakMemoryResident],
        warmupIterations: 2,
        maxDuration: .seconds(3),
        maxIterations: 200
    )
    for stage in Stage.allCases {
        Benchmark(stage.rawValue, configuration: configuration) { (benchmark, prepared: PreparedStage) in
            benchmark.startMeasurement()
            blackHole(try prepared.run())
            benchmark.stopMeasurement()
        } setup: {
            try PreparedStage(stage, on: TextSet(generated: 200))
        }
    }
}
