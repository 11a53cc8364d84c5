import BulletinText
import Foundation
import TestSupport
import Testing

/// What is written as it should be is never edited, however odd it looks to a rule.
@Suite("Clean texts stay as they are")
struct CleanTextTests {
    @Test(
        "texts of other languages, names, classics, code and tables",
        arguments: [
            // Latin with marks.
            "Ænima, Ångström, Škoda, Łódź, Đặng Thị Hằng, Nguyễn Văn Trỗi, İstanbul, Gößweinstein, L’Hôpital’s rôle",
            "«Où êtes-vous ?» — «À Besançon, chez Zoë.» ¿Qué? ¡Olé! 10 € ± 5 %, §§ 3–5, naïveté, Œuvre, façade",
            "Tā zài qūwěi gōngzuò (qū); Lǜ sè fā zhǎn; Běijīng shì Cháoyáng qū.",
            // Japanese and Korean.
            "東京都は新型コロナウイルス感染症の拡大防止のため、区市町村（ku）と連携して対策を講じています。", "ｶﾀｶﾅとひらがな、①②③㈱㈲℡№、ゞ々〆ヶ月、『吾輩は猫である』、ヴァイオリン、ぁぃぅ",
            "서울특별시 강남구청은 코로나19 예방을 위하여 마스크를 착용하고 손을 자주 씻도록 당부하였다.", "大韓民國 서울特別市 江南區廳, 北朝鮮、平壤",
            "Россия и Китай подписали соглашение; Москва, 5 мая. Ελλάδα και Κίνα, Αθήνα. شكرا 中国 שלום ไทย",
            // Rare Han: names and places of the north and the south.
            "龑、翀、旻昊、晟祎、骉、犇、鑫淼焱垚、喆、祎、翊、珺、玥、昶、旸、璟、煜、烨、彧、頔、珝", "出席会议的有：禤某、麴某、逄某、郗某、仝某、厍某、妫某、亓某、缑某、璩某、佴某、笪某、谯某、竺某",
            "蕲春、濉溪、歙县、涿州、郯城、鄄城、邳州、盱眙、亳州、儋州、浚县、莘县、牟平、隰县、鄜州、盩厔、郪江", "𠮷野家、𨭎𨧀𨨏、㐂、䶮、㭎、㛃、䝉古",
            "岽、崬、垌、塱、涌、氹、圳、凼、冚、墟、乪、坣、栥、墘、礐、澚、沔、汈汊湖、漖、滘、塰",
            // Classical and poetry.
            "子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍，不亦君子乎？」", "關關雎鳩，在河之洲。窈窕淑女，君子好逑。參差荇菜，左右流之。",
            "饕餮、魑魅魍魎、齟齬、囹圄、耄耋、蘼蕪、蒹葭、葳蕤、鼉龜、黿鼉、齏粉、罍罌",
            // Readings that writers give.
            "「龘」音ㄉㄚˊ，「彧」音ㄩˋ；《康熙字典》：䨺(duì)", "浙江省樂(yuè)清市與麗(lí)水市交界", "漯河市郾(yǎn)城区、舞阳县",
            "多音字：行(xíng)走、银行(háng)、重(chóng)庆、重(zhòng)要、长(cháng)江、长(zhǎng)大",
            "亳(bó)州、歙(shè)县、蚌(bèng)埠、六(lù)安、砀(dàng)山、枞(zōng)阳、濉(suī)溪、黟(yī)县",
            // Abbreviations and words in parentheses.
            "局(ju)、委(wei)、办(ban)、区(qu)", "中心(center)、办公室(office)、人工智能(AI)、物联网(iot)、公里(km)、吨(t)、千瓦(kw)、克(g)、个(ge)",
            "表(a)、表(b)、图(e)、附件(a)、附件(e)、选项(o)、类(an)",
            // Question marks.
            "办事不出村？能！怎么办?怎么干?钱从哪里来?人往哪里去??", "为什么?！因为……真的?，假的?；好?：行?、可?。完?", "什麼?，為何?！怎樣??這樣?；那樣?：對?、錯?。",
            "FAQ?A：是?B：否", "index.php?id=1&amp=2&page=3#top",
            // Code, addresses, numbers.
            "if (a && b) { return x ? y : z; } // 注释(todo)", "SELECT * FROM 表 WHERE 名='王' AND n<>3; x &= y; p->q",
            "C:\\Users\\张三\\文档(new)\\a.txt http://www.gov.cn/zhengce/?a=1&b=2",
            "&copy=1&reg=2&lt=3 A&B;C &#x; &#99999999; &nosuch; R&D；AT&T；Q&A",
            "序号\t单位\t数量\n1\t教育局\t１２．５％\n2\t卫健局\t3.0%\n合计\t——\t15.5",
            "│1│2│\n├─┼─┤\n└─┴─┘ ▲▼◆■★☆●○◎ →←↑↓ ㎡㎏㎝ ①②③ ⅠⅡⅢ ㈠㈡",
            "ＡＢＣ１２３，．；：？！（）［］｛｝＋－×÷＝％＃＠＆＊", "﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞︰︱︳︴︵︶", "二Ｏ一一年、二○一二年、二〇一三年、二00八年、2〇20",
            "“”‘’\"'「」『』《》〈〉【】〔〕﹁﹂﹃﹄…—～·•‧・",
            "⼀⼆⼈⼤⼭⽔⽕⽊⾦⼟⽇⽉⽣⽰⽬⾏⾛⻓⻔⻢⻩", "豈更車賈滑串句龜龜契金喇", "ﾞﾟ゛゜、中\u{A0}文\u{2003}字\u{3000}段", "👍🏽👨‍👩‍👧‍👦🇨🇳❤️☀️",
        ]
    )
    func stays(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
        // In a longer text, and a line of its own.
        let page = "中国政府网\n\(text)\n责任编辑：王明"
        #expect(TextRepair.repair(page) == RepairedText(text: page, repairs: []))
    }

    @Test("pieces of generated bulletins, in both scripts", arguments: GovernmentText.Script.allCases)
    func pieces(script: GovernmentText.Script) {
        var source = GovernmentText(seed: 77, script: script)
        for _ in 0..<2000 {
            let text = source.text(sentences: 2)
            for length in [5, 10, 20, 30] {
                let piece = String(text.dropFirst(length).prefix(length))
                #expect(TextRepair.repair(piece) == RepairedText(text: piece, repairs: []))
            }
        }
    }

    @Test(
        "real bulletins and pieces of them",
        .enabled(if: RepositoryFiles.shared("gold/real") != nil, "the real texts are not there: ../shared is missing")
    )
    func real() throws {
        let folder = try #require(RepositoryFiles.shared("gold/real"))
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        for file in files where file.pathExtension == "txt" {
            let text = try TextDecoder.decode(Array(Data(contentsOf: file))).text
            let repaired = TextRepair.repair(text)
            // One of them is damaged, and its lines with it.
            guard !repaired.repairs.contains(where: { $0.kind == "pinyin" }) else { continue }
            #expect(repaired == RepairedText(text: text, repairs: []), "\(file.lastPathComponent)")
            for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
                for piece in [String(line), String(line.prefix(12)), String(line.suffix(12))] {
                    #expect(TextRepair.repair(piece) == RepairedText(text: piece, repairs: []))
                }
            }
        }
    }
}
