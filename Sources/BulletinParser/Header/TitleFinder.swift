/// Finds the headline among the lines above a text.
struct TitleFinder {
    /// The lines of the page.
    let lines: [ReadLine]
    /// Index of the first line of running text.
    let bodyIndex: Int
    /// Lines that are values of labels.
    let claimed: Set<Int>

    /// A headline, and the lines that hold it.
    struct Found {
        var text: Scalars
        var range: Range<Int>
    }

    /// The headline, or nil if no line above the text looks like one. `known` are titles that metas, headings or a
    /// label state: a line that repeats one is the headline.
    func find(known: [Scalars]) -> Found? {
        for title in known {
            if let range = occurrence(of: title) { return Found(text: title, range: range) }
        }
        let candidates = (0..<bodyIndex).compactMap(candidate)
        guard let best = choose(candidates) else { return placard() ?? sentence() }
        return extended(best)
    }

    /// 通告 directly above the text.
    private func placard() -> Found? {
        for index in (max(0, bodyIndex - 3)..<bodyIndex).reversed() where !claimed.contains(index) {
            switch lines[index].role {
            case .number, .date: continue
            default: break
            }
            guard TitleRules.isPlacardWord(lines[index].line.folded.withoutBlanks) else { return nil }
            return Found(text: lines[index].line.scalars, range: index..<index + 1)
        }
        return nil
    }

    /// A headline that is a sentence: alone above the line with the date.
    private func sentence() -> Found? {
        guard let index = (0..<bodyIndex).last(where: { lines[$0].role == .prose }), index + 1 < bodyIndex,
            lines[index].line.folded.count <= 120
        else { return nil }
        switch lines[index + 1].role {
        case .fields, .date: return Found(text: lines[index].line.scalars, range: index..<index + 1)
        default: return nil
        }
    }

    // MARK: - Known titles

    /// The lines whose text, joined, is `title`; the last occurrence, since menus and breadcrumbs come first.
    func occurrence(of title: Scalars) -> Range<Int>? {
        let wanted = title.folded.withoutBlanks
        guard wanted.count >= 4 else { return nil }
        var start = bodyIndex - 1
        while start >= 0 {
            defer { start -= 1 }
            guard isPlain(start) else { continue }
            var joined = Scalars()
            var end = start
            while end < bodyIndex, end - start < 5, isPlain(end) {
                joined += plain(end)
                end += 1
                if joined.count >= wanted.count { break }
            }
            if joined == wanted { return start..<end }
        }
        return nil
    }

    private func isPlain(_ index: Int) -> Bool {
        switch lines[index].role {
        case .text, .heading, .prose: true
        case .fields: lines[index].lead != nil
        default: false
        }
    }

    private func plain(_ index: Int) -> Scalars {
        let line = lines[index].line.folded
        if lines[index].role == .fields, let lead = lines[index].lead { return Array(line[lead]).withoutBlanks }
        return line.withoutBlanks
    }

    // MARK: - Candidates

    private struct Candidate {
        var index: Int
        var score: Int
        /// Index of the field line below it, if the next line but titles is one.
        var aboveFields: Bool
    }

    private func candidate(_ index: Int) -> Candidate? {
        guard !claimed.contains(index) else { return nil }
        let line = lines[index]
        var text = line.line.folded
        switch line.role {
        case .text: break
        case .fields:
            guard !line.fields.isEmpty, let lead = line.lead, lead.count >= 8 else { return nil }
            text = Array(text[lead])
        case .heading where Fiction.isChapter(text): break
        default: return nil
        }
        if TitleRules.isByline(text) { return nil }
        var score = TitleRules.score(text)
        let bare = text.withoutBlanks
        if bare.count >= 6, repeats(bare, besides: index) { score += 6 }
        if TitleRules.isPlacard(text, bare) { score = 4 }
        guard score >= 3 || (score >= 1 && TitleRules.isOrgan(text) == false && isolated(index)) else { return nil }
        let below = nextTelling(after: index)
        let stamped =
            below.map { lines[$0].role == .fields || lines[$0].role == .number || isStamp(lines[$0]) } ?? false
        if stamped || line.role == .fields { score += 2 }
        return Candidate(index: index, score: score, aboveFields: stamped || line.role == .fields)
    }

    /// 2020-10-17 or a date with a time, as sites put it under a headline; not the period that a title names.
    private func isStamp(_ line: ReadLine) -> Bool {
        guard line.role == .date, let date = line.date else { return false }
        return date.end == nil && (date.time != nil || !line.line.folded[date.range].contains("年"))
    }

    /// Whether the line is the only plain one above the text.
    private func isolated(_ index: Int) -> Bool {
        !(0..<bodyIndex).contains { $0 != index && lines[$0].role == .text }
    }

    /// Whether the text stands in another line above the body, alone or at the end of a breadcrumb or window title, or
    /// holds another line that is long enough to be a headline without its first words.
    private func repeats(_ text: Scalars, besides index: Int) -> Bool {
        for other in max(0, index - 60)..<min(bodyIndex, index + 60) where other != index {
            let line = lines[other].line.folded
            guard line.count <= 200 else { continue }
            let bare = line.withoutBlanks
            if bare.count >= text.count ? bare.contains(text) : bare.count >= 10 && text.contains(bare) { return true }
        }
        return false
    }

    private func nextTelling(after index: Int) -> Int? {
        var next = index + 1
        while next < bodyIndex, next - index < 6 {
            if lines[next].role != .text, lines[next].role != .junk { return next }
            next += 1
        }
        return nil
    }

    /// The candidate that is most likely the headline.
    private func choose(_ candidates: [Candidate]) -> Candidate? {
        var anchor: Candidate?
        for candidate in candidates where candidate.aboveFields && candidate.score >= anchor?.score ?? .min {
            anchor = candidate
        }
        guard let top = candidates.map(\.score).max() else { return nil }
        if let anchor, anchor.score >= top - 2 {
            // Several lines above one header: the first is the headline, the others are decks; menus end before.
            var first = anchor
            for candidate in candidates.reversed() where candidate.index < first.index {
                guard candidate.index == first.index - 1, candidate.score >= anchor.score - 1 else { break }
                first = candidate
            }
            return first
        }
        let best = candidates.filter { $0.score >= top - 1 }
        guard let last = best.last else { return nil }
        var first = last
        for candidate in best.reversed() where candidate.index == first.index - 1 {
            // 3月21日X关于…的通告 over X关于…的通告: the page repeats the title of the text, with something added.
            if text(candidate.index).withoutBlanks.contains(text(first.index).withoutBlanks) { break }
            first = candidate
        }
        return first
    }

    // MARK: - Broken lines

    /// Joins the lines of a headline that was broken.
    private func extended(_ candidate: Candidate) -> Found {
        let start = opening(of: candidate.index)
        var range = start..<start + 1
        var folded = text(start)
        var title = written(start)
        while range.upperBound < bodyIndex, range.count < 5, lines[range.upperBound].role == .text,
            !claimed.contains(range.upperBound)
        {
            let next = lines[range.upperBound].line
            guard TitleRules.continues(folded, next.folded) || completes(folded, at: range.upperBound) else { break }
            folded += next.folded
            title += next.scalars
            range = range.lowerBound..<range.upperBound + 1
        }
        if range.count == 1, range.upperBound < bodyIndex, lines[range.upperBound].role == .text,
            !claimed.contains(range.upperBound), standsInPairs(range.lowerBound)
        {
            title += [" "] + lines[range.upperBound].line.scalars
            folded += [" "] + lines[range.upperBound].line.folded
            range = range.lowerBound..<range.upperBound + 1
        }
        while range.lowerBound > 0, range.count < 5, lines[range.lowerBound - 1].role == .text,
            !claimed.contains(range.lowerBound - 1)
        {
            let before = lines[range.lowerBound - 1].line
            guard TitleRules.continues(before.folded, folded), before.folded.count >= 4 else { break }
            folded = before.folded + folded
            title = before.scalars + title
            range = range.lowerBound - 1..<range.upperBound
        }
        return Found(text: title, range: range)
    }

    /// Whether the line and the next are a headline in two lines of one length, and no rows of a menu.
    private func standsInPairs(_ index: Int) -> Bool {
        func isPair(_ first: Int) -> Bool {
            first >= 0 && first + 1 < lines.count && lines[first].role == .text && lines[first + 1].role == .text
                && TitleRules.isCouplet(lines[first].line.folded, lines[first + 1].line.folded)
        }
        return isPair(index) && !isPair(index - 1) && !isPair(index + 1)
    }

    /// The line with 关于 that a line in the middle or at the end of a broken title belongs to.
    private func opening(of index: Int) -> Int {
        var start = index
        while start > 0, index - start < 3, lines[start - 1].role == .text, !claimed.contains(start - 1) {
            if text(start).contains(["关", "于"]) { return start }
            start -= 1
            let before = text(start)
            if before.contains(["关", "于"]), !TitleRules.endsInKind(before), !LineReader.isProse(before) {
                return start
            }
        }
        return index
    }

    /// Whether the line at `index` or the one after closes a title that 关于 opened: 关于印发 / X方案的 / 通知.
    private func completes(_ folded: Scalars, at index: Int) -> Bool {
        guard folded.contains(["关", "于"]), !TitleRules.endsInKind(folded), index + 1 < bodyIndex,
            lines[index + 1].role == .text
        else { return false }
        return TitleRules.endsInKind(lines[index + 1].line.folded) && lines[index].line.folded.count <= 40
    }

    private func text(_ index: Int) -> Scalars {
        let line = lines[index]
        if line.role == .fields, let lead = line.lead { return Array(line.line.folded[lead]) }
        return line.line.folded
    }

    private func written(_ index: Int) -> Scalars {
        let line = lines[index]
        if line.role == .fields, let lead = line.lead { return Array(line.line.scalars[lead]) }
        return line.line.scalars
    }
}
