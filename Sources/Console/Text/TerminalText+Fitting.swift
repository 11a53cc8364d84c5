extension TerminalText {
    /// The text, cut so that it takes at most `width` cells; `…` in the last one tells that something is missing.
    public static func truncate(_ text: String, to width: Int) -> String {
        guard width > 0 else { return "" }
        guard Self.width(of: text) > width else { return text }
        return prefix(of: text, cells: width - 1) + "…"
    }

    /// As many whole characters from the start of `text` as fit into `cells`.
    static func prefix(of text: some StringProtocol, cells: Int) -> String {
        var used = 0
        var result = ""
        for character in text {
            let next = used + width(of: character)
            if next > cells { break }
            used = next
            result.append(character)
        }
        return result
    }

    /// The text in lines of at most `width` cells.
    ///
    /// Line feeds in the text begin new lines. Lines break at spaces and on either side of a wide character, but not
    /// before closing punctuation, which hangs over by one character instead; a longer word is cut.
    public static func wrap(_ text: String, to width: Int) -> [String] {
        let width = max(width, 2)
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrapLine($0, to: width) }
    }

    private static func wrapLine(_ line: Substring, to width: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        var used = 0
        func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
        for piece in pieces(of: line) {
            let cells = Self.width(of: piece)
            if used + cells <= width || (used > 0 && piece.count == 1 && closingPunctuation.contains(piece)) {
                if !(current.isEmpty && !lines.isEmpty && piece == " ") {
                    current += piece
                    used += cells
                }
                continue
            }
            if used > 0 {
                while let last = current.last, isSpace(last) { current.removeLast() }
                lines.append(current)
                current = ""
                used = 0
                if piece == " " { continue }
            }
            var rest = Substring(piece)
            while Self.width(of: String(rest)) > width {
                // At least one character a line, so that a terminal of one cell cannot keep this going forever.
                let head = max(prefix(of: rest, cells: width).count, 1)
                lines.append(String(rest.prefix(head)))
                rest = rest.dropFirst(head)
            }
            current = String(rest)
            used = Self.width(of: current)
        }
        lines.append(current)
        return lines
    }

    /// Characters that never begin a line (the common ones of Chinese typesetting).
    private static let closingPunctuation: Set<String> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "》", "〉", "」", "』", "】", "〕", "”", "’", "…", ",", ".", ")",
    ]

    /// Words, single spaces and single wide characters.
    private static func pieces(of line: Substring) -> [String] {
        var result: [String] = []
        var word = ""
        for character in line {
            if character == " " || width(of: character) == 2 || closingPunctuation.contains(String(character)) {
                // Narrow closing punctuation stays with its word.
                if character != " ", width(of: character) == 1, !word.isEmpty {
                    word.append(character)
                    continue
                }
                if !word.isEmpty { result.append(word) }
                word = ""
                result.append(String(character))
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { result.append(word) }
        return result
    }
}
