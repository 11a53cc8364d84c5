/// Bulletins made up for tests: as many as wanted, each different, the same for the same numbers.
public enum SampleBulletins {
    private static let counties = ["云溪", "白芷", "石渡", "青岚", "枫桥", "桐陂", "南渚", "鹿鸣"]
    private static let topics = ["防汛", "安全生产", "森林防火", "食品安全", "道路养护", "秋冬季防疫", "学校防溺水", "营商环境"]
    private static let bureaus = ["水利局", "应急局", "教育局", "卫健局", "交通局", "市场监管局", "商务局", "民政局"]
    private static let surnames = ["周", "贺", "沈", "叶", "陆", "顾", "祝", "温"]
    private static let givenNames = ["砚秋", "知远", "若川", "承志", "景明", "思源", "安澜", "修远"]

    /// The text of bulletin `index`; `revision` changes one sentence and nothing that identifies it.
    public static func text(_ index: Int, revision: Int = 0) -> String {
        func pick(_ words: [String], _ step: Int) -> String { words[(index / step) % words.count] }
        let county = pick(counties, 1) + "县"
        let topic = pick(topics, 8)
        let day = 1 + index % 28
        let month = 1 + (index / 28) % 12
        let year = 2015 + (index / 336) % 10
        let chair = pick(surnames, 3) + pick(givenNames, 5)
        let head = pick(surnames, 7) + pick(givenNames, 11)
        let date = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        return """
            \(county)召开第\(index)次\(topic)工作会议
            信息来源：\(pick(counties, 1))发布 日期：\(date)
            \(month)月\(day)日，\(county)召开\(topic)工作会议，传达学习上级会议精神，安排部署下一阶段工作。
            县委书记\(chair)主持会议并讲话。县委副书记、县长\(head)出席会议。
            \(chair)强调，要深刻认识\(topic)工作的重要性，压实“四方责任”，落实《\(county)\(topic)应急预案》。
            \(head)要求，县\(pick(bureaus, 2))要建立\(topic)排查登记制度，第\(revision + 1)轮检查月底前完成。\
            县\(pick(bureaus, 9))及各乡镇要做好第\(index)号清单的整改工作。
            各乡镇、县直各单位主要负责同志参加会议。

            """
    }

    /// Writes bulletins into a new folder, a file each, and returns its path. Throws where it cannot be written.
    public static func write(_ indices: Range<Int>, revision: Int = 0, to name: String, in folder: TemporaryFolder)
        throws
        -> String
    {
        let path = try folder.folder(name)
        for index in indices { try folder.write(text(index, revision: revision), to: "\(name)/\(index).txt") }
        return path
    }
}
