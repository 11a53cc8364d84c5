/// Where the value of a setting came from.
public struct SettingOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The layers that settings come from, the strongest first.
    public enum Layer: String, Hashable, Sendable, CaseIterable {
        /// The command line.
        case flag
        /// An environment variable.
        case environment
        /// The configuration file, or a file of Kafka properties.
        case file
        /// What the program assumes where nothing is said.
        case defaultValue = "default"
    }

    /// The layer.
    public let layer: Layer
    /// The flag, the variable or the file's path; empty for a default.
    public let name: String
    /// The file that the value was read from, where the layer named a file instead of the value itself.
    public let contentsOf: String?

    init(_ layer: Layer, name: String = "", contentsOf: String? = nil) {
        self.layer = layer
        self.name = name
        self.contentsOf = contentsOf
    }

    /// In words: `flag --topic`, `environment variable BULLETINS_TOPIC`, `file bulletins.json`, `default`.
    public var description: String {
        let source =
            switch layer {
            case .flag: "flag \(name)"
            case .environment: "environment variable \(name)"
            case .file: "file \(name)"
            case .defaultValue: "default"
            }
        return contentsOf.map { "\(source), contents of \($0)" } ?? source
    }
}
