extension ResolvedSettings {
    /// The files that a setting names, each with its text. Throws ``SettingsError`` naming a file that cannot be read.
    public func files(_ setting: Setting<[String]>) throws(SettingsError) -> [(path: String, text: String)] {
        var files: [(path: String, text: String)] = []
        for path in self[setting] {
            files.append((path, try SmallFile.read(path, purpose: "\(setting.key) from \(origin(of: setting))")))
        }
        return files
    }
}
