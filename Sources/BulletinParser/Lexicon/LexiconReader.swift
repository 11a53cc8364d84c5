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
    ///
    /// By scalars: the built-in files are read at each start, and cutting a `String` by characters took ten times as long.
    static func entries(of text: LexiconText) throws(LexiconError) -> [Entry] {
        let scalars = Scalars(text: text.text)
        var section: LexiconSection?
        var entries: [Entry] = []
        var line = 1
        var position = 0
        while position < scalars.count {
            let start = position
            let scalar = scalars[position]
            if isNewline(scalars, at: position) {
                line += 1
                position += 1
            } else if scalar == "#" {
                while position < scalars.count, !isNewline(scalars, at: position) { position += 1 }
            } else if scalar.isWhitespace {
                position += 1
            } else {
                while position < scalars.count, scalars[position] != "#", !scalars[position].isWhitespace {
                    position += 1
                }
                if scalar == "[", scalars[position - 1] == "]" {
                    let name = position - start > 1 ? scalars.text(start + 1..<position - 1) : ""
                    section = try Self.section(named: name, in: text.name, line: line)
                } else if let section {
                    entries.append((section, scalars[start..<position].map { Folding.fold($0).value }))
                } else {
                    throw LexiconError(
                        name: text.name,
                        line: line,
                        problem: "the word \(scalars.text(start..<position)) stands before the first [section]; "
                            + "name its section above it"
                    )
                }
            }
        }
        return entries
    }

    private static func section(named name: String, in text: String, line: Int) throws(LexiconError) -> LexiconSection {
        if let known = LexiconSection(rawValue: name) { return known }
        let all = LexiconSection.allCases.map(\.rawValue).joined(separator: ", ")
        throw LexiconError(
            name: text,
            line: line,
            problem: "there is no section [\(name)]; the sections are \(all)"
        )
    }

    /// Whether a line ends at a scalar; CR LF ends one line, at its second scalar.
    private static func isNewline(_ text: Scalars, at position: Int) -> Bool {
        switch text[position].value {
        case 0x0A...0x0C, 0x85, 0x2028, 0x2029: true
        case 0x0D: position + 1 == text.count || text[position + 1] != "\n"
        default: false
        }
    }
}
