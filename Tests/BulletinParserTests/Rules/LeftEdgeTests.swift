import BulletinEvents
import Testing

@testable import BulletinParser

/// Where names begin, when their first words are words elsewhere too.
struct LeftEdgeTests {
    @Test(arguments: [
        ("县教育局、公安云岭分局负责人作了汇报。", "公安云岭分局"),
        ("公安局、责任区交警中队负责人参加会议。", "责任区交警中队"),
        ("县防指办通报了雨情。", "县防指办"),
        ("县纪委驻县委宣传部纪检监察组通报了情况。", "县纪委驻县委宣传部纪检监察组"),
        ("市委教育工委通报了情况。", "市委教育工委"),
        ("县教育局、文教卫体局负责人参加会议。", "文教卫体局"),
        ("县农村环境整治整县推进工作领导小组作出部署。", "县农村环境整治整县推进工作领导小组"),
        ("省级医疗服务监管联席会议办公室通报了情况。", "省级医疗服务监管联席会议办公室"),
        ("县住建局安委办通报了事故情况。", "县住建局安委办"),
        ("县“平安校园”工作领导小组通报了情况。", "县“平安校园”工作领导小组"),
    ])
    func organs(sentence: String, name: String) throws {
        let found = try Parsed.meeting(sentence).organs
        #expect(found.contains(name), "\(found)")
    }

    @Test(arguments: [
        "会议要求进一步压实部门责任。", "学校要紧密围绕学校中心工作抓好落实。", "要加强民办幼儿园的专项整治，努力建设法治政府。",
        "县公安局、县水利局等12个部门总部署、总动员。",
    ])
    func wordsThatOnlyEndLikeNames(sentence: String) throws {
        let bulletin = try Parsed.meeting(sentence)
        #expect(Set(bulletin.organs).isSubset(of: ["县公安局", "县水利局"]), "\(bulletin.organs)")
        #expect(bulletin.sets.isEmpty, "\(bulletin.sets)")
    }

    @Test func whoWroteTheReportIsNoOrganOfIt() throws {
        let bulletin = try Parsed.bulletin(
            "云岭新闻网--云岭报讯 5月11日，县委召开会议，县教育局汇报了工作。(云岭县融媒体中心记者 向春山)"
        )
        #expect(bulletin.organs.contains("县教育局"))
        #expect(!bulletin.organs.contains { $0.contains("新闻网") || $0.contains("融媒体") }, "\(bulletin.organs)")
    }

    @Test(arguments: [
        ("县医疗队前方指挥部副总指挥、云南医科大学附属第一医院院长向春山出席会议。", "向春山", "云南医科大学附属第一医院院长"),
        ("会议由运输局副局长海自秋、投送运输局副局长柏仕江主持。", "柏仕江", "投送运输局副局长"),
        ("会上，渡圩镇副镇长骆南星宣读了方案。", "骆南星", "渡圩镇副镇长"),
        ("省教育厅安保处处长江自秋主持会议。", "江自秋", "省教育厅安保处处长"),
    ])
    func offices(sentence: String, name: String, role: String) throws {
        let people = try Parsed.meeting(sentence).people
        #expect(people.first { $0.name == name }?.roles.contains(role) == true, "\(people)")
    }

    @Test func organsInsideAnOfficeDoNotCount() throws {
        let bulletin = try Parsed.meeting("云岭县第二医院（定点医院）副院长向春山出席会议。")
        #expect(bulletin.organs == [], "\(bulletin.organs)")
    }

    @Test(arguments: [
        ("县领导柏仕江、买志远、骆南星出席会议。", ["柏仕江", "买志远", "骆南星"]),
        ("政协主席巴音满都呼，副主席海自秋参加会议。", ["巴音满都呼", "海自秋"]),
    ])
    func namesWithoutAKnownSurname(sentence: String, names: [String]) throws {
        let found = try Parsed.meeting(sentence).people.map(\.name).filter { $0 != "苏明远" }
        #expect(found == names)
    }

    @Test func meetingsAndCountsAreNoNames() throws {
        let bulletin = try Parsed.meeting("县长主持召开县长周例会。副书记海自秋、全体班子成员参加会议。")
        #expect(bulletin.people.map(\.name).sorted() == ["海自秋", "苏明远"])
    }

    @Test(arguments: [
        ("金城镇、东柳街道汇报了情况。", ["金城镇", "东柳街道"]), ("县经济开发区、青石乡作了发言。", ["县经济开发区", "青石乡"]),
        ("9个部门在县应急局召开会议。", ["县应急局"]), ("会议在嘎鲁图召开。", ["嘎鲁图"]),
        ("会议传达了全国电视电话会议青岛分会场的情况。", ["青岛分会场"]),
    ])
    func places(sentence: String, names: [String]) throws {
        let found = try Parsed.meeting(sentence).places
        #expect(Set(names).isSubset(of: found), "\(found)")
    }

    @Test(arguments: ["为建设四化同步发展示范区作出贡献。", "抓好城镇社区防控工作，努力创建一批市、省级文明村。"])
    func whatIsNoPlace(sentence: String) throws {
        #expect(try Parsed.meeting(sentence).places.filter { $0 != "云岭县" } == [])
    }

    @Test func theJurisdictionIsNoClause() throws {
        #expect(try Parsed.bulletin("9个部门在县应急局召开会议，县长苏明远出席。").place == nil)
    }
}
