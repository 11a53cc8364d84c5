import BulletinEvents
import Testing

@testable import BulletinParser

/// Which of names that begin alike is kept is the same whenever a text is read.
struct NameOrderTests {
    /// Each dictionary hashes by a seed of its own, so that a rule that hangs on its order shows within some tries.
    @Test func ofThreeNamesOneBeginsTheOther() {
        let text = "欧阳、欧阳明、欧阳明强"
        let scan = LineScan(DocumentText.Line(text), lexicon: .builtIn)
        let mentions = [(0..<2, 3.0), (3..<6, 2.0), (7..<11, 1.0)].map { range, points in
            NameMention(range: range, titles: [], points: points)
        }
        for _ in 0..<200 {
            var roll = PeopleRoll()
            roll.add(mentions, bylines: [], in: scan, paragraph: 0)
            roll.settle()
            let people = roll.people(in: DocumentText(title: nil, paragraphs: [text]), scans: [scan])
            // 欧阳明强 gives way to 欧阳明, and that to 欧阳.
            #expect(people.map(\.name) == ["欧阳"])
        }
    }
}
