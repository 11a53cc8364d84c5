extension Page {
    /// The page as plain text, in the way its site indents and spaces.
    func text(_ random: inout CorpusRandom) -> String {
        let indent = random.pick(["", "　　", "    ", "　　", "\u{A0}\u{A0}\u{A0}\u{A0}"])
        let hasBlankLines = random.chance(15)
        var text = ""
        func add(_ lines: [String], _ prefix: String = "") {
            for line in lines { text += prefix + line + "\n" }
        }
        add(above)
        add(titleLines)
        if hasBlankLines { text += "\n" }
        add(header)
        if hasBlankLines { text += "\n" }
        add(body, indent)
        add(below)
        return text
    }
}
