import BulletinEvents

/// Finds the persons that the body names, with the titles beside each mention.
enum PeopleExtractor {
    /// - Returns: the persons, and by paragraph where titles of theirs stand, as ranges of the scans.
    static func people(
        in document: DocumentText,
        scans: [LineScan],
        lexicon: Lexicon
    ) -> (people: [Person], titles: [[Range<Int>]]) {
        var roll = PeopleRoll()
        for (index, scan) in scans.enumerated() {
            var sweep = PeopleSweep(scan: scan, lexicon: lexicon)
            sweep.run()
            roll.add(sweep.mentions, bylines: sweep.bylines, in: scan, paragraph: index)
        }
        roll.settle()
        for (index, scan) in scans.enumerated() {
            roll.addFurtherMentions(in: scan, paragraph: index, lexicon: lexicon)
        }
        return (roll.people(in: document, scans: scans), roll.titles(paragraphs: scans.count))
    }
}
