import BulletinEvents

@testable import BulletinParser

/// A text written for one rule, parsed.
enum Parsed {
    /// The bulletin of a text.
    static func bulletin(_ text: String) throws -> Bulletin {
        try BulletinParser().parse(ParserInput(bytes: Array(text.utf8), name: "rule.txt"))
    }

    /// The bulletin of a notice with the paragraphs given.
    static func notice(_ paragraphs: String...) throws -> Bulletin {
        try bulletin(
            """
            云岭县人民政府办公室关于做好有关工作的通知
            各乡镇人民政府，县政府各部门：
            \(paragraphs.joined(separator: "\n"))
            云岭县人民政府办公室
            2021年5月12日
            """
        )
    }

    /// The bulletin of a report on a meeting with the paragraphs given.
    static func meeting(_ paragraphs: String...) throws -> Bulletin {
        try bulletin(
            """
            云岭县召开安全生产工作会议
            来源：云岭发布 日期：2021-05-12
            5月11日，云岭县召开安全生产工作会议。县委副书记、县长苏明远出席会议并讲话。
            \(paragraphs.joined(separator: "\n"))
            """
        )
    }
}

extension Bulletin {
    /// The directive that holds some words.
    func directive(_ words: String) -> Directive? { directives.first { $0.text.contains(words) } }

    /// The names of unnamed sets among the organizations.
    var sets: [String] { organizations.filter(\.collective).map(\.name) }

    /// The names of the other organizations.
    var organs: [String] { organizations.filter { !$0.collective }.map(\.name) }
}
