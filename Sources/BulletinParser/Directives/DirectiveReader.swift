import BulletinEvents

/// Walks through a document's paragraphs, keeping who speaks, and collects what is told.
struct DirectiveReader {
    let document: DocumentText
    let lexicon: Lexicon
    let people: PeopleIndex
    /// The passage that holds where nobody is quoted: a notice's own voice, or the reporter's.
    let base: Passage

    var directives: [Directive] = []
    var reading: ParagraphReading
    var passage: Passage
    /// The paragraph being read, and its text in both forms.
    var paragraph = 0
    var line: DocumentText.Line
    /// The person that 他 would mean, and the paragraph that named them.
    var lastPerson: String?
    var lastPersonParagraph = 0
    /// The last paragraph that was a line naming who is responsible.
    var lastAssignment = -1
    /// The sentence of the paragraph that announces what follows it (…通知如下:); those before it are background.
    var announcement = 0

    init(document: DocumentText, kind: Bulletin.Kind, people: [Person], lexicon: Lexicon) {
        self.document = document
        self.lexicon = lexicon
        reading = ParagraphReading(words: lexicon.directiveWords)
        self.people = PeopleIndex(people, paragraphs: document.paragraphs)
        base = Self.voice(of: document, kind: kind, lexicon: lexicon)
        passage = base
        line = document.title ?? DocumentText.Line("")
    }

    var folded: [Unicode.Scalar] { line.folded }

    /// Reads the whole document.
    mutating func read() -> [Directive] {
        for index in document.paragraphs.indices {
            paragraph = index
            line = document.paragraphs[index]
            reading.read(line.folded, names: people.ranges(of: index))
            announcement = reading.sentences.lastIndex(where: announces) ?? 0
            let first = directives.count
            readParagraph()
            assign(from: first)
        }
        return directives
    }

    private mutating func readParagraph() {
        for index in reading.sentences.indices {
            let sentence = reading.sentences[index]
            let attributions = attributions(in: sentence)
            if attributions.isEmpty {
                if index == 0, startsReport(sentence) || startsWithOther(sentence) { passage = base }
                collect(sentence.range, of: sentence, index: index)
            }
            if let first = attributions.first,
                reading.tokens[sentence.tokens].contains(where: {
                    $0.tags.contains(.modal) && $0.start < first.clauseStart
                })
            {
                collect(sentence.range.lowerBound..<first.clauseStart, of: sentence, index: index)
            }
            for (position, attribution) in attributions.enumerated() {
                passage = Passage(speaker: attribution.speaker, mode: attribution.mode)
                if case .person(let name) = attribution.speaker { lastPerson = name }
                let end =
                    position + 1 < attributions.count
                    ? attributions[position + 1].clauseStart : sentence.range.upperBound
                if attribution.contentStart < end {
                    collect(
                        attribution.contentStart..<end,
                        of: sentence,
                        index: index,
                        isAddressed: attribution.isAddressed,
                        isItem: attribution.isItem
                    )
                }
            }
            notePersons(in: sentence)
        }
    }

    /// Adds what a stretch of a sentence tells, if it tells anything.
    ///
    /// `isAddressed`: a verb such as 要求 has the stretch as its object, which makes it an order if it names a party.
    private mutating func collect(
        _ range: Range<Int>,
        of sentence: ParagraphReading.Sentence,
        index: Int,
        isAddressed: Bool = false,
        isItem: Bool = false
    ) {
        var end = range.upperBound
        while end > range.lowerBound, isComma(folded[end - 1]) { end -= 1 }
        let body = skipMarks(from: range.lowerBound, to: end)..<end
        guard body.count >= 4 else { return }
        let subjects = responsible(in: body, tokens: tokens(of: sentence, in: body), isAddressed: isAddressed)
        // 希望|他们尽快…: told, though nobody is named.
        let isOrder =
            isAddressed && (!subjects.isEmpty || Self.pronouns.starts(in: folded, at: body.lowerBound))
            || isItem && !tellsPast(body)
        guard isOrder || isDirective(body, of: sentence, index: index) else { return }
        add(body, of: sentence, subjects: subjects)
    }

    private static let pronouns = WordTrie<Bool>(words: "他们 她们 大家 你们 各位 他 她")

    /// Adds the clause, or each of its parts if several of them name who is responsible.
    private mutating func add(_ body: Range<Int>, of sentence: ParagraphReading.Sentence, subjects: [Subject]) {
        let tokens = self.tokens(of: sentence, in: body)
        let subjects = told(subjects, in: body, tokens)
        var starts = [body.lowerBound]
        if let first = subjects.first {
            if isAnnounced(tokens.filter { $0.start < first.clauseStart }) { starts = [first.clauseStart] }
            for subject in subjects.dropFirst()
            where subject.clauseStart > first.clauseStart && subject.clauseStart > starts[starts.count - 1] {
                starts.append(subject.clauseStart)
            }
        }
        var nextSubject = 0
        for (index, start) in starts.enumerated() {
            var end = index + 1 < starts.count ? starts[index + 1] : body.upperBound
            // 某处将于…进行检查,请各部门…: what the issuer does itself is no order, though the sentence goes on to one.
            if starts.count > 1 {
                if isAnnounced(tokens.filter { $0.start >= start && $0.start < end }) { continue }
            }
            while end > start, isComma(folded[end - 1]) { end -= 1 }
            // Subjects stand in the order of their clauses.
            while index > 0, nextSubject < subjects.count, subjects[nextSubject].clauseStart < start {
                nextSubject += 1
            }
            var parties: [Range<Int>] = []
            while nextSubject < subjects.count, subjects[nextSubject].clauseStart < end {
                parties += self.parties(in: subjects[nextSubject].phrase)
                nextSubject += 1
            }
            var seen = Set<ArraySlice<Unicode.Scalar>>()
            var names: [String] = []
            for party in parties where parties.count == 1 || seen.insert(line.scalars[party]).inserted {
                names.append(line.text(party))
            }
            var directive = Directive(
                sequence: directives.count,
                responsible: names,
                text: line.text(start..<end),
                span: Span(paragraph: paragraph, start: start, end: end)
            )
            switch passage.speaker {
            case .nobody: break
            case .person(let name): directive.speaker = name
            case .text(let word): directive.speakerText = word
            }
            directive.deadline = deadline(in: start..<end)
            directive.heading = isHeading(start..<end, tokens: tokens)
            directives.append(directive)
        }
    }

    /// Without the subjects of clauses that tell what has been done before the sentence comes to its order.
    private func told(
        _ subjects: [Subject],
        in body: Range<Int>,
        _ tokens: ArraySlice<ParagraphReading.Token>
    ) -> [Subject] {
        guard subjects.count > 1 else { return subjects }
        return subjects.indices.filter { index in
            guard index + 1 < subjects.count, subjects[index + 1].clauseStart > subjects[index].clauseStart else {
                return true
            }
            let clauses = subjects[index].clauseStart..<subjects[index + 1].clauseStart
            return !tellsPast(clauses)
                || tokens.contains { $0.tags.contains(.modal) && clauses.contains($0.start) }
        }
        .map { subjects[$0] }
    }

    private func isAnnounced(_ tokens: [ParagraphReading.Token]) -> Bool {
        tokens.contains { $0.tags.contains(.future) } && !tokens.contains { $0.tags.contains(.modal) }
    }

    private func isComma(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar == "，" || scalar.isWhitespace
    }

    /// The person that a later 他 may mean: the first one a sentence names.
    private mutating func notePersons(in sentence: ParagraphReading.Sentence) {
        guard let mention = people.first(in: sentence.range, of: paragraph), !isCited(mention, in: sentence) else {
            return
        }
        let isAttendance =
            reading.tokens[sentence.tokens].contains { $0.tags.contains(.attendance) }
            && !reading.tokens[sentence.tokens].contains { $0.tags.contains(.given) }
        if lastPerson == nil || !isAttendance {
            lastPerson = people.name(of: mention)
            lastPersonParagraph = paragraph
        }
    }

    /// 会议学习了某人关于…的论述: whose words are handed on does not speak here.
    private func isCited(_ mention: PeopleIndex.Mention, in sentence: ParagraphReading.Sentence) -> Bool {
        var position = mention.range.upperBound
        let limit = min(sentence.range.upperBound, position + 8)
        // Behind the title.
        for end in stride(from: limit, to: position, by: -1) {
            guard let head = lexicon.heads.longest(in: folded, endingAt: end, from: position), head.start == position,
                !head.value.isDisjoint(with: [.title, .group])
            else { continue }
            position = end
            break
        }
        guard position < sentence.range.upperBound else { return false }
        return Self.citations.starts(in: folded, at: position)
    }

    private static let citations = WordTrie<Bool>(words: "关于 重要 系列 的 视察 近期 对 同志关于 同志的")

    /// The sentence's words that lie within `range`.
    func tokens(of sentence: ParagraphReading.Sentence, in range: Range<Int>) -> ArraySlice<ParagraphReading.Token> {
        // Words do not overlap and stand in order, so that both bounds can be found by halves.
        let first = firstToken(in: sentence.tokens) { $0.start >= range.lowerBound }
        let last = firstToken(in: first..<sentence.tokens.upperBound) { $0.end > range.upperBound }
        return reading.tokens[first..<last]
    }

    /// The first of some words from which on a condition holds.
    private func firstToken(in tokens: Range<Int>, _ holds: (ParagraphReading.Token) -> Bool) -> Int {
        var low = tokens.lowerBound
        var high = tokens.upperBound
        while low < high {
            let middle = (low + high) / 2
            if holds(reading.tokens[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The first position from `start` that is no punctuation or space.
    func skipMarks(from start: Int, to end: Int) -> Int {
        var position = start
        while position < end {
            switch folded[position] {
            case ",", "，", ":", "：", "、", "。", " ", "\u{3000}", "\u{A0}", "\t": position += 1
            default: return position
            }
        }
        return end
    }

    /// A notice speaks by itself, under the name of its kind.
    private static func voice(of document: DocumentText, kind: Bulletin.Kind, lexicon: Lexicon) -> Passage {
        guard let title = document.title else {
            return Passage(speaker: .nobody, mode: kind == .notice ? .notice : .report)
        }
        var end = title.folded.count
        while end > 0, [")", "）", " ", "》", "”"].contains(title.folded[end - 1]) { end -= 1 }
        let word = lexicon.heads.longest(in: title.folded, endingAt: end, from: 0)
        let isPaper = word.map { $0.value.contains(.paper) } ?? false
        let speaker = isPaper ? word.map { Passage.Speaker.text(title.text($0.start..<end)) } ?? .nobody : .nobody
        return Passage(speaker: kind == .notice ? speaker : .nobody, mode: kind == .notice ? .notice : .report)
    }
}
