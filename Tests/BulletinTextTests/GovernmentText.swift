/// A seeded generator, so that a failing test can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Makes clean texts in the vocabulary of bulletins: what the rules must read, and must leave alone.
struct GovernmentText {
    enum Script: CaseIterable {
        case hans, hant
    }

    private var generator: SeededGenerator
    private let script: Script

    init(seed: UInt64, script: Script) {
        generator = SeededGenerator(seed: seed)
        self.script = script
    }

    /// A text of `count` sentences in one or more paragraphs.
    mutating func text(sentences count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            text += sentence()
            if chance(5) { text += "\n" }
        }
        return text
    }

    mutating func sentence() -> String {
        let place = pick(\.places)
        let organ = pick(\.organs)
        let other = pick(\.organs)
        let verb = pick(\.verbs)
        let thing = pick(\.things) + parenthesis()
        let aim = pick(\.verbs) + pick(\.things)
        let ending = chance(4) ? "；" : "。"
        return switch Int.random(in: 0..<6, using: &generator) {
        case 0: "\(name())\(pick(\.says))，\(place)\(organ)要\(verb)\(thing)，\(aim)\(ending)"
        case 1: "\(date())，\(place)\(organ)\(pick(\.holds))\(thing)\(pick(\.meetings))\(ending)"
        case 2: "\(place)\(organ)、\(other)及各\(pick(\.organs))要\(verb)\(thing)“\(pick(\.things))”\(ending)"
        case 3: "《\(place)\(pick(\.things))\(pick(\.papers))\(parenthesis())》\(number())\(ending)"
        case 4: "\(pick(\.titles))\(name())\(pick(\.attends))\(pick(\.meetings))，\(verb)\(thing)\(ending)"
        default: "\(verb)\(thing),\(verb)\(pick(\.things))\(parenthesis())：\(aim)\(ending)"
        }
    }

    /// What clean texts put into parentheses, next to Han characters.
    private mutating func parenthesis() -> String {
        guard chance(3) else { return "" }
        let inside =
            ["试行", "試行", "A", "a", "e", "2020", "一", "二〇二〇年", "PPP", "ppm", "GDP", "kg", "an", "ban", "v2", "ü"]
            .filter { script == .hans ? $0 != "試行" : $0 != "试行" }.randomElement(using: &generator) ?? "A"
        return ["(\(inside))", "（\(inside)）", "(\(inside) )"].randomElement(using: &generator) ?? ""
    }

    private mutating func number() -> String {
        let year = Int.random(in: 1998...2026, using: &generator)
        let serial = Int.random(in: 1...300, using: &generator)
        let unit = script == .hans ? "号" : "號"
        return ["〔\(year)〕\(serial)\(unit)", "[\(year)]\(serial)\(unit)", "(\(year))\(serial)\(unit)"]
            .randomElement(using: &generator) ?? ""
    }

    private mutating func date() -> String {
        "\(Int.random(in: 1...12, using: &generator))月\(Int.random(in: 1...28, using: &generator))日"
    }

    /// A name of characters from the whole of GB 2312's or Big5's first level: a long tail.
    private mutating func name() -> String {
        let surnames = script == .hans ? "王李张刘陈杨赵黄周吴欧阳" : "王李張劉陳楊趙黃周吳歐陽"
        var name = surnames.randomElement(using: &generator).map(String.init) ?? ""
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            name.unicodeScalars.append(script == .hans ? levelOne() : rare())
        }
        return name
    }

    private mutating func levelOne() -> Unicode.Scalar {
        let row = UInt8.random(in: 0xB0...0xD6, using: &generator)
        let cell = UInt8.random(in: 0xA1...0xFE, using: &generator)
        return Bytes.text([row, cell], from: "GB18030")?.unicodeScalars.first ?? "林"
    }

    private mutating func rare() -> Unicode.Scalar {
        let row = UInt8.random(in: 0xA4...0xC5, using: &generator)
        let cell = UInt8.random(in: 0xA1...0xFE, using: &generator)
        return Bytes.text([row, cell], from: "BIG5")?.unicodeScalars.first ?? "林"
    }

    private mutating func chance(_ one: Int) -> Bool {
        Int.random(in: 0..<one, using: &generator) == 0
    }

    private mutating func pick(_ list: KeyPath<Vocabulary, [String]>) -> String {
        let vocabulary = script == .hans ? Vocabulary.hans : Vocabulary.hant
        return vocabulary[keyPath: list].randomElement(using: &generator) ?? ""
    }
}

/// Words of bulletins, in one script.
struct Vocabulary {
    let places: [String]
    let organs: [String]
    let verbs: [String]
    let things: [String]
    let meetings: [String]
    let papers: [String]
    let titles: [String]
    let says: [String]
    let holds: [String]
    let attends: [String]

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }

    static let hans = Vocabulary(
        places: words("全区 我市 滨海县 临江镇 西岭乡 南湖街道 长宁区 松桃县 嘉峪市 渭北新区"),
        organs: words("卫健局 教育局 市场监管局 应急管理局 财政局 民政局 交通局 商务局 公安局 镇街 部门 办公室 发改委 税务局"),
        verbs: words("加强 落实 做好 严格执行 推进 统筹 排查 整治 完善 强化 压实 确保 开展 督促 检查 优化 健全 防范"),
        things: words(
            "疫情防控工作 食品安全监管 冷链食品检验检疫 营商环境 安全生产责任 防汛抗旱准备 扶贫资金 项目建设 环境监测 "
                + "药品购买登记制度 学校教学秩序 农民工工资 垃圾分类 老旧小区改造 森林防火 信访问题 数据共享 债务风险 河长制 "
                + "春耕备耕 招商引资 隐患清单 网络安全 医疗保障 养老服务 粮食收购 道路运输 危险化学品 档案 预算绩效"
        ),
        meetings: words("会议 专题会 调度会 动员会 常务会议 座谈会 视频会议 推进会"),
        papers: words("实施方案 应急预案 管理办法 若干措施 行动计划 通知 意见 规定"),
        titles: words("区委书记 副县长 局长 市人大常委会主任 政协主席 办公室主任 总指挥"),
        says: words("强调 要求 指出 表示"),
        holds: words("召开 举行 组织召开"),
        attends: words("出席 主持 参加 列席")
    )

    static let hant = Vocabulary(
        places: words("全區 我市 濱海縣 臨江鎮 西嶺鄉 南湖街道 長寧區 松桃縣 嘉峪市 渭北新區"),
        organs: words("衛健局 教育局 市場監管局 應急管理局 財政局 民政局 交通局 商務局 公安局 鎮街 部門 辦公室 發改委 稅務局"),
        verbs: words("加強 落實 做好 嚴格執行 推進 統籌 排查 整治 完善 強化 壓實 確保 開展 督促 檢查 優化 健全 防範"),
        things: words(
            "疫情防控工作 食品安全監管 冷鏈食品檢驗檢疫 營商環境 安全生產責任 防汛抗旱準備 扶貧資金 項目建設 環境監測 "
                + "藥品購買登記制度 學校教學秩序 農民工工資 垃圾分類 老舊小區改造 森林防火 信訪問題 數據共享 債務風險 河長制 "
                + "春耕備耕 招商引資 隱患清單 網絡安全 醫療保障 養老服務 糧食收購 道路運輸 危險化學品 檔案 預算績效"
        ),
        meetings: words("會議 專題會 調度會 動員會 常務會議 座談會 視頻會議 推進會"),
        papers: words("實施方案 應急預案 管理辦法 若干措施 行動計劃 通知 意見 規定"),
        titles: words("區委書記 副縣長 局長 市人大常委會主任 政協主席 辦公室主任 總指揮"),
        says: words("強調 要求 指出 表示"),
        holds: words("召開 舉行 組織召開"),
        attends: words("出席 主持 參加 列席")
    )
}
