import Metrics
import Testing

@testable import Operations

@Suite("Metrics for Prometheus")
struct MetricsRegistryTests {
    private let trailer = """
        # HELP bulletins_metrics_dropped_series_total Series not kept: too many for one name, or a name of two kinds.
        # TYPE bulletins_metrics_dropped_series_total counter
        bulletins_metrics_dropped_series_total 0

        """

    @Test("Counters, gauges and histograms in the text format")
    func renders() {
        let registry = MetricsRegistry(buckets: ["commit_seconds": [0.1, 1]])
        registry.describe("records_total", "Records\nindexed \\ applied.")
        let counter = Counter(label: "records", dimensions: [("topic", "b"), ("partition", "3")], factory: registry)
        counter.increment(by: 2)
        Counter(label: "records_total", dimensions: [("partition", "3"), ("topic", "b")], factory: registry).increment()
        Counter(label: "records", dimensions: [("partition", "4"), ("topic", "b")], factory: registry).increment()
        let gauge = Meter(label: "outbox.depth", factory: registry)
        gauge.set(1.5)
        gauge.increment(by: 1)
        gauge.decrement(by: 0.25)
        Recorder(label: "lag", dimensions: [], aggregate: false, factory: registry).record(7)
        let timer = Timer(label: "commit", factory: registry)
        timer.recordMilliseconds(100)
        timer.recordMilliseconds(500)
        timer.recordSeconds(5)
        #expect(
            registry.prometheusText() == """
                # TYPE commit_seconds histogram
                commit_seconds_bucket{le="0.1"} 1
                commit_seconds_bucket{le="1"} 2
                commit_seconds_bucket{le="+Inf"} 3
                commit_seconds_sum 5.6
                commit_seconds_count 3
                # TYPE lag gauge
                lag 7
                # TYPE outbox_depth gauge
                outbox_depth 2.25
                # HELP records_total Records\\nindexed \\\\ applied.
                # TYPE records_total counter
                records_total{partition="3",topic="b"} 3
                records_total{partition="4",topic="b"} 1

                """ + trailer
        )
    }

    @Test("Names are made valid, label values escaped")
    func names() {
        let registry = MetricsRegistry()
        Meter(
            label: "9lives.é-x:y",
            dimensions: [("le", "a\"b\\c\nd"), ("__x", "\"\u{301}"), ("k-é", "1")],
            factory: registry
        ).set(1)
        #expect(
            registry.prometheusText().hasPrefix(
                "# TYPE _9lives___x:y gauge\n"
                    + "_9lives___x:y{k__=\"1\",label___x=\"\\\"\u{301}\",label_le=\"a\\\"b\\\\c\\nd\"} 1\n"
            )
        )
    }

    @Test(
        "Numbers",
        arguments: [
            (0.0, "0"), (1e15, "1000000000000000"), (0.1, "0.1"), (1e300, "1e+300"), (-3, "-3"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ]
    )
    func numbers(value: Double, text: String) {
        #expect(PrometheusText.number(value) == text)
    }

    @Test("Counters never fall")
    func monotonic() {
        let registry = MetricsRegistry()
        let counter = registry.makeCounter(label: "c", dimensions: [])
        counter.increment(by: 5)
        counter.increment(by: -3)
        let fractions = registry.makeFloatingPointCounter(label: "c", dimensions: [])
        fractions.increment(by: 0.5)
        fractions.increment(by: -.infinity)
        fractions.increment(by: .nan)
        #expect(registry.prometheusText().contains("\nc_total 5.5\n"))
    }

    @Test("Too many series and names of two kinds are counted, not kept")
    func bounds() {
        let registry = MetricsRegistry(maximumSeriesPerMetric: 2)
        for index in 0..<5 { Meter(label: "g", dimensions: [("i", "\(index)")], factory: registry).set(1) }
        Recorder(label: "g", factory: registry).record(1)
        let text = registry.prometheusText()
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("g{") }.count == 2)
        #expect(text.contains("# TYPE g gauge\n"))
        #expect(text.hasSuffix("bulletins_metrics_dropped_series_total 4\n"))
    }

    @Test("A destroyed series is forgotten and makes room, its twin of the same name is the same series")
    func destroys() {
        let registry = MetricsRegistry(maximumSeriesPerMetric: 1)
        let meter = Meter(label: "lag", dimensions: [("partition", "1")], factory: registry)
        meter.set(3)
        meter.destroy()
        #expect(registry.prometheusText() == trailer)
        Meter(label: "lag", dimensions: [("partition", "2")], factory: registry).set(4)
        #expect(registry.prometheusText().contains("lag{partition=\"2\"} 4\n"))
    }

    @Test("Nothing is lost when many write at once")
    func threads() async {
        let registry = MetricsRegistry()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for index in 0..<1_000 {
                        Counter(label: "n", dimensions: [("i", "\(index % 7)")], factory: registry).increment()
                        Timer(label: "t", factory: registry).recordNanoseconds(Int64(task))
                    }
                }
            }
        }
        let text = registry.prometheusText()
        let sum = text.split(separator: "\n").filter { $0.hasPrefix("n_total{") }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
        #expect(sum == 8_000)
        #expect(text.contains("t_seconds_count 8000\n"))
    }
}
