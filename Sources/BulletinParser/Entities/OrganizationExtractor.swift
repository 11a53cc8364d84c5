import BulletinEvents

/// Finds the organisations that the body names, single and collective, and resolves their full names.
enum OrganizationExtractor {
    static func organizations(in document: DocumentText, reading: EntityReading, place: String?) -> [Organization] {
        var roll = OrganizationRoll()
        var names: [Scalars] = []
        for (index, line) in reading.lines.enumerated() {
            let text = document.paragraphs[index]
            roll.add(reading.organs[index], in: line, of: text, paragraph: index)
            names += reading.organs[index].lazy.filter { $0.form == .single }.map {
                text.scalars(without: line.scan, $0.range)
            }
        }
        return roll.organizations(names: CanonicalNames(place: place, names: names, document: document))
    }
}
