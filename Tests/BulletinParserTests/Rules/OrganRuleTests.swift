import BulletinEvents
import Testing

@testable import BulletinParser

/// Where the names of organs begin and end, and which of them count.
struct OrganRuleTests {
    private func organs(_ sentence: String) throws -> [String] { try Parsed.meeting(sentence).organs }
    private func sets(_ sentence: String) throws -> [String] { try Parsed.meeting(sentence).sets }

    @Test func membersOfAListAreNamesAsAWhole() throws {
        let found = try organs("会上，文学院、材料科学与工程学院、艺术与设计学院、农产品检验与安全研究院（筹）共4个学院（研究院）的主要负责同志作了汇报。")
        #expect(found == ["文学院", "材料科学与工程学院", "艺术与设计学院", "农产品检验与安全研究院（筹）"])
    }

    @Test func aCountBehindNamesIsNoName() throws {
        let bulletin = try Parsed.meeting("县住建局、县水务局2家部门和中铁九局、云岭县宏泰建筑安装有限公司2家企业作了表态。")
        #expect(bulletin.organs == ["县住建局", "县水务局", "中铁九局", "云岭县宏泰建筑安装有限公司"])
        #expect(bulletin.sets.isEmpty, "\(bulletin.sets)")
    }

    @Test(arguments: [
        "会议传达了省委十二届三次全体会议精神。", "县委常委会（扩大）会议随后召开。", "会议传达了县委2021年第三次常委（扩大）会议精神。",
        "各单位要学习市政府第7次常务会议精神。", "会议由党委全委会研究通过。",
    ])
    func theMeetingOfAnOrganHoldsNone(sentence: String) throws {
        #expect(try organs(sentence) == [])
    }

    @Test(arguments: [
        ("县政府办通报了有关情况。", "县政府办"), ("校党委组织部宣读了方案。", "校党委组织部"), ("苏明远到北湖办事处检查。", "北湖办事处"),
        ("国务院联防联控机制提出新的要求。", "国务院联防联控机制"), ("校长办公室汇报了筹备情况。", "校长办公室"), ("县政府决定在全县开展整治。", "县政府"),
    ])
    func namesThatWereCutShort(sentence: String, name: String) throws {
        #expect(try organs(sentence).contains(name))
    }

    @Test func townsAmongOrgansStandForTheirGovernments() throws {
        let bulletin = try Parsed.meeting("县水务局及柳河镇、青石乡有关负责人参加会议。", "县公安局、东桥镇作了发言。")
        #expect(bulletin.organs == ["县水务局", "柳河镇", "青石乡", "县公安局", "东桥镇"])
        #expect(!bulletin.places.contains("青石乡"))
    }

    @Test func provincesThatOnlyAreSpokenOfDoNotAct() throws {
        #expect(try organs("目前河北、江苏、山东等省形势平稳。") == [])
    }

    @Test(arguments: [
        ("各镇办、县直部门负责人参加会议。", ["各镇办", "县直部门"]),
        ("各乡镇党委书记、县直部门主要负责人参加会议。", ["各乡镇", "县直部门"]),
        ("各工作小组要按照分工抓好落实。", ["各工作小组"]),
        ("各科室及有关职能管理部门要加强巡查。", ["各科室", "有关职能管理部门"]),
        ("县工商联相关科室负责人参加会议。", ["县工商联相关科室"]),
        ("大家向学校领导班子和管理服务部门提出了建议。", ["管理服务部门"]),
    ])
    func sets(sentence: String, expected: [String]) throws {
        #expect(try sets(sentence) == expected)
    }

    @Test func aSalutationThatSharesOneEachIsOneSet() throws {
        let bulletin = try Parsed.bulletin("各处室、系部、馆、中心、图书分馆：\n为做好假期安全工作，请各部门认真自查。\n保卫处\n2021年4月28日")
        #expect(bulletin.sets.first == "各处室、系部、馆、中心、图书分馆")
    }

    @Test(arguments: [
        ("石桥县公安局交警大队作了通报。", ["石桥县公安局交警大队"]),
        ("驻县政协机关纪检监察组作了通报。", ["驻县政协机关纪检监察组"]),
        ("县政协机关、县商务局作了通报。", ["县政协机关", "县商务局"]),
        ("县委办、县应急局、城关镇及河东社区网格单位有关负责人参加会议。", ["县委办", "县应急局", "城关镇"]),
        ("县第十一中学作了通报。", ["县第十一中学"]),
        ("会议由县纪委监委驻县委宣传部纪检监察组长陶然主持。", []),
        ("青柳镇政府作了通报。", ["青柳镇政府"]),
        ("县农业农村局、县汽配工业园区、南门二期管理局作了通报。", ["县农业农村局", "县汽配工业园区", "南门二期管理局"]),
        ("会议由县政协农业和农村委员会副主任陶然主持。", []),
        ("会议传达了县十六届人大常委会党组暨主任（扩大）会议精神。", []),
    ])
    func endsOfNames(sentence: String, expected: [String]) throws { #expect(try organs(sentence) == expected) }

    @Test(arguments: [
        ("派驻范围包括党群部门、人大政协机关、政府部门。", ["党群部门", "人大政协机关", "政府部门"]),
        ("各乡镇、城区教育服务中心要抓好落实。", ["各乡镇"]), ("施工单位要落实责任。", ["施工单位"]),
        ("各省、自治区、直辖市人民政府要抓好落实。", ["各省、自治区、直辖市人民政府"]), ("事故发生在各地校园。", []),
        ("各区（市）县政府要抓好落实。", ["各区（市）县政府"]),
    ])
    func setsByTheirWord(sentence: String, expected: [String]) throws { #expect(try sets(sentence) == expected) }

    @Test func whoReportsIsNoOrganOfTheText() throws {
        let bulletin = try Parsed.bulletin("县政府召开常务会议\n云岭新闻网讯（记者 苏明）7月2日，县长章远主持召开县政府第36次常务会议。会议听取了县财政局的汇报。")
        #expect(bulletin.organs == ["县财政局"])
        #expect(bulletin.people.map(\.name) == ["章远"])
    }

    @Test func anAnnexNamesPapers() throws {
        #expect(try Parsed.notice("请遵照执行。", "附件：云岭县林业局巡护令（样本）").organs.contains("云岭县林业局") == false)
    }
}
