/// Prometheus's text exposition format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
enum PrometheusText {
    /// One metric with all its series.
    static func family(
        name: String,
        kind: MetricsRegistry.Kind,
        help: String?,
        series: [[MetricLabel]: MetricSeries]
    ) -> String {
        guard !series.isEmpty else { return "" }
        var text = help.map { "# HELP \(name) \(escapeHelp($0))\n" } ?? ""
        text += "# TYPE \(name) \(kind.rawValue)\n"
        for (labels, series) in series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let values = series.values
            switch kind {
            case .counter, .gauge: text += "\(name)\(braces(labels)) \(number(values.value))\n"
            case .histogram: text += histogram(name: name, labels: labels, bounds: series.bounds, values: values)
            }
        }
        return text
    }

    private static func histogram(
        name: String,
        labels: [MetricLabel],
        bounds: [Double],
        values: MetricSeries.Values
    ) -> String {
        var text = ""
        var cumulated: UInt64 = 0
        for (bound, count) in zip(bounds.map(number) + ["+Inf"], values.counts) {
            cumulated += count
            text += "\(name)_bucket\(braces(labels + [MetricLabel(name: "le", value: bound)])) \(cumulated)\n"
        }
        text += "\(name)_sum\(braces(labels)) \(number(values.value))\n"
        text += "\(name)_count\(braces(labels)) \(cumulated)\n"
        return text
    }

    private static func braces(_ labels: [MetricLabel]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escapeValue($0.value))\"" }.joined(separator: ",") + "}"
    }

    /// Whole numbers without a fraction; the rest as Go reads it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        // Beyond 2^53 a Double no longer holds every whole number.
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
        return String(value)
    }

    private static func escapeHelp(_ text: String) -> String { escape(text, quotes: false) }

    private static func escapeValue(_ text: String) -> String { escape(text, quotes: true) }

    /// By scalar, not by character: a quotation mark with an accent on it still ends a label value.
    private static func escape(_ text: String, quotes: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\"" where quotes: result.append(contentsOf: "\\\"".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
