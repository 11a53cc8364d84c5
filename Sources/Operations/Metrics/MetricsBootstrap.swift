import CoreMetrics

/// Sets up swift-metrics for a process.
public enum MetricsBootstrap {
    /// Keeps the metrics of the whole process in a registry. Once, before the first metric is made.
    /// - Parameters:
    ///   - descriptions: what the service's own metrics mean; those of the process are always described.
    ///   - buckets: upper bounds of histograms that the usual ones do not fit, by name.
    public static func start(
        describing descriptions: [MetricDescription],
        buckets: [String: [Double]] = [:]
    ) -> MetricsRegistry {
        let registry = MetricsRegistry(buckets: buckets)
        for description in MetricDescription.process + descriptions {
            registry.describe(description.name, description.help)
        }
        MetricsSystem.bootstrap(registry)
        return registry
    }
}
