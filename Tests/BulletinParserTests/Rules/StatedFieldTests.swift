import BulletinText
import Testing

@testable import BulletinParser

/// What a crawler states of a document is made up by strangers: any text may stand in any field.
struct StatedFieldTests {
    /// Texts that are empty, become empty once they are cleaned, or consist of nothing but what is cut away.
    static let odd = [
        "", " ", "\u{B}", "\u{0}", "\u{3000}", "\u{200B}", "\u{FEFF}", "\n", ">", "»", "首页>", "首页 > 新闻 > ", "_", "-",
        "|", "（",
        "）", "〔〕", "〔2020〕号", "《", "《》", "\u{1F4F0}", "\u{10FFFF}", "null", "标题", "。", "0", "99999999999999999999",
    ]

    @Test(arguments: odd)
    func anyFieldBearsAnyText(_ text: String) throws {
        let body = Array("关于做好防汛工作的通知\n会议要求，县水利局要落实巡查制度。\n".utf8)
        let fields: [WritableKeyPath<ParserInput.Stated, String?>] = [\.title, \.source, \.date, \.author, \.site]
        for field in fields {
            var stated = ParserInput.Stated()
            stated[keyPath: field] = text
            for bytes in [body, [], Array(text.utf8)] {
                let input = ParserInput(bytes: bytes, stated: stated)
                guard let bulletin = try? BulletinParser().parse(input) else { continue }
                #expect(bulletin.title?.isEmpty != true)
                #expect(bulletin.source?.isEmpty != true)
            }
        }
    }

    @Test func noWordStartsInAnEmptyText() {
        let words = WordTrie(words: "首页 正文")
        #expect(words.match([], at: 0) == nil)
        #expect(words.longestSpaced(in: [], at: 0) == nil)
        #expect(!words.starts(in: Scalars(), at: 0))
        #expect(words.exact(Scalars()) == nil)
        #expect(words.suffix(of: []) == nil)
        #expect(!words.occurs(in: []))
    }
}
