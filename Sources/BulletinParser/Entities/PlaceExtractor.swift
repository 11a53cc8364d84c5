/// Finds geographic names and venues.
enum PlaceExtractor {
    static func places(in document: DocumentText, reading: EntityReading) -> [String] {
        var places: [String] = []
        var known: Set<String> = []
        for (index, line) in reading.lines.enumerated() {
            for range in reading.places[index] {
                let name = document.paragraphs[index].text(without: line.scan, range)
                if known.insert(name).inserted { places.append(name) }
            }
        }
        return places
    }
}
