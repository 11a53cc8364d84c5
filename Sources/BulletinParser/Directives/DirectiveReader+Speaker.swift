// The subject of a verb of speech: who speaks, or nobody.

extension DirectiveReader {
    /// Who speaks, from the words between the clause's start and the verb. Nil if those words are no subject: then the
    /// verb is a noun (按照…要求) or no verb of speech.
    ///
    /// `isVerbal`: the verb may belong to a subject further back (…主持会议并提出要求).
    func subject(
        before verb: Int,
        clauseStart: Int,
        sentence: ParagraphReading.Sentence,
        isVerbal: Bool,
        mustBeDirect: Bool = false
    ) -> Passage.Speaker? {
        var start = min(enumeratorEnd(at: clauseStart) ?? clauseStart, verb)
        while start < verb, isSpace(folded[start]) { start += 1 }
        var end = verb
        var isVerbal = isVerbal
        stripTrailers(from: start, end: &end, isVerbal: &isVerbal)
        if let cut = adverbialStart(from: start, to: end) {
            end = cut
            stripTrailers(from: start, end: &end, isVerbal: &isVerbal)
        }
        // 《办法》中: what is left of an adverbial.
        if end - start > 1, folded[end - 1] == "中", folded[end - 2] == "》" { end -= 1 }
        // “…”要求: a quotation before the verb is another sentence.
        if end > start, "”」』\"".unicodeScalars.contains(folded[end - 1]) { end = start }
        if end > start, let direct = directSubject(from: start, to: end, sentence: sentence) { return direct }
        if mustBeDirect || end > start && !isVerbal { return nil }
        if end > start, let ahead = subjectAhead(from: start, to: end) { return ahead }
        return carried(before: clauseStart, sentence: sentence)
    }

    private func stripTrailers(from start: Int, end: inout Int, isVerbal: inout Bool) {
        while end > start {
            if isSpace(folded[end - 1]) {
                end -= 1
            } else if let word = lexicon.trailers.longest(in: folded, endingAt: end, from: start) {
                if word.value.contains(.connective) { isVerbal = true }
                end = word.start
                // 张三|在会上
                if end > start + 1, folded[end - 1] == "在", folded[end] == "会" { end -= 1 }
            } else {
                return
            }
        }
    }

    /// Start of an adverbial that closes the stretch: 杨栋|在讲话中, 县长|就下一步工作, 他|对此.
    private func adverbialStart(from start: Int, to end: Int) -> Int? {
        guard end > start else { return nil }
        let closes: Bool
        switch folded[end - 1] {
        case "中", "时", "上", "后", "间", "会", "际", "话", "候", "末", "前", "作", "题", "求", "况", "项", "事", "面": closes = true
        default: closes = false
        }
        for position in start..<end {
            switch folded[position] {
            case "在" where closes && !isBefore(position, "现", "正", "所", "存"): return position
            case "就" where position > start && !isAfter(position, "业", "是", "地"): return position
            case "对" where position > start && !isAfter(position, "口", "象", "外", "内"): return position
            case "向" where position > start && !isAfter(position, "导", "上", "前", "心", "好"): return position
            case "从" where position > start && isAfter(position, "“", "三", "四", "五", "两", "六", "几", "以"):
                return position
            case "针" where isAfter(position, "对"): return position
            case "围" where isAfter(position, "绕"): return position
            case "代" where isAfter(position, "表"): return position > start ? position : nil
            default: break
            }
        }
        return nil
    }

    private func isAfter(_ position: Int, _ letters: Unicode.Scalar...) -> Bool {
        position + 1 < folded.count && letters.contains(folded[position + 1])
    }

    private func isBefore(_ position: Int, _ letters: Unicode.Scalar...) -> Bool {
        position > 0 && letters.contains(folded[position - 1])
    }

    private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\u{3000}" || scalar == "\u{A0}" || scalar == "\t"
    }

    /// A subject that ends right where the verb begins.
    private func directSubject(
        from start: Int,
        to end: Int,
        sentence: ParagraphReading.Sentence
    ) -> Passage.Speaker? {
        if folded[end - 1] == "他" || folded[end - 1] == "她" {
            let before = people.first(in: sentence.range.lowerBound..<end, of: paragraph).map(people.name(of:))
            return (before ?? lastPerson).map { .person($0) } ?? .nobody
        }
        if let mention = people.last(in: start..<end, of: paragraph), isTitle(mention.range.upperBound..<end) {
            return .person(people.name(of: mention))
        }
        var opening = lexicon.directiveWords.longest(in: folded, at: start, limit: end)
        if let connective = opening, connective.value.contains(.connective), connective.end < end {
            opening = lexicon.directiveWords.longest(in: folded, at: connective.end, limit: end)
        }
        // 部署落实|…会议要求: a phrase of verbs that is in no list but to hide them.
        if opening?.value == .mask, beginsWithVerb(at: start) { return nil }
        if let opening,
            !opening.value.isDisjoint(with: [.preposition, .verb]),
            opening.value.isDisjoint(with: [.office, .quantifier])
        {
            return nil
        }
        if folded[end - 1] == "》" { return .text(line.text(openingTitle(before: end, from: start)..<end)) }
        let name = PersonNames.name(endingAt: end, from: start, in: folded)
        if let head = lexicon.heads.longest(in: folded, endingAt: end, from: start),
            name == nil || end - head.start > 1 || !Self.givenNameEndings.contains(folded[end - 1])
        {
            if head.value.contains(.meeting) {
                // 张三主持会议|并强调: the meeting is what he chaired.
                let before = max(start, head.start - 2)..<head.start
                if Self.presiding.ends(folded, before), people.last(in: start..<end, of: paragraph) != nil {
                    return nil
                }
                return .text(line.text(head.start..<end))
            }
            if head.value.contains(.title), let person = titled(head.start..<end, from: start) { return person }
            if head.value.contains(.paper) {
                return .text(line.text(head.start..<end))
            }
            let isPlain = people.first(in: start..<end, of: paragraph) == nil
            if head.value.contains(.organ), end - start <= 24, isPlain { return .text(line.text(start..<end)) }
            if head.value.contains(.group), end - start <= 16, isPlain {
                return .text(line.text(start..<end))
            }
        }
        // 三、管制|要求:… is a label.
        if end < folded.count, enumeratorEnd(at: sentence.range.lowerBound).map({ $0 >= start }) ?? false,
            reading.tokens[sentence.tokens].contains(where: { $0.tags.contains(.colon) && $0.start - end <= 2 })
        {
            return nil
        }
        return name.map { .person(line.text($0)) }
    }

    private func beginsWithVerb(at start: Int) -> Bool {
        var isVerb = false
        lexicon.directiveWords.forEachWord(in: folded, from: start) { end, tags in
            isVerb = isVerb || end - start == 2 && tags.contains(.verb)
        }
        return isVerb
    }

    private static let presiding = WordTrie<Bool>(words: "主持 出席 参加 召集 列席 主持了 参加了")

    /// Letters that end given names as well as names of organs.
    private static let givenNameEndings: Set<Unicode.Scalar> = ["方", "州", "旗", "港", "村", "党", "社", "院"]

    /// 王副市长, 张三书记, 县领导: a title that stands for a person.
    private func titled(_ title: Range<Int>, from start: Int) -> Passage.Speaker? {
        if title.lowerBound > start {
            // 小兰|同志: a given name alone.
            if title.lowerBound - start == 2, let person = people.name(given: line.text(start..<title.lowerBound)) {
                return .person(person)
            }
            if let name = PersonNames.name(endingAt: title.lowerBound, from: start, in: folded), name.count > 1 {
                return .person(line.text(name))
            }
            let surname = line.scalars[title.lowerBound - 1]
            if PersonNames.isSurname(folded[title.lowerBound - 1]) {
                return people.name(surname: surname, title: line.text(title)).map { .person($0) }
                    ?? .text(line.text(title.lowerBound - 1..<title.upperBound))
            }
        }
        if title.upperBound - start <= 12 {
            let person = people.name(title: line.text(title)) ?? people.only
            return person.map { .person($0) } ?? .text(line.text(start..<title.upperBound))
        }
        return nil
    }

    private func isTitle(_ range: Range<Int>) -> Bool {
        if range.isEmpty { return true }
        guard range.count <= 10,
            let head = lexicon.heads.longest(in: folded, endingAt: range.upperBound, from: range.lowerBound)
        else { return false }
        return !head.value.isDisjoint(with: [.title, .group])
    }

    private func openingTitle(before end: Int, from start: Int) -> Int {
        var position = end - 1
        while position > start, folded[position] != "《" { position -= 1 }
        return position
    }

    /// The subject of a longer predicate: the first person named, or the meeting that the clause begins with.
    private func subjectAhead(from start: Int, to end: Int) -> Passage.Speaker? {
        if let word = meetingAtStart(start, limit: end) { return word }
        if let mention = people.first(in: start..<end, of: paragraph) { return .person(people.name(of: mention)) }
        // 检查组|对…给予肯定,并要求…: the organ that the sentence begins with.
        var clause = start
        for _ in 0..<3 where clause < end {
            if let organ = organAtStart(clause, limit: end) { return .text(line.text(organ)) }
            guard let comma = folded[clause..<end].firstIndex(where: { $0 == "," || $0 == "，" }) else { break }
            clause = comma + 1
        }
        // 杨副市长认真了解…,要求…: a surname and a title.
        var position = start + 2
        while position <= end {
            if let head = lexicon.heads.longest(in: folded, endingAt: position, from: start),
                head.value.contains(.title), head.start > start, PersonNames.isSurname(folded[head.start - 1]),
                head.start - 1 == start || folded[head.start - 2] == "," || folded[head.start - 2] == "，",
                let person = titled(head.start..<position, from: start)
            {
                return person
            }
            position += 1
        }
        return nil
    }

    private func organAtStart(_ start: Int, limit: Int) -> Range<Int>? {
        let bound = min(limit, start + 14)
        var position = start + 2
        while position < bound {
            if folded[position] == "对" || folded[position] == "就",
                let head = lexicon.heads.longest(in: folded, endingAt: position, from: start),
                head.value.contains(.organ), folded[position - 1] == "组" || folded[position - 1] == "队"
            {
                return start..<position
            }
            guard folded[position].isHan else { return nil }
            position += 1
        }
        return nil
    }

    private func meetingAtStart(_ start: Int, limit: Int) -> Passage.Speaker? {
        // 会议最后,大队长某某…: when somebody spoke.
        if limit - start > 4, Self.occasions.starts(in: folded, at: start) { return nil }
        for word in Self.meetingOpenings where limit - start >= word.count {
            if folded[start..<start + word.count].elementsEqual(word) { return .text(line.text(start..<start + 2)) }
        }
        return nil
    }

    private static let occasions = WordTrie<Bool>(words: "会议最后 会议期间 会议结束 会议伊始 会议开始")
    private static let meetingOpenings = ["会议", "大会", "全会"].map { Array($0.unicodeScalars) }

    /// The subject of an earlier clause of the sentence, or else whoever speaks in this passage.
    private func carried(before clauseStart: Int, sentence: ParagraphReading.Sentence) -> Passage.Speaker? {
        let start = sentence.range.lowerBound
        if clauseStart > start {
            if let ahead = subjectAhead(from: start, to: clauseStart) { return ahead }
        }
        if passage.speaker == .nobody, passage.mode != .notice, lastPersonParagraph == paragraph, let lastPerson {
            return .person(lastPerson)
        }
        return passage.speaker
    }
}
