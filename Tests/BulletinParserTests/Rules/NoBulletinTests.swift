import BulletinEvents
import Testing

@testable import BulletinParser

/// Pages that are no bulletins are of kind `other`, or are rejected.
struct NoBulletinTests {
    @Test(arguments: [
        "首页\n政务公开\n关于开展检查的通知 2021-03-02\n关于召开座谈会的通知 2021-03-01\n关于表彰先进的决定 2021-02-28\n更多>>",
        "404 Not Found\n您访问的页面不存在或已被删除\n返回首页",
        "用户登录\n用户名：\n密码：\n验证码：\n忘记密码？ 注册\n请输入用户名和密码。",
        "搜索结果\n共找到 128 条结果\n市政府召开常务会议\n会议强调，各级各部门要…… 2020-01-02\n区政府召开会议\n会议要求，各镇街要…… 2020-01-03\n上一页 1 2 3 下一页",
        "City council holds meeting\nThe mayor said that all departments must strengthen measures.",
        "通知公告\n会议通知\n公示公告\n政策文件\n领导讲话",
        "通知公告\n订阅\nrss\n关于做好防汛工作的通知",
        "您的请求可能存在威胁，已被拦截！\n请完成安全验证\n请拖动滑块完成拼图",
        "加入购物车 立即购买\n防汛沙袋 加厚 帆布\n￥9.90\n请确认收货地址。\n商品评价(1024)",
        "{\"code\":404,\"message\":\"not found\"}",
        "第118章\n市委书记把茶杯放下。下午三点，市委常委会议在市委会议室召开，各位常委参加会议，会议由市长主持。",
        "防火通知\n尊敬的[收文单位或个人]：\n现就防火工作通知如下：\n一、各单位要加强巡查。",
        "xx月xx日，xx乡召开环境整治推进会。会议要求，各村要抓好落实。",
        "会务管理产品技术方案\n来源：某某工程网\n本系统能够提醒与会人员参加会议，会议室门口显示会议状态。",
        "关于代表大会的召集，法律规定，如果常务委员会认为必要，可以临时召集。每届第一次会议由上届常务委员会召集，预备会议由常务委员会主持，并主持大会全体会议进行发言。",
        "议事制度的沿革\n    人大研究 2021年3期\n    关键词：议事规则\n常务委员会会议审议了修正草案，会议决定公开征求意见。",
        "公司喜获多项荣誉\n5月13日，中国建材协会第八届年会在北京召开，重点企业等1000余人参加会议。会上，我公司荣获“排头兵企业”称号。",
        "南路停水通知居民请储水并关注官方公告\n一、停水背景与影响范围\n1.1 停水原因分析\n本次停水主要由于管道老化，需要更换，给居民的生活带来不便。\n二、居民应对措施与储水指南\n建议居民提前储水，按照时间表做好准备。",
        "教育局的科室设置\n教育局通常会包括以下几个科室：\n办公室：负责日常办公、后勤服务等事务性工作，以及行政审批。",
    ])
    func isOther(page: String) throws {
        #expect(try Parsed.bulletin(page).kind == .other)
    }

    @Test func aDisclaimerBelowTheTextIsNoPartOfIt() throws {
        let bulletin = try Parsed.meeting(
            "会议强调，要压实各级责任，加强隐患排查，把各项防范措施落到实处，坚决防范遏制各类事故的发生，确保全县安全生产形势持续稳定向好。",
            "本稿件所含文字、图片和音视频资料，版权均属",
            "某晚报所有，任何媒体、网站或个人未经授权不得转载，违者将依法追究责任。"
        )
        #expect(bulletin.paragraphs.count == 2, "\(bulletin.paragraphs)")
    }

    @Test(arguments: ["", " \n \n", "<html><body><script>location='/a'</script></body></html>"])
    func isRejected(page: String) {
        #expect(throws: ParseError.self) { try Parsed.bulletin(page) }
    }
}
