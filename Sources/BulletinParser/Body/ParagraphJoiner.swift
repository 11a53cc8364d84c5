/// Heals paragraphs that were broken into lines, and collapses white space.
enum ParagraphJoiner {
    static func join(_ lines: [PageLine]) -> [PageLine] {
        var paragraphs: [PageLine] = []
        for line in lines {
            let clean = collapsed(line)
            let last = paragraphs.count - 1
            // No copy of the last paragraph may live here, or each appended line would copy it all.
            if last >= 0, belongsTogether(paragraphs[last], clean) {
                paragraphs[last].scalars += clean.scalars
                paragraphs[last].folded += clean.folded
            } else {
                paragraphs.append(clean)
            }
        }
        return paragraphs
    }

    /// White space of any kind as single spaces; none between a Han character and a mark of punctuation.
    private static func collapsed(_ line: PageLine) -> PageLine {
        var result = line
        let start = textStart(line.folded)
        guard start > 0 || line.folded.contains(where: \.isBlank) else { return result }
        result.scalars.removeAll(keepingCapacity: true)
        result.folded.removeAll(keepingCapacity: true)
        for index in start..<line.folded.count {
            if line.folded[index].isBlank {
                if let last = result.folded.last, last != " " {
                    result.scalars.append(" ")
                    result.folded.append(" ")
                }
            } else {
                result.scalars.append(line.scalars[index])
                result.folded.append(line.folded[index])
            }
        }
        return result
    }

    /// Where the text of a line begins behind a bullet, or behind question marks that stand for a damaged indent.
    private static func textStart(_ text: Scalars) -> Int {
        var index = 0
        while index < text.count, "•·●■◆▪?".unicodeScalars.contains(text[index]) { index += 1 }
        guard index > 0, index < text.count else { return 0 }
        let next = text.skipBlanks(from: index)
        return next < text.count && (next > index || text[0] != "?" || index > 1) ? next : 0
    }

    /// Whether `second` goes on in the sentence that `first` broke off.
    private static func belongsTogether(_ first: PageLine, _ second: PageLine) -> Bool {
        guard let last = first.folded.last, let next = second.folded.first else { return false }
        switch next {
        case ",", "、", "。", ";", ":", ")", "”", "》", "!", "?", "」": return true
        default: break
        }
        switch last {
        case ",", "、", "“", "《", "(", "「": return !LineReader.isHeading(second.folded)
        case "。", "!", "?", ";", ":", "”", ")", "…", "」", "》": return false
        default: break
        }
        if second.afterGap || second.indented && !first.indented { return false }
        guard first.folded.count >= 24, !LineReader.isHeading(second.folded),
            !LineReader.isHeading(first.folded) || first.folded.contains("。")
        else { return false }
        // A line of running text that stops without a stop.
        return first.folded.contains(",") || first.folded.contains("。")
    }
}
