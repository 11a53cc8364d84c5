/// What the name of a file tells of what is in it.
enum FileName {
    /// Extensions of documents.
    static let pages: Set<String> = ["txt", "text", "html", "htm", "xhtml", "shtml"]
    /// Extensions of documents and dumps.
    static let documents = pages.union(["json", "jsonl", "ndjson"])

    /// Whether a folder or an archive is searched for files of this name: `a.txt`, `a.txt.gz`, `a.tar`, `a.tgz`; no
    /// hidden ones.
    static func isWanted(_ path: String) -> Bool {
        let parts = name(of: path).lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] != "", let last = parts.last else { return false }
        let inner = parts.dropLast().last.map(String.init) ?? ""
        switch last {
        case "tar", "tgz": return true
        case "gz": return parts.count >= 3 && (inner == "tar" || documents.contains(inner))
        default: return documents.contains(String(last))
        }
    }

    /// The extension that counts, `.gz` left aside.
    static func documentExtension(of path: String) -> String {
        var parts = name(of: path).lowercased().split(separator: ".").dropFirst()
        if parts.last == "gz" { parts = parts.dropLast() }
        return parts.last.map(String.init) ?? ""
    }

    /// A name without its extension, if that is one of `extensions`. In bytes: as text, two names in another encoding
    /// than UTF-8 may look the same.
    static func stem(of name: [UInt8], in extensions: Set<String>) -> ArraySlice<UInt8>? {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let ending = String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
        return extensions.contains(ending) ? name[..<dot] : nil
    }

    private static func name(of path: String) -> Substring {
        path.split(separator: "/").last ?? ""
    }
}
