extension Page {
    /// The page as a government site serves it, with the standard meta block (国办发〔2017〕47号) in any letter case.
    func html(charset: String, _ random: inout CorpusRandom) -> String {
        let letters = random.below(3)
        let isUpper = random.chance(15)
        let paragraph = random.pick(["<p style=\"text-indent:2em\">", "<p>", "<p>　　", "<p class=\"MsoNormal\"><span>"])
        let end = paragraph.hasSuffix("<span>") ? "</span></p>" : "</p>"
        var html = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"\(charset)\">\n"
        html += "<title>\(Self.escaped(titleLines.joined()))_\(Self.escaped(site))</title>\n"
        for (name, content) in metas {
            let shown =
                letters == 0 ? name : letters == 1 ? name.lowercased() : name.prefix(1).lowercased() + name.dropFirst()
            html += "<\(isUpper ? "META" : "meta") name=\"\(shown)\" content=\"\(Self.escaped(content))\">\n"
        }
        html +=
            "</head>\n<body>\n<div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/zwgk\">政务公开</a></li>"
        html += "<li><a href=\"/bsfw\">办事服务</a></li></ul></div>\n<div class=\"article\">\n"
        for line in above { html += "<div class=\"path\">\(Self.escaped(line))</div>\n" }
        html += "<h1>\(titleLines.map(Self.escaped).joined(separator: "<br>"))</h1>\n<div class=\"info\">"
        html += header.map { "<span>\(Self.escaped($0))</span>" }.joined(separator: "<br>\n")
        html += "</div>\n<div class=\"content\" id=\"zoom\">\n"
        for line in body { html += paragraph + Self.escaped(line) + end + "\n" }
        html += "</div>\n"
        for line in below { html += "<div class=\"tools\">\(Self.escaped(line))</div>\n" }
        html += "</div>\n<div class=\"footer\"><p>主办单位：\(Self.escaped(site))</p></div>\n"
        return html + "<script>var views = 1 < 2;</script>\n</body>\n</html>\n"
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
