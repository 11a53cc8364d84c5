internal import HTTPService
internal import Metrics

/// What intake tells Prometheus; names in ``ServiceMetrics/catalogue``.
struct IntakeMetrics: Sendable {
    func count(_ result: Result<Intake.Receipt, Refusal>, _ way: Intake.Way) {
        switch result {
        case .success(let receipt):
            switch receipt.acceptance {
            case .accepted: counter("accepted", [("via", way.rawValue)]).increment()
            case .unchanged: counter("unchanged", [("via", way.rawValue)]).increment()
            }
        case .failure(let refusal): refused(refusal, way)
        }
    }

    func withdrawn(_ acceptance: Acceptance) {
        switch acceptance {
        case .accepted: counter("withdrawn", []).increment()
        case .unchanged: break
        }
    }

    func refused(_ refusal: Refusal, _ way: Intake.Way) {
        counter("refused", [("reason", refusal.code.rawValue), ("via", way.rawValue)]).increment()
    }

    private func counter(_ name: String, _ dimensions: [(String, String)]) -> Metrics.Counter {
        Metrics.Counter(label: "bulletins_ingestor_\(name)_total", dimensions: dimensions)
    }
}
