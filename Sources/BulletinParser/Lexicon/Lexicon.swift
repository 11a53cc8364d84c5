import BulletinLexicon
import BulletinText

/// The words that the rules rest on: names, organs, places, titles, and the words by which orders are known.
///
/// The built-in lexicon is extended by texts of the same form, which need no building: sections `[name]`, each followed
/// by words separated by white space; a `#` starts a comment that ends with the line. Words are folded when read, so
/// either script may be used. The sections are those of ``LexiconSection``, explained in `docs/lexicon.md`.
public final class Lexicon: Sendable {
    /// Words of names, titles, organs and places, and those that separate them.
    let words: WordTrie<WordClass>
    /// What each character of the Basic Multilingual Plane is worth within a person's name.
    let characters: [NameCharacter]
    /// Surnames of two characters, as first and second scalar.
    let doubleSurnames: Set<UInt64>
    /// Ordinary words, which names are told from.
    let vocabulary: Vocabulary
    /// Counties without their level, by their first character.
    let counties: [UInt32: [[UInt32]]]
    /// The first characters of ``counties``.
    let countyHeads: FirstCharacters
    /// Words that tell what a sentence does: modals, verbs of speech, imperatives.
    let directiveWords: WordTrie<WordTags>
    /// Ends of noun phrases, backwards: what the head of a phrase denotes.
    let heads: WordTrie<WordTags>
    /// Words between the subject and the verb of an attribution, backwards.
    let trailers: WordTrie<WordTags>

    /// The lexicon that comes with the program; read once, at first use.
    public static let builtIn = Lexicon(entries: builtInEntries)

    /// The built-in lexicon with the words of `texts` added. Throws ``LexiconError`` for a text of another form.
    public convenience init(extendingBuiltInWith texts: [LexiconText]) throws(LexiconError) {
        var entries = Self.builtInEntries
        for text in texts { entries += try LexiconReader.entries(of: text) }
        self.init(entries: entries)
    }

    private static let builtInEntries: [LexiconReader.Entry] = BuiltInLexicon.files.flatMap { name, bytes in
        do throws(LexiconError) {
            return try LexiconReader.entries(of: LexiconText(name: name, text: String(decoding: bytes, as: UTF8.self)))
        } catch {
            // A test reads every built-in file; this text is part of the program.
            preconditionFailure("\(error)")
        }
    }

    private init(entries: [LexiconReader.Entry]) {
        var names: [(word: [UInt32], value: WordClass)] = []
        var directives: [(word: [UInt32], value: WordTags)] = []
        var heads: [(word: [UInt32], value: WordTags)] = []
        var trailers: [(word: [UInt32], value: WordTags)] = []
        var characters = [NameCharacter](repeating: [], count: 0x1_0000)
        var doubles: Set<UInt64> = []
        var ordinary: [[UInt32]] = []
        var counties: [UInt32: [[UInt32]]] = [:]
        names.reserveCapacity(entries.count)
        for (section, word) in entries {
            switch section.use {
            case .name(let wordClass): names.append((word, wordClass))
            case .vocabulary: ordinary.append(word)
            case .county: if let first = word.first { counties[first, default: []].append(word) }
            case .directive(let tags): directives.append((word, tags))
            case .head(let tags): heads.append((word.reversed(), tags))
            case .trailer(let tags): trailers.append((word.reversed(), tags))
            case .character(let value):
                if let scalar = word.first, scalar < 0x1_0000 { characters[Int(scalar)].formUnion(value) }
            case .doubleSurname:
                guard word.count == 2, word[0] < 0x1_0000 else { continue }
                doubles.insert(Self.pair(word[0], word[1]))
                characters[Int(word[0])].insert(.doubleSurname)
            }
        }
        words = WordTrie(uniting: names)
        vocabulary = Vocabulary(ordinary)
        directiveWords = WordTrie(uniting: directives)
        self.heads = WordTrie(uniting: heads)
        self.trailers = WordTrie(uniting: trailers)
        self.characters = characters
        self.counties = counties
        countyHeads = FirstCharacters(counties.keys)
        doubleSurnames = doubles
    }

    @inline(__always)
    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

    /// What a character is worth within a name.
    @inline(__always)
    func character(_ scalar: UInt32) -> NameCharacter {
        scalar < 0x1_0000 ? characters[Int(scalar)] : []
    }

    /// The length of the longest county's name, without its level, that stands at a place; 0 for none.
    func countyLength(in text: [UInt32], at place: Int) -> Int {
        guard place < text.count, countyHeads.mayContain(text[place]), let names = counties[text[place]] else {
            return 0
        }
        return names.reduce(0) { text[place...].starts(with: $1) ? max($0, $1.count) : $0 }
    }

    /// Whether two characters are a surname of two.
    func isDoubleSurname(_ first: UInt32, _ second: UInt32) -> Bool {
        character(first).contains(.doubleSurname) && doubleSurnames.contains(Self.pair(first, second))
    }
}

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
    /// Ends names of waters, roads, works and other places: 湖, 桥.
    static let placeEnd = NameCharacter(rawValue: 1 << 6)
}
