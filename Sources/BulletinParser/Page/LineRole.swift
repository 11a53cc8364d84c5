/// What a line of a page is, judged by itself.
enum LineRole: Sendable, Equatable {
    /// Running text: it has a full stop, or is long.
    case prose
    /// 各市、县人民政府：— a line of running text by what it says, although short.
    case salutation
    /// Label fields of a header or footer.
    case fields
    /// A date and nothing else.
    case date
    /// A document number and nothing else.
    case number
    /// 首页 > 政务公开 > 通知公告.
    case breadcrumb
    /// An entry of a list of pages, with its date: `·关于…的通知 [2020-07-02]`.
    case item
    /// Navigation, widgets, banners.
    case junk
    /// The begin of what stands below a text: 上一篇, 相关链接, 版权所有.
    case tail
    /// A line that is a footer if no text follows: 联系电话, 主办单位.
    case weakTail
    /// 一、总体要求 and the like.
    case heading
    /// Any other short line: a title, a signature, an item of a menu.
    case text
}

/// A line with what was found in it.
struct ReadLine: Sendable {
    var line: PageLine
    var role: LineRole
    /// The label fields, for lines of that role.
    var fields: [Field]
    /// A date without label, in lines of the roles `fields` and `date`.
    var date: FoundDate?
    /// What stands before the first field or the date, if it is more than decoration.
    var lead: Range<Int>?
}
