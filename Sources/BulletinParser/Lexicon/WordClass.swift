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
    /// A word that, with a colon, introduces names: 出席：, 联系人：.
    static let nameLabel = WordClass(rawValue: 1 << 20)
}
