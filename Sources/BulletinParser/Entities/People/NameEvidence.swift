/// What speaks for and against a candidate being a person's name. ``NameWeights`` says how much each counts.
struct NameEvidence: OptionSet, Sendable {
    let rawValue: UInt64

    // What stands before it.
    /// The head of a title: 市长X.
    static let afterTitle = NameEvidence(rawValue: 1 << 0)
    /// A title of several persons: 县领导X.
    static let afterGroupTitle = NameEvidence(rawValue: 1 << 1)
    /// A word that only calls somebody something: 军人X.
    static let afterAddress = NameEvidence(rawValue: 1 << 2)
    /// A name with a title and a separator.
    static let inTitledList = NameEvidence(rawValue: 1 << 3)
    /// A name without a title and a separator.
    static let inList = NameEvidence(rawValue: 1 << 4)
    /// A label that introduces names: 出席：X.
    static let afterLabel = NameEvidence(rawValue: 1 << 5)
    /// A line's start or punctuation.
    static let opensClause = NameEvidence(rawValue: 1 << 6)
    /// A word that no name holds: 在X.
    static let afterWord = NameEvidence(rawValue: 1 << 7)
    /// The name of an organisation: 政法大学X教授.
    static let afterOrgan = NameEvidence(rawValue: 1 << 8)
    /// Anything else.
    static let inside = NameEvidence(rawValue: 1 << 9)

    // Its surname.
    static let commonSurname = NameEvidence(rawValue: 1 << 10)
    static let rareSurname = NameEvidence(rawValue: 1 << 11)
    static let doubleSurname = NameEvidence(rawValue: 1 << 12)
    /// None that is known: 巴特尔.
    static let noSurname = NameEvidence(rawValue: 1 << 13)
    /// One that is a little word too: 于, 向, 和.
    static let wordSurname = NameEvidence(rawValue: 1 << 14)

    // Its length and the characters of the given name.
    static let two = NameEvidence(rawValue: 1 << 15)
    static let three = NameEvidence(rawValue: 1 << 16)
    static let four = NameEvidence(rawValue: 1 << 17)
    static let givenFirst = NameEvidence(rawValue: 1 << 18)
    static let givenLast = NameEvidence(rawValue: 1 << 19)
    static let unlikelyFirst = NameEvidence(rawValue: 1 << 20)
    static let unlikelyLast = NameEvidence(rawValue: 1 << 21)
    /// The last character is a word by itself: 在, 对, 等.
    static let wordLast = NameEvidence(rawValue: 1 << 22)
    /// The last character ends names of places: 镇, 县.
    static let regionLast = NameEvidence(rawValue: 1 << 23)

    // Ordinary words that it is, holds or is cut by.
    /// It is a word: 高度.
    static let isWord = NameEvidence(rawValue: 1 << 24)
    /// Its surname and the next of three characters are a word: 方案好.
    static let opensWithWord = NameEvidence(rawValue: 1 << 25)
    /// Its given name is a word: 李建国.
    static let givenIsWord = NameEvidence(rawValue: 1 << 26)
    /// A word begins in it and ends behind it: 王明强|调.
    static let cutsWordBehind = NameEvidence(rawValue: 1 << 27)
    /// A word begins before it and ends in it: 领导|人重申.
    static let cutsWordBefore = NameEvidence(rawValue: 1 << 28)
    /// A longer word covers it.
    static let isInWord = NameEvidence(rawValue: 1 << 29)
    /// The surname and the next character are a title, an organ or a verb: 任职.
    static let opensWithOffice = NameEvidence(rawValue: 1 << 30)

    // What stands behind it.
    /// Punctuation or the end of the line.
    static let closed = NameEvidence(rawValue: 1 << 31)
    static let beforeSpace = NameEvidence(rawValue: 1 << 32)
    static let beforeTitle = NameEvidence(rawValue: 1 << 33)
    static let beforeAddress = NameEvidence(rawValue: 1 << 34)
    /// A verb of persons of two characters and more: 强调.
    static let beforeVerb = NameEvidence(rawValue: 1 << 35)
    /// A verb or a word of one character: 说, 在.
    static let beforeLittleWord = NameEvidence(rawValue: 1 << 36)
    /// 等: a list of names ends.
    static let beforeEtc = NameEvidence(rawValue: 1 << 37)
    static let beforeDigit = NameEvidence(rawValue: 1 << 38)
    /// 、: a list goes on.
    static let beforeListMark = NameEvidence(rawValue: 1 << 39)
    /// What ends names of places and organs: X镇, X局.
    static let beforeOrgan = NameEvidence(rawValue: 1 << 40)
    /// Another ordinary word.
    static let beforeWord = NameEvidence(rawValue: 1 << 41)
    /// Something that is no word.
    static let beforeUnknown = NameEvidence(rawValue: 1 << 42)

    /// Nothing before it tells a person, nor does anything behind it.
    static let unsupported = NameEvidence(rawValue: 1 << 43)
    /// What is before and behind it tells a person.
    static let supportedTwice = NameEvidence(rawValue: 1 << 44)

    /// The last character ends names of waters, roads and works: 湖, 桥.
    static let placeLast = NameEvidence(rawValue: 1 << 45)

    /// White space between two characters and around them, as lists are padded: 王　伟.
    static let padded = NameEvidence(rawValue: 1 << 46)

    /// The number of pieces of evidence.
    static let count = 47

    /// Evidence before a name that tells a person by itself.
    static let toldBefore: NameEvidence = [
        .afterTitle, .afterGroupTitle, .afterAddress, .inTitledList, .inList, .afterLabel,
    ]
    /// Evidence behind a name that tells a person by itself.
    static let toldBehind: NameEvidence = [.beforeTitle, .beforeAddress, .beforeVerb, .beforeEtc]
}
