extension Duration {
    /// For librdkafka's `int timeout_ms`: rounded up, never negative (-1 would mean "for ever"), clamped to a day.
    var timeoutMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let day: Int64 = 86_400
        guard seconds < day else { return Int32(day * 1000) }
        let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(seconds * 1000 + fraction)
    }
}
