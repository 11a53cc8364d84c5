/// The name of an organisation, or of an unnamed set of them, found in a paragraph.
struct OrganMention {
    enum Form {
        /// One named organ: 区卫健局.
        case single
        /// An unnamed set: 各镇街, 宣传部门.
        case collective
        /// A member of a list that only the word behind it makes an organ: 榮興 in 榮興、榆樹等鎮街.
        case listed
        /// The same, where the members are territories.
        case territory
    }

    /// Range of the scan.
    var range: Range<Int>
    /// Range of the words of the ``PhraseLine``.
    var words: Range<Int>
    var form: Form
    /// Whether it counts as an organisation: not inside a title, the name of a meeting, or before a noun that it only
    /// qualifies.
    var counts = true
}
