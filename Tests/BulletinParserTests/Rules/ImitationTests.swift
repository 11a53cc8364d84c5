import BulletinEvents
import Testing

@testable import BulletinParser

/// Pages that speak of meetings and notices as such, and are none.
struct ImitationTests {
    @Test(arguments: [
        // Rules of procedure.
        "局务例会制度\n一、局务例会每周一召开一次，由局长或委托的副局长主持。\n二、参会人员不得无故缺席。",
        "为提高例会质量，特制定本制度。\n一、例会一般每两周召开一次，必要时随时召开。\n二、与会人员须按时参加，因故不能到会的须请假。",
        "第一条 为了规范河道采砂，结合本地实际，制定本规定。\n第二条 任何单位和个人不得擅自采砂。",
        // Samples and blanks to fill in.
        "防汛值班通知\n下面是小编为大家整理的防汛值班通知，仅供参考，希望对大家有所帮助。\n各单位：\n请严格落实值班制度。",
        "XX县防汛抗旱应急预案\n一、总则\n各部门要做好水旱灾害防范工作，最大程度减少损失。",
        "关于开展检查的通知\n各部门：\nxx县安委会定于20xx年5月开展检查，请各单位做好准备。",
        // What such papers are.
        "会议纪要是一种正式公文，用于记录会议的议定事项。会议纪要要简明扼要，参加会议的人员要签字。",
        // A paper of a journal.
        "山地林场防火对策研究\n摘要：本文分析了山地林场的防火工作。\n关键词：林场；防火\n中图分类号：S762\n防火工作会议指出，各林场要加强巡护。会议强调，要落实责任。",
        // A thread of a forum.
        "找回密码\n立即注册\n查看: 12|回复: 3\n市政府召开常务会议\n发表于 2021-3-4 09:00 | 显示全部楼层 |阅读模式\n会议强调，各部门要加强调度。会议要求，各县区要抓好落实。",
    ])
    func isOther(page: String) throws {
        let bulletin = try Parsed.bulletin(page)
        #expect(bulletin.kind == .other, "\(bulletin.title ?? "no title")")
    }

    @Test(arguments: [
        // The same sorts of papers where somebody issues them.
        "云岭县人民政府关于印发云岭县河道采砂管理办法的通知\n云政发〔2021〕3号\n各乡镇人民政府：\n现将《云岭县河道采砂管理办法》印发给你们，请遵照执行。\n云岭县人民政府\n2021年3月1日",
        "来源：云岭县水利局 发布时间：2021-03-01\n云岭县河道采砂管理办法\n第一条 为规范采砂，制定本办法。\n第二条 任何单位和个人不得擅自采砂。",
    ])
    func isNotice(page: String) throws {
        #expect(try Parsed.bulletin(page).kind == .notice)
    }

    @Test func aPlacardAboveTheTextMakesItANotice() throws {
        let bulletin = try Parsed.bulletin(
            "这条路明天起封闭！\n2021-03-16 来源：云岭发布\n通 告\n因雨水管网改造，北门路自3月20日起封闭施工，过往车辆请绕行。\n特此通告\n云岭县住建局"
        )
        #expect(bulletin.kind == .notice)
    }
}
