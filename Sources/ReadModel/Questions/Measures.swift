/// Sorts of work that directives speak of, told by the words in the clause.
///
/// A rough sieve to count by, not an understanding: a clause may be of several sorts or of none. `docs/cli.md` lists it.
public enum Measures {
    /// A sort of work and the words that tell it.
    public struct Measure: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Words of which a clause holds one, folded.
        var words: [String]
    }

    /// The sorts, in the order of the page.
    public static let all: [Measure] = [
        Measure(name: "排查检查", words: ["排查", "检查", "巡查", "巡检", "抽查", "核查", "摸排", "摸底"]),
        Measure(name: "督查问责", words: ["督查", "督导", "督办", "考核", "问责", "追责", "通报批评", "约谈"]),
        Measure(name: "整治执法", words: ["整治", "整改", "打击", "执法", "查处", "取缔", "处罚", "清理"]),
        Measure(name: "监测预警", words: ["监测", "预警", "预报", "研判", "会商", "监控"]),
        Measure(name: "应急值守", words: ["值守", "值班", "应急", "演练", "救援", "抢险", "处置"]),
        Measure(name: "登记报送", words: ["登记", "台账", "报送", "上报", "建档", "备案", "统计"]),
        Measure(name: "宣传培训", words: ["宣传", "培训", "引导", "教育", "普及", "宣讲"]),
        Measure(name: "保障投入", words: ["保障", "储备", "资金", "物资", "投入", "供应"]),
        Measure(name: "建设施工", words: ["建设", "施工", "改造", "修复", "养护", "开工"]),
        Measure(name: "责任落实", words: ["落实", "责任", "压实", "牵头", "专人"]),
    ]

    /// The names of the sorts that a clause is of, the names of those responsible aside: 县教育局 is no education.
    public static func names(
        of clause: String,
        without names: [String] = [],
        among measures: [Measure] = all
    ) -> [String] {
        let folded = names.map(FoldedText.key).reduce(FoldedText.key(clause)) { text, name in
            name.isEmpty ? text : text.replacing(name, with: " ")
        }
        return measures.filter { $0.words.contains { folded.contains($0) } }.map(\.name)
    }

    /// A sort that a text of a person's own tells.
    static func measure(named text: String) -> Measure {
        Measure(name: text, words: [FoldedText.askedKey(text)])
    }
}
