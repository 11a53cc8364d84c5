/// Gathers the paragraphs of the text and what stands below it.
struct BodyBuilder {
    private let lines: [ReadLine]
    private let start: Int
    /// The paragraphs, white space collapsed and broken lines joined.
    private(set) var paragraphs: [PageLine] = []
    /// What fields below the text state.
    private(set) var footer = Header()
    /// A document number on a line of its own directly at the begin of the text.
    private(set) var documentNumber: String?

    init(lines: [ReadLine], start: Int) {
        self.lines = lines
        self.start = start
    }

    mutating func build() {
        let end = disclaimed(before: lines[min(start, lines.count)...].firstIndex { $0.role == .tail } ?? lines.count)
        let last = lines[min(start, end)..<end].lastIndex {
            $0.role == .prose || $0.role == .heading || $0.role == .salutation
        }
        let textEnd = (last ?? start - 1) + 1
        var kept: [PageLine] = []
        var fields = HeaderReader()
        for index in start..<max(start, textEnd) {
            let line = lines[index]
            switch line.role {
            case .junk, .breadcrumb: break
            case .prose where isCaption(line.line.folded), .text where isCaption(line.line.folded): break
            case .fields where isPageField(line): fields.read(lines, in: index..<index + 1, knownTitle: nil)
            case .number where kept.count <= 2:
                documentNumber = documentNumber ?? DocumentNumber.whole(line.line.folded).map(line.line.scalars.text)
            default: kept.append(line.line)
            }
        }
        kept += trailing(from: max(start, textEnd), to: end, &fields)
        // Below the end of the text only fields count.
        for index in end..<min(lines.count, end + 12) where lines[index].role == .fields {
            fields.read(lines, in: index..<index + 1, knownTitle: nil)
        }
        footer = fields.header
        footer.title = nil
        footer.documentNumber = nil
        footer.stamped = nil
        paragraphs = ParagraphJoiner.join(kept)
    }

    /// Where a disclaimer ends the text, behind which there is little more: 本稿件版权属…; else `end`.
    private func disclaimed(before end: Int) -> Int {
        guard start < end else { return end }
        func prose(_ range: Range<Int>) -> Int {
            lines[range].reduce(0) { $0 + ($1.role == .prose ? $1.line.folded.count : 0) }
        }
        guard let tail = lines[start..<end].lastIndex(where: { $0.role == .weakTail }) else { return end }
        var first = tail
        while first > start, lines[first - 1].role == .weakTail { first -= 1 }
        return prose(tail..<end) * 4 < prose(start..<first) ? first : end
    }

    /// Drops the headline where it stands again below the text.
    mutating func dropRepeats(of title: Scalars) {
        guard title.count >= 6 else { return }
        while paragraphs.count > 1, let last = paragraphs.last, last.folded.withoutBlanks == title {
            paragraphs.removeLast()
        }
    }

    /// Fields that belong to the page and not to its text: 责任编辑, 来源, 浏览次数.
    private func isPageField(_ line: ReadLine) -> Bool {
        guard line.line.folded.count <= 90, line.lead == nil else { return false }
        return line.fields.allSatisfy { field in
            switch field.label {
            case .byline, .source, .author, .updated: true
            case .published: field.length >= 4 && !field.value.isEmpty
            case .other, .widget: field.length >= 4 || field.start > 0
            default: false
            }
        }
    }

    /// Lines below the last line of running text: signatures, dates and annexes stay, menus go.
    private mutating func trailing(from start: Int, to end: Int, _ fields: inout HeaderReader) -> [PageLine] {
        guard start < end else { return [] }
        var loose: [PageLine] = []
        var kept: [(index: Int, line: PageLine)] = []
        for index in start..<end {
            let line = lines[index]
            switch line.role {
            // 责任单位:… below the last item of a notice.
            case .fields where AssignmentReader(text: line.line.folded).wholeLine() != nil && hasItems:
                kept.append((index, line.line))
            case .fields: fields.read(lines, in: index..<index + 1, knownTitle: nil)
            case .date where kept.count <= 12: kept.append((index, line.line))
            case .text:
                if isSignature(line.line.folded, at: index, end: end) {
                    kept.append((index, line.line))
                } else if index - start < 3, line.line.folded.count >= 8, !isBullet(line.line.folded) {
                    loose.append(line.line)
                    kept.append((index, line.line))
                }
            default: break
            }
        }
        // More than two loose lines are a list of links.
        let isMenu = loose.count > 2 || lines[start..<end].filter { $0.role == .text }.count > 12
        guard isMenu else { return kept.map(\.line) }
        return kept.filter { entry in
            isSignature(entry.line.folded, at: entry.index, end: end) || lines[entry.index].role == .date
        }
        .map(\.line)
    }

    /// Whether the text has numbered items.
    private var hasItems: Bool {
        lines[start...].contains { $0.role == .heading || LineReader.isHeading($0.line.folded) }
    }

    /// 开幕会现场。赵某摄 — the caption of a picture.
    private func isCaption(_ text: Scalars) -> Bool {
        guard text.count <= 60, let last = text.lastIndex(where: { $0 != ")" && $0 != "。" && !$0.isBlank }) else {
            return false
        }
        return text[last] == "摄" || Scalars.ends(text[0...last], in: ["供", "图"])
    }

    private func isBullet(_ text: Scalars) -> Bool {
        guard let first = text.first else { return true }
        return !(first.isHan || first.isDigit || first == "(" || first == "“" || first == "《")
    }

    /// The name of an organ before a date, an annex, or a remark in parentheses.
    private func isSignature(_ text: Scalars, at index: Int, end: Int) -> Bool {
        if text.starts(with: ["附", "件"]) { return true }
        if text.first == "(", text.last == ")", text.count <= 40 { return true }
        guard text.count <= 40 else { return false }
        guard TitleRules.isOrgan(text) else { return false }
        var next = index + 1
        while next < end, next - index <= 8 {
            if lines[next].role == .date { return true }
            next += 1
        }
        return index - start < 400 && next == end
    }
}
