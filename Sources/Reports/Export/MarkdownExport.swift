public import BulletinEvents

/// A bulletin as a page of Markdown: what is known of it in front, its text, who is to do what.
public enum MarkdownExport {
    /// The file that a bulletin is written to: `2023/2023-05-12-958b2a86d3ca.md`, by its date and its id.
    public static func fileName(of bulletin: Bulletin) -> String {
        let date = [bulletin.publishedOn, bulletin.eventDate].compactMap { $0 }.first { $0.year != nil }
        let id = String(
            bulletin.id.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
                .map(Character.init).prefix(12)
        )
        guard let date, let year = date.year else { return "undated/\(id).md" }
        return "\(year)/\(date)-\(id).md"
    }

    /// The page. The front matter is YAML, each value a JSON string, which YAML 1.2 takes.
    public static func page(of bulletin: Bulletin) -> String {
        var text = "---\n"
        for (name, value) in [
            ("id", bulletin.id), ("title", bulletin.title), ("kind", bulletin.kind.rawValue),
            ("source", bulletin.source), ("issuer", bulletin.issuer), ("documentNumber", bulletin.documentNumber),
            ("publishedOn", bulletin.publishedOn?.description), ("eventDate", bulletin.eventDate?.description),
            ("place", bulletin.place), ("url", bulletin.url),
        ] {
            if let value { text += "\(name): \(quoted(value))\n" }
        }
        text += "---\n\n# \(escaped(bulletin.title ?? "(no title)"))\n"
        for paragraph in bulletin.paragraphs where !paragraph.isEmpty { text += "\n\(escaped(paragraph))\n" }
        section("Directives", bulletin.directives.map(line(of:)), &text)
        section("People", bulletin.people.map { ([$0.name] + $0.roles).joined(separator: "; ") }, &text)
        section(
            "Organisations",
            bulletin.organizations.map { [$0.name, $0.canonicalName].compactMap { $0 }.joined(separator: " = ") },
            &text
        )
        section("Documents", bulletin.documents.map { "《\($0.title)》" }, &text)
        return text
    }

    private static func line(of directive: Directive) -> String {
        let speaker = directive.speaker ?? directive.speakerText ?? "–"
        let responsible = directive.responsible.isEmpty ? "" : " → " + directive.responsible.joined(separator: "; ")
        let deadline = directive.deadline.map { " [\($0)]" } ?? ""
        return "\(speaker)\(responsible)\(deadline): \(directive.text)"
    }

    private static func section(_ title: String, _ entries: [String], _ text: inout String) {
        guard !entries.isEmpty else { return }
        text += "\n## \(title)\n\n" + entries.map { "- \(escaped($0))\n" }.joined()
    }

    /// Text that Markdown shows as it is, on one line.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func quoted(_ text: String) -> String {
        "\""
            + text.unicodeScalars.map { scalar in
                switch scalar {
                case "\"", "\\": "\\\(scalar)"
                case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": " "
                default: String(scalar)
                }
            }.joined() + "\""
    }
}
