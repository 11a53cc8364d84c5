import BulletinEvents
import Testing

@testable import BulletinParser

/// Organs that are part of others, and offices by what they are for.
struct NestedOrgansTests {
    private func organs(_ sentence: String) throws -> [String] { try Parsed.meeting(sentence).organs }

    @Test(arguments: [
        "县委巡察办", "县委农办", "县委平安办", "县委老干部局", "县委全面依法治县委员会办公室", "县委宣讲团", "县委社工部",
        "县人大常委会财经工委", "县人大常委会法工委", "县政协提案委", "县政协社情民意办", "县教育局安稳办", "县疫情防控指挥部综合协调组",
        "县民政局社会救助科",
    ])
    func anOfficeBelongsToTheOrganBeforeIt(name: String) throws {
        #expect(try organs("\(name)要加强日常巡查。") == [name])
        #expect(try organs("近日，\(name)召开专题会议。") == [name])
    }

    @Test(arguments: [
        "国家税务总局云岭县税务局", "国家统计局云岭调查队", "市生态环境局云岭县分局", "中国农业发展银行云岭县支行", "民盟云岭市委",
        "共青团云岭县委", "政协云岭县委员会", "水利部淮河水利委员会", "西南大学附属中学", "内政部警政署", "省安委会第五考核巡查组",
        "云岭市公安局交警支队直属二大队",
    ])
    func aBranchBelongsToTheWhole(name: String) throws {
        #expect(try organs("据悉，该项工作由\(name)负责。") == [name])
    }

    @Test func organsThatStandBesideEachOtherStayTwo() throws {
        #expect(try organs("会议听取了县委、县政府和县纪委县监委的汇报。").contains("县监委"))
        #expect(try organs("县委县政府要求狠抓落实。").contains("县委"))
    }

    @Test(arguments: [
        "县城市品质提升工程指挥部", "县优化营商环境工作领导小组", "县第四次全国经济普查领导小组办公室", "县“两违”整治办",
        "县道路交通安全工作联席会议办公室",
    ])
    func anOfficeIsCalledByItsTask(name: String) throws {
        #expect(try organs("会上，\(name)通报了情况。") == [name])
    }

    @Test func whoIsFoundedHasNoNameYet() throws {
        #expect(try organs("近日，县成立疫情防控工作领导小组。").contains { $0.contains("成立") } == false)
        #expect(try organs("几家单位组成联合督查组。").contains("组成联合督查组") == false)
    }

    @Test(arguments: [
        ("云湾海关通报了情况。", "云湾海关"), ("该项目由云溪军分区负责。", "云溪军分区"), ("会上，学校党委作了部署。", "学校党委"),
        ("会上，杏溪镇综合执法队、县住建局作了发言。", "杏溪镇综合执法队"), ("县委有关负责人作了发言。", "县委"),
        ("镇自然资源所要加强巡查。", "镇自然资源所"), ("县直机关党工委要抓好落实。", "县直机关党工委"),
        ("县机关幼儿园作了发言。", "县机关幼儿园"), ("杏溪镇党委政府要抓好落实。", "杏溪镇党委政府"),
        ("县农业和水务局、网络中心、区行政审批局等单位参加。", "县农业和水务局"),
    ])
    func namesThatWereMissed(sentence: String, name: String) throws {
        #expect(try organs(sentence).contains(name))
    }

    @Test(arguments: ["要加快建设污水处理厂。", "两家污水处理厂运行正常。", "苏明远走访了中心户代表。", "职工要学习中心任务。"])
    func whatIsBuiltOrCountedIsNobody(sentence: String) throws { #expect(try organs(sentence) == []) }

    @Test func aConjunctionBeforeAnAreaSeparates() throws {
        #expect(try organs("会议听取了杏溪师专和县社科联的汇报。") == ["杏溪师专", "县社科联"])
    }

    @Test(arguments: [
        ("县内各施工企业负责人参加会议。", ["县内各施工企业"]), ("省、市有关部门负责人参加会议。", ["省、市有关部门"]),
        ("请各有林乡镇和有关部门贯彻执行。", ["各有林乡镇", "有关部门"]), ("驻地单位负责人、职能科室负责人参加会议。", ["驻地单位", "职能科室"]),
        ("要组织机关全体干部进社区。", []), ("乡镇学校的师资水平不断提升。", []),
    ])
    func sets(sentence: String, expected: [String]) throws {
        #expect(try Parsed.meeting(sentence).sets == expected)
    }

    @Test func aListOfLeadersEndsWithAPerson() throws {
        let people = try Parsed.meeting("县领导王尔敏、谭江，县级各有关部门负责人参加会议。").people.map(\.name)
        #expect(people == ["苏明远", "王尔敏", "谭江"])
    }

    @Test(arguments: [
        ("会上，省公安厅森林公安局作了发言。", ["省公安厅森林公安局"]), ("会上，安全质量环保部通报了情况。", ["安全质量环保部"]),
        ("学工处、计财处、团委分别汇报了工作。", ["学工处", "计财处", "团委"]),
        ("教务处、学生工作部（学生处）、保卫工作部（校园安全管理处）等部门负责人参加。", ["教务处", "学生工作部（学生处）", "保卫工作部（校园安全管理处）"]),
        ("公检法相关部门参加会议。", []),
    ])
    func officesOfHouses(sentence: String, expected: [String]) throws { #expect(try organs(sentence) == expected) }

    @Test(arguments: [
        ("公检法相关部门参加会议。", ["公检法相关部门"]), ("二级学院要认真落实。", ["二级学院"]),
        ("各单位负责人、机关部室负责人参加会议。", ["各单位", "机关部室"]),
    ])
    func setsOfHouses(sentence: String, expected: [String]) throws {
        #expect(try Parsed.meeting(sentence).sets == expected)
    }

    @Test func sitesByTheirCount() throws {
        let bulletin = try Parsed.meeting("苏明远先后来到云溪动力研究中心、创新创业孵化中心、朝阳大道等5个重点项目现场。")
        #expect(bulletin.places.filter { $0 != "云岭县" } == ["云溪动力研究中心", "创新创业孵化中心", "朝阳大道"])
        #expect(bulletin.organs == [])
    }
}
