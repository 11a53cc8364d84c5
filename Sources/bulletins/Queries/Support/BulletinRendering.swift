internal import BulletinEvents
internal import Console
internal import ReadModel

/// A bulletin as people read it: header, text, then what was extracted.
struct BulletinRendering {
    let style: TextStyle

    /// For csv and markdown, which hold one line a bulletin.
    static var columns: [Column<BulletinDetail>] {
        [
            Column("id", value: { $0.bulletin.id }),
            Column("kind", value: { $0.bulletin.kind.rawValue }),
            Column("title", isFlexible: true, value: { $0.bulletin.title }),
            Column("source", value: { $0.bulletin.source }),
            Column("publishedOn", value: { $0.bulletin.publishedOn?.description }),
            Column("eventDate", value: { $0.bulletin.eventDate?.description }),
            Column("documentNumber", value: { $0.bulletin.documentNumber }),
            Column("url", value: { $0.bulletin.url }),
            Column("revision", value: { $0.revision }),
            Column("text", isFlexible: true, value: { $0.bulletin.paragraphs.joined(separator: "\n") }),
        ]
    }

    func text(of detail: BulletinDetail) -> String {
        let bulletin = detail.bulletin
        var lines = [style.bold(bulletin.title ?? "(no title)")]
        let revision = detail.revisions > 1 ? "revision \(detail.revision) of \(detail.revisions)" : nil
        lines.append(
            style.dim(
                [
                    bulletin.kind.rawValue, bulletin.source, bulletin.publishedOn?.description, bulletin.documentNumber,
                    bulletin.eventDate.map { "held \($0)" }, revision, detail.withdrawn.map { _ in "WITHDRAWN" },
                ].compactMap(\.self).joined(separator: " · ")
            )
        )
        lines.append(style.dim("id \(bulletin.id)"))
        if let url = bulletin.url { lines.append(style.dim(url)) }
        for (index, paragraph) in bulletin.paragraphs.enumerated() {
            lines.append("")
            lines.append(style.render(paragraph, marks: marks(in: bulletin, paragraph: index)))
        }
        section("People", bulletin.people.map { entry($0.name, $0.roles) }, &lines)
        section(
            "Organisations",
            bulletin.organizations.map { entry($0.name, [$0.canonicalName].compactMap(\.self)) },
            &lines
        )
        section("Documents", bulletin.documents.map { TerminalText.escape("《\($0.title)》") }, &lines)
        section("Directives", bulletin.directives.map(line(of:)), &lines)
        section("Attendees", bulletin.attendees.map { TerminalText.escape($0) }, &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Where clauses, organisations and people stand in a paragraph.
    private func marks(in bulletin: Bulletin, paragraph: Int) -> [(range: Range<Int>, mark: TextStyle.Mark)] {
        func places(_ spans: [Span], _ mark: TextStyle.Mark) -> [(range: Range<Int>, mark: TextStyle.Mark)] {
            spans.filter { $0.paragraph == paragraph && $0.start <= $0.end }.map { ($0.start..<$0.end, mark) }
        }
        return places(bulletin.directives.compactMap(\.span), .directive)
            + places(bulletin.organizations.flatMap(\.mentions), .organization)
            + places(bulletin.people.flatMap(\.mentions), .person)
    }

    private func section(_ title: String, _ entries: [String], _ lines: inout [String]) {
        guard !entries.isEmpty else { return }
        lines += ["", style.bold(title)] + entries.map { "  " + $0 }
    }

    private func entry(_ name: String, _ details: [String]) -> String {
        TerminalText.escape(details.isEmpty ? name : "\(name) (\(details.joined(separator: "; ")))")
    }

    private func line(of directive: Directive) -> String {
        let speaker = directive.speaker ?? directive.speakerText ?? "–"
        let responsible = directive.responsible.isEmpty ? "" : " → " + directive.responsible.joined(separator: "; ")
        let deadline = directive.deadline.map { " [\($0)]" } ?? ""
        return TerminalText.escape("\(directive.sequence + 1). \(speaker)\(responsible)\(deadline): \(directive.text)")
    }
}
