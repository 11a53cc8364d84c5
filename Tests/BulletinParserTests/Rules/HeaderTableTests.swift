import BulletinEvents
import Testing

@testable import BulletinParser

/// Headers that were tables.
struct HeaderTableTests {
    @Test func valuesInCellsOfTheirOwn() throws {
        let bulletin = try Parsed.bulletin(
            """
            索引号: | 0043/2023-069 | 分类: | |
            发文机关: | 云岭县水利局 | 发文日期: | |
            文 号: | 云水发〔2023〕5号 | 有效性: | |
            云岭县水利局召开防汛工作会议
            12月6日下午，云岭县水利局召开防汛工作会议。会议要求，各站所要加强值守。
            """
        )
        #expect(bulletin.source == "云岭县水利局")
        #expect(bulletin.documentNumber == "云水发〔2023〕5号")
        #expect(bulletin.title == "云岭县水利局召开防汛工作会议")
    }

    @Test func aRowOfLabelsIsNoTitle() throws {
        let bulletin = try Parsed.bulletin(
            """
            文号 索引号 关键词
            主题分类 2025年县政府常务会议 体裁分类 服务对象
            县政府召开第四十四次常务会议
            发布机构：云岭县人民政府 发布时间：2025-12-17
            11月27日，县长苏明远主持召开县政府第44次常务会议。会议要求，各单位要抓好落实。
            """
        )
        #expect(bulletin.title == "县政府召开第四十四次常务会议")
        #expect(bulletin.source == "云岭县人民政府")
    }

    @Test func aDayBehindTheSource() throws {
        let bulletin = try Parsed.bulletin(
            "市委常委会召开会议\n来源：云岭日报 12-03 10:59:39\n12月2日，市委常委会召开会议。会议强调，要抓好落实。"
        )
        #expect(bulletin.source == "云岭日报")
        #expect(bulletin.publishedOn?.description == "--12-03")
    }

    @Test(arguments: [
        ("来源：云岭发布收集编辑：陆海", "云岭发布"), ("来源：云岭新闻网 发布园区：北山物流园区", "云岭新闻网"), ("来源：云岭 发布：", "云岭"),
    ])
    func anotherLabelEndsTheSource(line: String, expected: String) throws {
        let text = "全县防汛工作会议召开\n\(line)\n6月1日，全县防汛工作会议召开。会议强调，要加强值守。"
        #expect(try Parsed.bulletin(text).source == expected)
    }

    @Test func whoSuppliedTheTextMayStandInParentheses() throws {
        let bulletin = try Parsed.bulletin("全县防汛工作会议召开\n6月1日，全县防汛工作会议召开。会议强调，要加强值守。\n（县政协办公室 供稿）")
        #expect(bulletin.source == "县政协办公室")
    }
}
