import BulletinEvents

/// Finds who presided, attended or sat in.
enum AttendeeExtractor {
    static func attendees(in document: DocumentText, people: [Person], reading: EntityReading) -> [String] {
        var attendees: [String] = []
        var known: Set<String> = []
        var reader = AttendanceReader()
        for (index, line) in reading.lines.enumerated() {
            reader.read(line, organs: reading.organs[index])
            for attendee in reader.found {
                let name =
                    switch attendee {
                    case .person(let person): people[person].name
                    case .group(let range): document.paragraphs[index].text(without: line.scan, range)
                    }
                if known.insert(name).inserted { attendees.append(name) }
            }
        }
        return attendees
    }
}
