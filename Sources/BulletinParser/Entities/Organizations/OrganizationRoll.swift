import BulletinEvents

/// Gathers the mentions of all paragraphs into organisations.
struct OrganizationRoll {
    private var organizations: [Organization] = []
    private var index: [[UInt32]: Int] = [:]

    mutating func add(_ mentions: [OrganMention], in line: PhraseLine, of text: DocumentText.Line, paragraph: Int) {
        for mention in mentions where mention.counts {
            let key = Array(line.text[mention.range])
            let position: Int
            if let known = index[key] {
                position = known
            } else {
                position = organizations.count
                index[key] = position
                organizations.append(
                    Organization(
                        name: text.text(without: line.scan, mention.range),
                        collective: mention.form == .collective
                    )
                )
            }
            let range = line.scan.original(mention.range)
            organizations[position].mentions.append(
                Span(paragraph: paragraph, start: range.lowerBound, end: range.upperBound)
            )
        }
    }

    /// The organisations in order of their first mention, with their full names where those are known.
    func organizations(names: CanonicalNames) -> [Organization] {
        organizations.map { organization in
            var organization = organization
            if !organization.collective { organization.canonicalName = names.canonicalName(of: organization.name) }
            return organization
        }
    }
}
