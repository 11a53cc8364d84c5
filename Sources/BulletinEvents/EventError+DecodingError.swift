extension EventError {
    /// Says in one line what JSON decoding missed and where, by the path of fields; never shows values.
    init(reading error: DecodingError) {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            var text = ""
            for key in context.codingPath + (last.map { [$0] } ?? []) {
                if let index = key.intValue {
                    text += "[\(index)]"
                } else {
                    text += (text.isEmpty ? "" : ".") + key.stringValue
                }
            }
            return text.isEmpty ? "the value" : text
        }
        switch error {
        case .keyNotFound(let key, let context):
            self.init(stage: .validate, reason: .schemaViolation, message: "\(path(context, key)) is missing")
        case .typeMismatch(let type, let context):
            self.init(stage: .validate, reason: .schemaViolation, message: "\(path(context)) is no \(type)")
        case .valueNotFound(let type, let context):
            self.init(stage: .validate, reason: .schemaViolation, message: "\(path(context)) is null, not \(type)")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self.init(stage: .decode, reason: .invalidJSON, message: "the value is no JSON")
        case .dataCorrupted(let context):
            self.init(
                stage: .validate,
                reason: .schemaViolation,
                message: "\(path(context)) has a value that the contract does not allow"
            )
        @unknown default:
            self.init(stage: .decode, reason: .invalidJSON, message: "the value cannot be read")
        }
    }
}
