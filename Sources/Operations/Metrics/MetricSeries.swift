import CoreMetrics
import Synchronization

/// A name and value that tell series of one metric apart.
struct MetricLabel: Hashable, Comparable {
    var name: String
    var value: String

    static func < (left: MetricLabel, right: MetricLabel) -> Bool {
        (left.name, left.value) < (right.name, right.value)
    }

    /// Dimensions as labels: sorted, names made valid, of two with the same name the last.
    static func labels(_ dimensions: [(String, String)]) -> [MetricLabel] {
        var values: [String: String] = [:]
        for (name, value) in dimensions { values[labelName(name)] = value }
        return values.map { MetricLabel(name: $0.key, value: $0.value) }.sorted()
    }

    /// A metric name may hold ASCII letters, digits, `_` and `:`, and begins with no digit.
    static func metricName(_ label: String) -> String { valid(label, colon: true) }

    private static func labelName(_ name: String) -> String {
        let name = valid(name, colon: false)
        // `le` is the histogram's own, and two underscores in front are Prometheus's.
        return name == "le" || name.hasPrefix("__") ? "label_" + name : name
    }

    private static func valid(_ text: String, colon: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": result.unicodeScalars.append(scalar)
            case "0"..."9":
                if result.isEmpty { result += "_" }
                result.unicodeScalars.append(scalar)
            case ":" where colon: result += ":"
            default: result += "_"
            }
        }
        return result.isEmpty ? "_" : result
    }
}

/// One series: a number, or for histograms the counts of its buckets.
final class MetricSeries: Sendable {
    struct Values {
        /// A counter's or gauge's value, or the sum of a histogram's observations.
        var value = 0.0
        /// Observations per bucket, not cumulated; the last one is beyond every bound.
        var counts: [UInt64]
    }

    let name: String
    let labels: [MetricLabel]
    /// Upper bounds of a histogram's buckets, ascending; empty for the other kinds.
    let bounds: [Double]
    private let state: Mutex<Values>

    init(name: String, labels: [MetricLabel], bounds: [Double]) {
        self.name = name
        self.labels = labels
        self.bounds = bounds
        self.state = Mutex(Values(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var values: Values { state.withLock { $0 } }

    func set(_ value: Double) { state.withLock { $0.value = value } }

    func add(_ amount: Double) { state.withLock { $0.value += amount } }

    func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { values in
            values.value += value
            values.counts[bucket] += 1
        }
    }

    func reset() {
        state.withLock { $0 = Values(counts: Array(repeating: 0, count: bounds.count + 1)) }
    }
}

/// A handler that writes to a series of the registry.
protocol SeriesOwner: AnyObject {
    var series: MetricSeries { get }
}

final class CounterSeries: SeriesOwner, CounterHandler, FloatingPointCounterHandler {
    let series: MetricSeries

    init(_ series: MetricSeries) { self.series = series }

    /// Counters never fall; what would make them fall is ignored.
    func increment(by amount: Int64) {
        if amount > 0 { series.add(Double(amount)) }
    }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { series.add(amount) }
    }

    func reset() { series.reset() }
}

final class GaugeSeries: SeriesOwner, MeterHandler, RecorderHandler {
    let series: MetricSeries

    init(_ series: MetricSeries) { self.series = series }

    func set(_ value: Int64) { series.set(Double(value)) }
    func set(_ value: Double) { series.set(value) }
    func increment(by amount: Double) { series.add(amount) }
    func decrement(by amount: Double) { series.add(-amount) }
    func record(_ value: Int64) { series.set(Double(value)) }
    func record(_ value: Double) { series.set(value) }
}

final class HistogramSeries: SeriesOwner, RecorderHandler, TimerHandler {
    let series: MetricSeries

    init(_ series: MetricSeries) { self.series = series }

    func record(_ value: Int64) { series.observe(Double(value)) }

    func record(_ value: Double) {
        if !value.isNaN { series.observe(value) }
    }

    func recordNanoseconds(_ duration: Int64) { series.observe(Double(duration) / 1e9) }
}
