/// What a word tells of the sentence it stands in.
struct WordTags: OptionSet, Sendable {
    let rawValue: UInt32

    /// Obliges by itself: 要, 必须, 应当, 不得, 请.
    static let modal = WordTags(rawValue: 1 << 0)
    /// Obliges only inside a passage that gives orders: 确保, 一律, 需.
    static let weakModal = WordTags(rawValue: 1 << 1)
    /// A modal word that stands before the party it addresses: 请各单位, 希望各部门, 责令该企业.
    static let addressing = WordTags(rawValue: 1 << 2)
    /// A verb that opens an imperative sentence: 加强, 落实, 开展.
    static let verb = WordTags(rawValue: 1 << 3)
    /// An adverb that opens an imperative sentence or follows its subject: 切实, 认真, 进一步.
    static let adverb = WordTags(rawValue: 1 << 4)
    /// A preposition that follows a subject and opens an adverbial: 对, 在, 按照, 围绕.
    static let preposition = WordTags(rawValue: 1 << 5)
    /// A verb of speech that opens a passage of orders: 要求, 强调, 责成.
    static let orders = WordTags(rawValue: 1 << 6)
    /// A verb of speech that may open orders or statements: 指出, 表示.
    static let states = WordTags(rawValue: 1 << 7)
    /// A verb of handing something on, whose object names what follows: 提出…要求.
    static let gives = WordTags(rawValue: 1 << 8)
    /// What is handed on: 要求, 意见.
    static let given = WordTags(rawValue: 1 << 9)
    /// Tells that something has happened or is so: 听取了, 已, 据悉.
    static let narrative = WordTags(rawValue: 1 << 10)
    /// A word or phrase before the subject: 同时, 目前, 其中.
    static let connective = WordTags(rawValue: 1 << 11)
    /// A copula at the head of an evaluation: 是, 具有, 关系到.
    static let copula = WordTags(rawValue: 1 << 12)
    /// Rules a sentence out: a definition, an entry into force, the office that explains.
    static let provision = WordTags(rawValue: 1 << 13)
    /// Announces what the issuer itself will do: 将, 下一步.
    static let future = WordTags(rawValue: 1 << 14)
    /// Closes an attendance line: 参加会议, 陪同.
    static let attendance = WordTags(rawValue: 1 << 15)
    /// A pronoun for a person spoken of before: 他, 她.
    static let pronoun = WordTags(rawValue: 1 << 16)
    /// A quantifier that opens a party: 各, 有关, 全体.
    static let quantifier = WordTags(rawValue: 1 << 17)

    /// A verb that begins names of offices and groups as well: 宣传部门, 监督机构.
    static let office = WordTags(rawValue: 1 << 23)

    /// Hides other words and tells nothing itself: 重要.
    static let mask = WordTags(rawValue: 1 << 26)

    // Punctuation, as tokens of its own.
    static let comma = WordTags(rawValue: 1 << 24)
    static let colon = WordTags(rawValue: 1 << 25)

    /// An order by itself or inside a passage of orders.
    static let anyModal: WordTags = [.modal, .weakModal]
    /// A word that opens an imperative.
    static let imperative: WordTags = [.verb, .adverb]
    /// A verb of speech of either kind.
    static let speech: WordTags = [.orders, .states]
}

extension WordTags {
    /// The head of an organ's name.
    static let organ = WordTags(rawValue: 1 << 18)
    /// The head of a group of people.
    static let group = WordTags(rawValue: 1 << 19)
    /// A meeting.
    static let meeting = WordTags(rawValue: 1 << 20)
    /// A document.
    static let paper = WordTags(rawValue: 1 << 21)
    /// A person's title.
    static let title = WordTags(rawValue: 1 << 22)
    /// What can be made responsible.
    static let party: WordTags = [.organ, .group]
}
