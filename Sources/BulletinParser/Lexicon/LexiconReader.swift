import BulletinText

/// A text that extends the lexicon, and what to call it in messages.
public struct LexiconText: Hashable, Sendable {
    /// A file name.
    public var name: String
    /// Sections with words; see ``Lexicon``.
    public var text: String

    /// A text by its name.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// A lexicon text that cannot be read: where, what, and what to do.
public struct LexiconError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text's name.
    public var name: String
    /// The line, from 1.
    public var line: Int
    /// What is wrong and what to do.
    public var problem: String

    /// One line for people.
    public var description: String { "\(name), line \(line): \(problem)" }
}

/// Reads the form that lexicon files have.
enum LexiconReader {
    typealias Entry = (section: LexiconSection, word: [UInt32])

    /// The words of a text, folded, each with its section.
    static func entries(of text: LexiconText) throws(LexiconError) -> [Entry] {
        var section: LexiconSection?
        var entries: [Entry] = []
        for (index, line) in text.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        {
            for word in line.prefix(while: { $0 != "#" }).split(whereSeparator: \.isWhitespace) {
                if word.first == "[", word.last == "]" {
                    let name = String(word.dropFirst().dropLast())
                    guard let known = LexiconSection(rawValue: name) else {
                        let all = LexiconSection.allCases.map(\.rawValue).joined(separator: ", ")
                        throw LexiconError(
                            name: text.name,
                            line: index + 1,
                            problem: "there is no section [\(name)]; the sections are \(all)"
                        )
                    }
                    section = known
                } else if let section {
                    entries.append((section, word.unicodeScalars.map { Folding.fold($0).value }))
                } else {
                    throw LexiconError(
                        name: text.name,
                        line: index + 1,
                        problem: "the word \(word) stands before the first [section]; name its section above it"
                    )
                }
            }
        }
        return entries
    }
}
