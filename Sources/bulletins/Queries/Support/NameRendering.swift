internal import Console
internal import ReadModel

/// What is known of people, organisations and documents, as people read it.
struct NameRendering {
    let style: TextStyle

    func text(of people: [PersonRow]) -> String {
        blocks(
            people.map { person in
                let head = heading(person.name, person.bulletins, person.directives, person.firstDate, person.lastDate)
                let roles = (person.history ?? []).map { period in
                    "\(dates(period.firstDate, period.lastDate))  \(period.role)"
                }
                let seen = (person.seen ?? []).map {
                    "\($0.date ?? "–")  \($0.id.prefix(12))  \($0.title ?? "(no title)")"
                }
                return [head] + section("Roles", roles) + section("Seen in", seen)
            }
        )
    }

    func text(of organizations: [OrganizationRow]) -> String {
        blocks(
            organizations.map { row in
                let head = heading(row.name, row.bulletins, row.directives, row.firstDate, row.lastDate)
                let names = [row.canonicalName.map { "full name \($0)" }].compactMap { $0 } + row.aliases
                let asked = (row.asked ?? []).map { item in
                    let speaker = item.speaker.map { "\($0): " } ?? ""
                    let deadline = item.deadline.map { " [\($0)]" } ?? ""
                    return "\(item.date ?? "–")  \(item.bulletinId.prefix(12))  \(speaker)\(item.text)\(deadline)"
                }
                return [head] + section(row.collective ? "Names (an unnamed set)" : "Names", names)
                    + section("Asked to", asked)
            }
        )
    }

    func text(of documents: [DocumentRow]) -> String {
        blocks(
            documents.map { row in
                let cited = row.bulletins.map {
                    "\($0.publishedOn ?? "–")  \($0.id.prefix(12))  \($0.title ?? "(no title)")"
                }
                return [style.bold("《\(row.title)》")] + section("Cited by", cited)
            }
        )
    }

    private func blocks(_ blocks: [[String]]) -> String {
        blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private func heading(_ name: String, _ bulletins: Int, _ directives: Int, _ first: String?, _ last: String?)
        -> String
    {
        let counts = "\(count(bulletins, "bulletin")), \(count(directives, "directive"))"
        return style.bold(name) + style.dim("  \(counts), \(dates(first, last))")
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private func dates(_ first: String?, _ last: String?) -> String {
        guard let first, let last else { return "no date" }
        return first == last ? first : "\(first) to \(last)"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [style.dim(title)] + lines.map { "  " + TerminalText.escape($0) }
    }
}
