import BulletinEvents

/// The mentions of persons, paragraph by paragraph.
struct PeopleIndex {
    /// A place where a person is named.
    struct Mention {
        var range: Range<Int>
        var person: Int
    }

    private let people: [Person]
    private var mentions: [[Mention]]

    init(_ people: [Person], paragraphs: [DocumentText.Line]) {
        self.people = people
        mentions = Array(repeating: [], count: paragraphs.count)
        for (index, person) in people.enumerated() {
            for span in person.mentions {
                guard let paragraph = span.paragraph, mentions.indices.contains(paragraph), span.start < span.end,
                    span.start >= 0, span.end <= paragraphs[paragraph].folded.count
                else { continue }
                mentions[paragraph].append(Mention(range: span.start..<span.end, person: index))
            }
        }
        for paragraph in mentions.indices { mentions[paragraph].sort { $0.range.lowerBound < $1.range.lowerBound } }
    }

    var count: Int { people.count }

    /// Where persons are named in a paragraph, in order.
    func ranges(of paragraph: Int) -> [Range<Int>] { mentions[paragraph].map(\.range) }

    /// The first mention within a range of a paragraph.
    func first(in range: Range<Int>, of paragraph: Int) -> Mention? {
        let all = mentions[paragraph]
        let index = firstIndex(from: range.lowerBound, in: all)
        return index < all.count && all[index].range.upperBound <= range.upperBound ? all[index] : nil
    }

    /// The last mention within a range of a paragraph.
    func last(in range: Range<Int>, of paragraph: Int) -> Mention? {
        let all = mentions[paragraph]
        var index = firstIndex(from: range.upperBound, in: all) - 1
        // A name may reach over the range's end, where a word such as 提要求 begins within it.
        while index >= 0, all[index].range.upperBound > range.upperBound { index -= 1 }
        return index >= 0 && all[index].range.lowerBound >= range.lowerBound ? all[index] : nil
    }

    private func firstIndex(from position: Int, in all: [Mention]) -> Int {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].range.lowerBound < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func name(of mention: Mention) -> String { people[mention.person].name }

    /// The only person, if there is but one.
    var only: String? { people.count == 1 ? people[0].name : nil }

    /// The only person who has a title, as in 县长要求.
    func name(title: String) -> String? {
        let holders = people.filter { person in
            person.roles.contains { $0.hasSuffix(title) && !$0.hasSuffix("副" + title) }
        }
        return holders.count == 1 ? holders[0].name : nil
    }

    /// The only person of that given name, as in 小兰同志.
    func name(given: String) -> String? {
        let holders = people.filter { $0.name.unicodeScalars.count == 3 && $0.name.hasSuffix(given) }
        return holders.count == 1 ? holders[0].name : nil
    }

    /// The person of that surname whose titles hold `title`, as in 王副市长.
    func name(surname: Unicode.Scalar, title: String) -> String? {
        let sameSurname = people.filter { $0.name.unicodeScalars.first == surname && $0.name.unicodeScalars.count > 1 }
        if sameSurname.count == 1 { return sameSurname[0].name }
        return sameSurname.first { $0.roles.contains { $0.contains(title) } }?.name
    }
}
