public import CoreMetrics
import Synchronization

/// Keeps the metrics of the process and renders them for Prometheus.
///
/// A swift-metrics backend: give it to `MetricsSystem.bootstrap(_:)` and make metrics as usual. Labels become metric
/// names, dimensions become Prometheus labels. Counters get the suffix `_total`, timers become histograms in seconds
/// with the suffix `_seconds`, recorders become histograms, or gauges where they do not aggregate.
///
/// Two makers of the same name and dimensions share one series. The number of series per name is bounded: what goes
/// beyond is not kept but counted in `bulletins_metrics_dropped_series_total`, as is a name that is already taken by
/// another kind of metric. Thread-safe.
public final class MetricsRegistry: MetricsFactory, Sendable {
    /// The upper bounds of histogram buckets for times in seconds, unless others are given for a name.
    public static let timeBuckets: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// The upper bounds of histogram buckets for sizes and counts, unless others are given for a name.
    public static let countBuckets: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]

    /// What Prometheus calls the type of a metric.
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    struct Family {
        var kind: Kind
        var series: [[MetricLabel]: MetricSeries] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var help: [String: String] = [:]
        var dropped = 0
    }

    private let maximumSeries: Int
    private let buckets: [String: [Double]]
    private let state = Mutex(State())

    /// An empty registry.
    /// - Parameters:
    ///   - maximumSeriesPerMetric: how many combinations of label values one name may have.
    ///   - buckets: upper bounds of histogram buckets by metric name as it is rendered, ascending, without `+Inf`.
    public init(maximumSeriesPerMetric: Int = 1_000, buckets: [String: [Double]] = [:]) {
        self.maximumSeries = maximumSeriesPerMetric
        self.buckets = buckets
    }

    /// Says what a metric means; rendered as its `HELP` line.
    /// - Parameter name: the name as it is rendered.
    public func describe(_ name: String, _ help: String) {
        state.withLock { $0.help[name] = help }
    }

    /// A counter; the name gets the suffix `_total` if it has none.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        CounterSeries(series(counterName(label), .counter, dimensions))
    }

    /// A counter of fractions; the name gets the suffix `_total` if it has none.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        CounterSeries(series(counterName(label), .counter, dimensions))
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        GaugeSeries(series(MetricLabel.metricName(label), .gauge, dimensions))
    }

    /// A histogram, or a gauge of the last value where `aggregate` is false.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        let name = MetricLabel.metricName(label)
        return aggregate
            ? HistogramSeries(series(name, .histogram, dimensions, buckets: Self.countBuckets))
            : GaugeSeries(series(name, .gauge, dimensions))
    }

    /// A histogram of seconds; the name gets the suffix `_seconds` if it has none.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = MetricLabel.metricName(label)
        let full = name.hasSuffix("_seconds") ? name : name + "_seconds"
        return HistogramSeries(series(full, .histogram, dimensions, buckets: Self.timeBuckets))
    }

    /// Forgets a counter's series.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    /// Forgets a counter's series.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    /// Forgets a gauge's series.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    /// Forgets a recorder's series.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    /// Forgets a timer's series.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// All metrics in the text exposition format 0.0.4, sorted by name and labels.
    /// Serve it as `text/plain; version=0.0.4; charset=utf-8`.
    public func prometheusText() -> String {
        let (families, help, dropped) = state.withLock { ($0.families, $0.help, $0.dropped) }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += PrometheusText.family(name: name, kind: family.kind, help: help[name], series: family.series)
        }
        text +=
            "# HELP bulletins_metrics_dropped_series_total Series not kept: too many for one name, or a name of two kinds.\n"
        text += "# TYPE bulletins_metrics_dropped_series_total counter\n"
        return text + "bulletins_metrics_dropped_series_total \(dropped)\n"
    }

    private func counterName(_ label: String) -> String {
        let name = MetricLabel.metricName(label)
        return name.hasSuffix("_total") ? name : name + "_total"
    }

    private func series(
        _ name: String,
        _ kind: Kind,
        _ dimensions: [(String, String)],
        buckets standard: [Double] = []
    ) -> MetricSeries {
        let labels = MetricLabel.labels(dimensions)
        let bounds = kind == .histogram ? buckets[name] ?? standard : []
        return state.withLock { state in
            var family = state.families[name] ?? Family(kind: kind)
            if family.kind == kind, let known = family.series[labels] { return known }
            let new = MetricSeries(name: name, labels: labels, bounds: bounds)
            guard family.kind == kind, family.series.count < maximumSeries else {
                state.dropped += 1
                return new
            }
            state.families[name] = nil  // keeps the dictionary's storage unique
            family.series[labels] = new
            state.families[name] = family
            return new
        }
    }

    private func remove(_ handler: AnyObject) {
        guard let series = (handler as? any SeriesOwner)?.series else { return }
        state.withLock { state in
            guard state.families[series.name]?.series[series.labels] === series else { return }
            state.families[series.name]?.series[series.labels] = nil
        }
    }
}
