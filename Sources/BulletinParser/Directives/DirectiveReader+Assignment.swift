/// Who is named beside an item, and by 由.
extension DirectiveReader {
    /// Gives the directives of the paragraph just read, from number `first` on, the parties that it names in
    /// parentheses; a line that names parties gives them to the item above it.
    mutating func assign(from first: Int) {
        guard passage.mode != .report else { return }
        let reader = AssignmentReader(text: folded)
        if let line = reader.wholeLine() {
            let start = itemStart
            for index in directives.indices.reversed() {
                guard let above = directives[index].span?.paragraph, above >= start else { break }
                assign(line, to: index)
            }
            lastAssignment = paragraph
            return
        }
        guard first < directives.count else { return }
        var position = 0
        for assignment in reader.parentheses() {
            let start = assignment.range.lowerBound
            for index in first..<directives.count {
                // Behind the last full stop it stands for the whole item; before it, for its sentence.
                guard let span = directives[index].span, span.start < start,
                    isBehindStop(start) ? span.start >= position : span.end >= start
                else { continue }
                assign(assignment, to: index)
            }
            position = assignment.range.upperBound
        }
    }

    private func isBehindStop(_ position: Int) -> Bool {
        var before = position - 1
        while before >= 0, folded[before].isBlank { before -= 1 }
        guard before >= 0 else { return true }
        switch folded[before] {
        case "。", ";", "!", "”": return true
        default: return false
        }
    }

    /// The paragraph that the item above the present line begins with: the nearest one with an enumerator, or else the
    /// one directly above; none that another such line has had.
    private var itemStart: Int {
        let bound = max(0, lastAssignment + 1, paragraph - 8)
        guard bound < paragraph else { return paragraph }
        for index in (bound..<paragraph).reversed() where Self.opensItem(document.paragraphs[index].folded) {
            return index
        }
        return paragraph - 1
    }

    private static func opensItem(_ text: [Unicode.Scalar]) -> Bool {
        guard let first = text.first(where: { !$0.isBlank }) else { return false }
        return first == "(" || first == "第" || first.isDigit || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩".unicodeScalars.contains(first)
    }

    /// A directive with a subject of its own keeps it.
    private mutating func assign(_ assignment: AssignmentReader.Assignment, to index: Int) {
        if directives[index].responsible.isEmpty {
            var seen = Set<String>()
            directives[index].responsible = assignment.phrases.flatMap { parties(in: $0) }.map { line.text($0) }
                .filter { seen.insert($0).inserted }
        }
        if directives[index].deadline == nil, let deadline = assignment.deadline {
            directives[index].deadline = line.text(deadline)
        }
    }

    // MARK: 由

    /// The party that a clause hands its task to: …由县应急局牵头, 应由建设单位负责.
    func agent(from start: Int, to end: Int, tokens: ArraySlice<ParagraphReading.Token>) -> Range<Int>? {
        for token in tokens where token.start >= start && token.end < end {
            if folded[token.end - 1] == "由", token.tags.contains(.preposition) || token.tags.contains(.modal) {
                guard let phrase = openingParty(in: token.end..<end), phrase.upperBound < end,
                    Self.duties.longest(in: folded, at: phrase.upperBound, limit: end) != nil
                        || tokens.contains(where: {
                            $0.start == phrase.upperBound && !$0.tags.isDisjoint(with: .imperative)
                        })
                else { return nil }
                return isCount(phrase) ? nil : phrase
            }
            if !token.tags.isDisjoint(with: .anyModal) { return nil }
        }
        return nil
    }

    /// 由|1人|采购
    private func isCount(_ phrase: Range<Int>) -> Bool {
        phrase.count <= 4
            && phrase.first.map { folded[$0].isDigit || "一两二三".unicodeScalars.contains(folded[$0]) } ?? true
    }

    /// True if a clause says whose task something is.
    func namesAgent(_ body: Range<Int>, tokens: ArraySlice<ParagraphReading.Token>) -> Bool {
        for token in tokens where folded[token.end - 1] == "由" && token.tags.contains(.preposition) {
            guard let phrase = openingParty(in: token.end..<body.upperBound) else { continue }
            let reach = min(phrase.upperBound + 12, body.upperBound)
            if Self.duties.first(folded, in: phrase.upperBound..<reach) != nil { return true }
        }
        return false
    }

    private static let duties = WordTrie<Bool>(words: "负责 牵头 承担 落实 组织 会同 具体 统一 承办 主办 统筹")
}
