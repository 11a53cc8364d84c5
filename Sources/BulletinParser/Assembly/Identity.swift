internal import Crypto
import BulletinText

/// Derives the identity and the content hash of a bulletin.
enum Identity {
    /// SHA-256 over the first of these that there is, 32 hexadecimal digits of it: the canonical URL; source, date and
    /// title, folded; the text, folded.
    static func id(url: String?, source: String?, date: String?, title: String?, paragraphs: [String]) -> String {
        var hash = SHA256()
        if let url, let canonical = CanonicalURL.canonical(url) {
            add(&hash, "url", canonical)
        } else if let title, source != nil || date != nil {
            add(&hash, "header", folded(source ?? ""))
            add(&hash, "date", date ?? "")
            add(&hash, "title", folded(title))
        } else {
            add(&hash, "title", folded(title ?? ""))
            for paragraph in paragraphs { add(&hash, "text", folded(paragraph)) }
        }
        return String(hexadecimal(hash.finalize()).prefix(32))
    }

    /// SHA-256 over what a reader sees; each part carries its name and length, so that no two contents run together.
    static func contentHash(title: String?, source: String?, dates: [String?], paragraphs: [String]) -> String {
        var hash = SHA256()
        add(&hash, "title", title)
        add(&hash, "source", source)
        for date in dates { add(&hash, "date", date) }
        for paragraph in paragraphs { add(&hash, "paragraph", paragraph) }
        return hexadecimal(hash.finalize())
    }

    private static func folded(_ text: String) -> String {
        Scalars(text: text).withoutBlanks.folded.text
    }

    private static func add(_ hash: inout SHA256, _ name: String, _ value: String?) {
        update(&hash, name)
        update(&hash, ":")
        update(&hash, value.map { String($0.utf8.count) } ?? "null")
        update(&hash, ":")
        if let value { update(&hash, value) }
    }

    private static func update(_ hash: inout SHA256, _ text: String) {
        var text = text
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        for byte in digest {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

/// Makes one URL of the many that lead to the same page.
enum CanonicalURL {
    private static let tracking: Set<String> = [
        "spm", "from", "fromid", "isappinstalled", "share", "share_token", "timestamp", "tdsourcetag", "scene", "gclid",
        "fbclid",
        "chksm", "nsukey", "sukey", "wxshare_count",
    ]

    /// Scheme and host in lower case; without fragment, default port and tracking parameters. Nil if this is no
    /// http(s) URL with a host.
    static func canonical(_ url: String) -> String? {
        let trimmed = url.unicodeScalars.drop(while: \.isBlank)
        var text = String(String.UnicodeScalarView(trimmed))
        while let last = text.unicodeScalars.last, last.isBlank { text.unicodeScalars.removeLast() }
        guard let colon = text.range(of: "://") else { return nil }
        let scheme = text[..<colon.lower].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        var rest = text[colon.upper...]
        if let hash = rest.firstIndex(of: "#") { rest = rest[..<hash] }
        let pathStart = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var host = rest[..<pathStart].lowercased()
        if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
        let port = scheme == "http" ? ":80" : ":443"
        if host.hasSuffix(port) { host.removeLast(port.count) }
        guard !host.isEmpty else { return nil }
        var path = rest[pathStart...]
        var query: Substring = ""
        if let mark = path.firstIndex(of: "?") {
            query = path[path.index(after: mark)...]
            path = path[..<mark]
        }
        let kept = query.split(separator: "&").filter { parameter in
            let name = parameter.prefix { $0 != "=" }.lowercased()
            return !name.hasPrefix("utm_") && !tracking.contains(name)
        }
        let canonicalPath = path.isEmpty ? "/" : String(path)
        return "\(scheme)://\(host)\(canonicalPath)" + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }
}

extension String {
    /// Where `needle` stands, without Foundation.
    fileprivate func range(of needle: String) -> (lower: Index, upper: Index)? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(needle) { return (index, self.index(index, offsetBy: needle.count)) }
            index = self.index(after: index)
        }
        return nil
    }
}
