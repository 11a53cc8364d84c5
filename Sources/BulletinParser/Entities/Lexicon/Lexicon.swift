import BulletinText

/// What a word is good for; a word may be several things.
struct WordClass: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// Head of a title: 书记, 副市长, 教授.
    static let title = WordClass(rawValue: 1 << 0)
    /// Title that counts for every member of the list after it: 县领导.
    static let groupTitle = WordClass(rawValue: 1 << 1)
    /// Address that follows a name but is no title: 同志, 先生.
    static let address = WordClass(rawValue: 1 << 2)
    /// A verb or adverb that follows the name of a person.
    static let afterPerson = WordClass(rawValue: 1 << 3)
    /// A word that says something: 强调, 指出.
    static let speech = WordClass(rawValue: 1 << 4)
    /// A word before or after the names of reporters and editors.
    static let byline = WordClass(rawValue: 1 << 5)
    /// A word that no name of an organ or office holds.
    static let boundary = WordClass(rawValue: 1 << 6)
    /// An ordinary word, which may look like a name.
    static let common = WordClass(rawValue: 1 << 7)
    /// A whole organ: 国务院, 市委.
    static let organ = WordClass(rawValue: 1 << 8)
    /// The field an organ works in: 教育, 市场监管.
    static let field = WordClass(rawValue: 1 << 9)
    /// What the name of an organisation ends with: 委员会, 公司.
    static let organSuffix = WordClass(rawValue: 1 << 10)
    /// One character that the name of an organ ends with, only after a field: 局.
    static let organCharacter = WordClass(rawValue: 1 << 11)
    /// What unnamed sets consist of: 部门, 乡镇.
    static let unit = WordClass(rawValue: 1 << 12)
    /// A province, a prefecture or another place known without its suffix.
    static let region = WordClass(rawValue: 1 << 13)
    /// What the names of administrative areas end with: 自治州, 开发区.
    static let regionSuffix = WordClass(rawValue: 1 << 14)
    /// One character that the names of administrative areas end with: 县.
    static let regionCharacter = WordClass(rawValue: 1 << 15)
    /// What the names of venues end with: 宾馆.
    static let venueSuffix = WordClass(rawValue: 1 << 16)
    /// A country or a part of the world.
    static let country = WordClass(rawValue: 1 << 17)
    /// A river, a mountain or another place known by its whole name.
    static let knownPlace = WordClass(rawValue: 1 << 18)
    /// A word that holds the head of a title but is none: 主席台.
    static let notTitle = WordClass(rawValue: 1 << 19)
}

/// The words that the rules for names rest on.
///
/// The built-in lexicon is extended by a text of the same form: sections `[name]`, each followed by words separated
/// by white space; a `#` starts a comment that ends with the line. Words are folded when read, so either script may
/// be used. The sections are those of ``sections`` (words) and ``nameSections`` (surnames and single characters).
struct Lexicon: Sendable {
    /// All words with their classes.
    let words: WordTrie
    /// What each character of the Basic Multilingual Plane is worth within a person's name.
    let characters: [NameCharacter]
    /// Surnames of two characters, as first and second scalar.
    let doubleSurnames: Set<UInt64>

    /// What a character may be within a person's name.
    struct NameCharacter: OptionSet, Sendable {
        let rawValue: UInt8
        /// A surname that millions have.
        static let commonSurname = NameCharacter(rawValue: 1 << 0)
        /// Any surname.
        static let surname = NameCharacter(rawValue: 1 << 1)
        /// Usual in given names.
        static let given = NameCharacter(rawValue: 1 << 2)
        /// Hardly ever in given names.
        static let unlikely = NameCharacter(rawValue: 1 << 3)
        /// First character of a surname of two.
        static let doubleSurname = NameCharacter(rawValue: 1 << 4)
        /// Used to write foreign and minority names by their sound.
        static let transliteration = NameCharacter(rawValue: 1 << 5)
    }

    /// A lexicon text that cannot be read.
    enum ReadError: Error, CustomStringConvertible {
        case unknownSection(String, line: Int)
        case wordOutsideSection(String, line: Int)

        var description: String {
            switch self {
            case .unknownSection(let name, let line):
                "lexicon, line \(line): there is no section [\(name)]; the sections are "
                    + (Lexicon.sections.map(\.name) + Lexicon.nameSections).joined(separator: ", ")
            case .wordOutsideSection(let word, let line):
                "lexicon, line \(line): the word \(word) stands before the first [section]"
            }
        }
    }

    /// The sections of words, with the class that each gives.
    static let sections: [(name: String, class: WordClass)] = [
        ("title", .title), ("title-group", .groupTitle), ("title-soft", .address), ("title-not", .notTitle),
        ("person-verb", .afterPerson), ("speech", .speech), ("reporter", .byline), ("boundary", .boundary),
        ("common", .common), ("organ", .organ), ("field", .field), ("organ-suffix", .organSuffix),
        ("organ-char", .organCharacter), ("unit-word", .unit), ("region", .region),
        ("region-suffix", .regionSuffix), ("region-char", .regionCharacter), ("venue-suffix", .venueSuffix),
        ("country", .country), ("place-known", .knownPlace),
    ]
    /// The sections of characters and surnames.
    static let nameSections = [
        "surname-common", "surname", "surname-double", "given-common", "given-unlikely", "transliteration",
    ]

    /// The lexicon that comes with the program; read once, at first use.
    static let builtIn = Lexicon(entries: BuiltInLexicon.texts.flatMap { (try? entries(of: $0)) ?? [] })

    /// The built-in lexicon with the words of a text added. Throws ``ReadError`` for a text of another form.
    init(extendingBuiltInWith text: String) throws {
        let added = try Self.entries(of: text)
        self.init(entries: BuiltInLexicon.texts.flatMap { (try? Self.entries(of: $0)) ?? [] } + added)
    }

    private typealias Entry = (section: Substring, word: [UInt32])

    private init(entries: [Entry]) {
        var list: [(word: [UInt32], classes: WordClass)] = []
        var characters = [NameCharacter](repeating: [], count: 0x1_0000)
        var doubles: Set<UInt64> = []
        let classes = Dictionary(uniqueKeysWithValues: Self.sections.map { (Substring($0.name), $0.class) })
        list.reserveCapacity(entries.count)
        for (section, word) in entries {
            if let wordClass = classes[section] {
                list.append((word, wordClass))
            } else if section == "surname-double", word.count == 2 {
                doubles.insert(Self.pair(word[0], word[1]))
                characters[Int(word[0] & 0xFFFF)].insert(.doubleSurname)
            } else if let scalar = word.first, scalar < 0x1_0000 {
                switch section {
                case "surname-common": characters[Int(scalar)].formUnion([.commonSurname, .surname])
                case "surname": characters[Int(scalar)].insert(.surname)
                case "given-common": characters[Int(scalar)].insert(.given)
                case "transliteration": characters[Int(scalar)].insert(.transliteration)
                default: characters[Int(scalar)].insert(.unlikely)
                }
            }
        }
        words = WordTrie(list)
        self.characters = characters
        doubleSurnames = doubles
    }

    private static func entries(of text: String) throws -> [Entry] {
        var section: Substring?
        var entries: [Entry] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.prefix { $0 != "#" }
            for word in content.split(whereSeparator: \.isWhitespace) {
                if word.first == "[", word.last == "]" {
                    let name = word.dropFirst().dropLast()
                    guard sections.contains(where: { $0.name == name }) || nameSections.contains(String(name)) else {
                        throw ReadError.unknownSection(String(name), line: number + 1)
                    }
                    section = name
                } else if let section {
                    entries.append((section, word.unicodeScalars.map { Folding.fold($0).value }))
                } else {
                    throw ReadError.wordOutsideSection(String(word), line: number + 1)
                }
            }
        }
        return entries
    }

    @inline(__always)
    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

    /// What a character is worth within a name.
    @inline(__always)
    func character(_ scalar: UInt32) -> NameCharacter {
        scalar < 0x1_0000 ? characters[Int(scalar)] : []
    }

    /// Whether two characters are a surname of two.
    func isDoubleSurname(_ first: UInt32, _ second: UInt32) -> Bool {
        character(first).contains(.doubleSurname) && doubleSurnames.contains(Self.pair(first, second))
    }
}

/// The texts of the built-in lexicon, in the form that users extend it with.
enum BuiltInLexicon {
    static let texts = [names, titles, organs, places, words]
}
