import BulletinEvents
import BulletinText

/// The paragraphs of a bulletin read for organisations, places and attendance: done once, asked by three extractors.
struct EntityReading {
    let lines: [PhraseLine]
    let organs: [[OrganMention]]
    /// Ranges of the scans.
    let places: [[Range<Int>]]

    init(
        document: DocumentText,
        scans: [LineScan],
        people: [Person],
        titles: [[Range<Int>]],
        place: String?,
        lexicon: Lexicon
    ) {
        var persons = [[(range: Range<Int>, person: Int)]](repeating: [], count: scans.count)
        for (index, person) in people.enumerated() {
            for mention in person.mentions {
                guard let paragraph = mention.paragraph, scans.indices.contains(paragraph) else { continue }
                let range = scans[paragraph].shortened(mention.start..<mention.end)
                if !range.isEmpty { persons[paragraph].append((range, index)) }
            }
        }
        var names = PlaceNames()
        if let place { names.learn(jurisdiction: place) }
        if let title = document.title {
            var line = PhraseLine(scan: LineScan(title, lexicon: lexicon), persons: [], lexicon: lexicon)
            names.read(&line)
        }
        var lines: [PhraseLine] = []
        lines.reserveCapacity(scans.count)
        for (index, scan) in scans.enumerated() {
            persons[index].sort { $0.range.lowerBound < $1.range.lowerBound }
            var line = PhraseLine(scan: scan, persons: persons[index], lexicon: lexicon)
            names.read(&line)
            lines.append(line)
        }
        for index in lines.indices { names.readStems(&lines[index]) }
        self.lines = lines
        var organs: [[OrganMention]] = []
        var places: [[Range<Int>]] = []
        for (index, line) in lines.enumerated() {
            var scanner = OrganScanner(line: line)
            if !line.isAnnex { scanner.run() }
            var mentions = scanner.mentions
            Self.leaveOut(&mentions, ofTitles: titles[index])
            var placeScanner = PlaceScanner(line: line, organs: mentions)
            placeScanner.run()
            Self.leaveOut(&mentions, inside: placeScanner.places, of: line.text)
            for site in placeScanner.listed {
                // Institutions that were looked at, and do nothing themselves.
                for index in mentions.indices
                where site.overlaps(mentions[index].words) { mentions[index].counts = false }
            }
            organs.append(mentions)
            places.append(Self.leaveOut(placeScanner.places, ofTitles: titles[index]))
        }
        self.organs = organs
        self.places = places
    }

    /// 漳河武山段县级河长|某: nor does a place inside such a title.
    private static func leaveOut(_ places: [Range<Int>], ofTitles titles: [Range<Int>]) -> [Range<Int>] {
        guard !titles.isEmpty, !places.isEmpty else { return places }
        return places.filter { place in
            !titles.contains { $0.lowerBound <= place.lowerBound && place.upperBound < $0.upperBound }
        }
    }

    /// An organ inside the title beside somebody's name does not count, whatever else the title holds.
    private static func leaveOut(_ organs: inout [OrganMention], ofTitles titles: [Range<Int>]) {
        var next = 0
        for index in organs.indices {
            let organ = organs[index].range
            while next < titles.count, titles[next].upperBound <= organ.lowerBound { next += 1 }
            guard next < titles.count else { return }
            if titles[next].lowerBound <= organ.lowerBound, organ.upperBound <= titles[next].upperBound {
                organs[index].counts = false
            }
        }
    }

    /// An organ that only begins the name of a venue (市水利局五楼会议室) does not count.
    private static func leaveOut(_ organs: inout [OrganMention], inside places: [Range<Int>], of text: [UInt32]) {
        var next = 0
        for index in organs.indices {
            let organ = organs[index].range
            while next < places.count, places[next].upperBound < organ.upperBound { next += 1 }
            guard next < places.count else { return }
            let isAt = organ.lowerBound > 0 && text[organ.lowerBound - 1] == 0x5728  // 在|政务服务中心|召开
            if places[next].lowerBound <= organ.lowerBound, places[next].count > organ.count || isAt {
                organs[index].counts = false
            }
        }
    }
}

extension LineScan {
    /// A text folded, as scalars.
    static func folded(_ text: String) -> [UInt32] { text.unicodeScalars.map { Folding.fold($0).value } }

    /// The range of the shortened text that a range of the line became.
    func shortened(_ range: Range<Int>) -> Range<Int> {
        let lower = firstIndex(from: range.lowerBound)
        return lower..<max(lower, firstIndex(from: range.upperBound))
    }

    /// The first scalar of the shortened text that stood at `offset` of the line or behind it.
    private func firstIndex(from offset: Int) -> Int {
        var low = 0
        var high = text.count
        while low < high {
            let middle = (low + high) / 2
            if origin[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
