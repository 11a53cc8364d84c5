import BulletinEvents
import Testing

@testable import BulletinParser

/// Names of persons, organs and places that hold words which end names elsewhere.
struct NamesOfUnusualFormTests {
    @Test func betweenATitleAndAMarkAnyWordIsAName() throws {
        let bulletin = try Parsed.meeting("县长高寒，县委副书记任强军，县委常委、副县长贺青山及县直部门负责人参加会议。")
        let names = bulletin.people.map(\.name)
        #expect(names.contains("高寒") && names.contains("任强军"), "\(names)")
        #expect(bulletin.people.first { $0.name == "任强军" }?.roles == ["县委副书记"])
    }

    @Test func yuBehindATitleIsASurname() throws {
        let bulletin = try Parsed.meeting("副县长于力到青岩林场检查。副县长于日前主持会议。")
        #expect(bulletin.people.map(\.name).contains("于力"))
        #expect(!bulletin.people.map(\.name).contains("于日前"))
    }

    @Test func whoseWordsAreCited() throws {
        let bulletin = try Parsed.meeting("会议学习了陆志远关于防汛工作的重要论述，传达了王勇在全市调度会上的讲话精神。")
        let names = bulletin.people.map(\.name)
        #expect(names.contains("陆志远") && names.contains("王勇"), "\(names)")
    }

    @Test func aTitleBehindANameIsNotThatOfTheNext() throws {
        let bulletin = try Parsed.meeting("创新及科技局副局长钟海博士、财经事务及库务局副局长陈浩出席。")
        #expect(bulletin.people.first { $0.name == "钟海" }?.roles == ["创新及科技局副局长", "博士"])
        #expect(bulletin.people.first { $0.name == "陈浩" }?.roles == ["财经事务及库务局副局长"])
    }

    @Test func titlesMayBeJoinedByAComma() throws {
        let bulletin = try Parsed.meeting("会上进行了调度。县水利局党组书记、局长，水控集团党委书记贺青山主持会议。")
        #expect(bulletin.people.first { $0.name == "贺青山" }?.roles == ["县水利局党组书记", "局长", "水控集团党委书记"])
    }

    @Test func anOrganMayBeginWithAVerb() throws {
        let bulletin = try Parsed.meeting("会议听取了县水利局、交控集团工作汇报。")
        #expect(bulletin.organs.contains("交控集团"), "\(bulletin.organs)")
    }

    @Test func organsOfACommitteeAndOfAnAssembly() throws {
        let bulletin = try Parsed.meeting("县委政法委、县委编办、县人大办、政协办通报了情况。")
        for name in ["县委政法委", "县委编办", "县人大办", "政协办"] {
            #expect(bulletin.organs.contains(name), "\(bulletin.organs)")
        }
    }

    @Test func theCentreOfWorkIsNoOrgan() throws {
        let bulletin = try Parsed.meeting("会议要求，各单位要围绕县委中心工作抓好落实，为做好安全所做出的努力不能白费。")
        #expect(bulletin.organs.allSatisfy { !$0.contains("中心") && !$0.hasSuffix("安全所") }, "\(bulletin.organs)")
    }

    @Test func areasThatAreAddressedAreOrgans() throws {
        let bulletin = try Parsed.bulletin(
            "云岭县安委会关于开展检查的通知\n各乡镇人民政府、县直各部门，云岭经济开发区、北山物流园区：\n请立即组织检查。\n云岭县安委会\n2021年3月1日"
        )
        #expect(bulletin.organs.contains("云岭经济开发区") && bulletin.organs.contains("北山物流园区"))
        #expect(bulletin.places.isEmpty, "\(bulletin.places)")
    }

    @Test(arguments: ["开阳县", "来凤县", "和政县", "金乡县", "回龙镇", "月山镇", "从江县", "进贤县"])
    func placesMayBeginWithLittleWords(name: String) throws {
        let bulletin = try Parsed.meeting("5月10日，县长苏明远到\(name)考察，听取了情况介绍。")
        #expect(bulletin.places.contains(name), "\(bulletin.places)")
    }

    @Test(arguments: ["拓宽思路", "在各县召开", "对贫困县支持", "压实市、县责任", "全县召开"])
    func theseAreNoPlaces(words: String) throws {
        let bulletin = try Parsed.meeting("会议要求，要广开言路、\(words)。")
        #expect(bulletin.places.allSatisfy { $0 == "云岭县" }, "\(bulletin.places)")
    }

    @Test func villagesOfAList() throws {
        let bulletin = try Parsed.meeting("会议介绍了孟垓村、前张庄村、土山村基本情况，讨论了软弱涣散村整顿。")
        #expect(bulletin.places.suffix(3) == ["孟垓村", "前张庄村", "土山村"], "\(bulletin.places)")
    }

    @Test func whoCameAlong() throws {
        let bulletin = try Parsed.meeting("县长苏明远到青岩林场检查。副县长贺青山陪同检查。县应急局局长陈浩一同参加。")
        let names = bulletin.attendees
        #expect(names.contains("贺青山") && names.contains("陈浩"), "\(names)")
    }

    @Test func marksDoubledByASite() throws {
        let bulletin = try Parsed.meeting("县教育工委书记,、教育局局长贺青山,，副局长陈浩出席会议,。")
        #expect(bulletin.people.first { $0.name == "贺青山" }?.roles == ["县教育工委书记", "教育局局长"])
    }

    @Test func whatGovernsItselfIsNobody() throws {
        let bulletin = try Parsed.meeting("张家川回族自治县县委副书记马中青、副县长陆海参加会议。")
        #expect(!bulletin.people.map(\.name).contains("张家川"))
        #expect(bulletin.people.map(\.name).contains("马中青"))
    }

    @Test func aVerbSaidOfSeveralThingsIsNoSurname() throws {
        let bulletin = try Parsed.meeting("会议要求，要做好“三保”工作，保民生、保运转、保工资，县领导王勇、王青山负责。")
        let names = bulletin.people.map(\.name)
        #expect(names.allSatisfy { !$0.hasPrefix("保") }, "\(names)")
        #expect(names.contains("王勇") && names.contains("王青山"), "\(names)")
    }

    @Test func theOfficeOfAGroupOfACommittee() throws {
        let bulletin = try Parsed.meeting("县委农村工作领导小组办公室、县教育局通报了情况。")
        #expect(bulletin.organs.contains("县委农村工作领导小组办公室"), "\(bulletin.organs)")
    }

    @Test func listedVillagesKeepTheirTowns() throws {
        let places = try Parsed.meeting("要发挥好青涧镇长山村、新街镇李坡村、铜城镇龙河社区等五个示范村的带头作用。").places
        for name in ["青涧镇长山村", "新街镇李坡村", "铜城镇龙河社区"] { #expect(places.contains(name), "\(places)") }
        #expect(places.allSatisfy { $0 != "长山村" && $0 != "龙河社区" }, "\(places)")
    }

    @Test func setsOnAShoreAndOfOffices() throws {
        let bulletin = try Parsed.meeting("会议要求，沿湖各区、市水利局要把队伍顶到一线，各乡镇普查办要在8月底前完成清查。")
        #expect(bulletin.sets.contains("沿湖各区") && bulletin.sets.contains("各乡镇普查办"), "\(bulletin.sets)")
    }

    @Test func whatIsStillToBeMadeIsNobody() throws {
        let bulletin = try Parsed.meeting("会议要求，探索建设数字资产交易中心，发挥县数字资产交易中心作用。")
        #expect(bulletin.organs == ["县数字资产交易中心"], "\(bulletin.organs)")
    }

    @Test func theSiteOfAnOrganIsAPlaceAsAWhole() throws {
        let places = try Parsed.meeting("苏明远来到县水文局清水湖监测点，实地调研。").places
        #expect(places.contains("县水文局清水湖监测点"), "\(places)")
    }
}
