/// Judges whether a person's name stands at a place, and how long it is.
///
/// A candidate is a surname with one or two characters of a given name, a name without a known surname in a place where
/// only names stand, or a name with a dot. ``NameEvidence`` is gathered about it, and ``NameWeights`` sums it up.
struct NameFinder {
    let scan: LineScan
    let lexicon: Lexicon

    /// A name that may stand at a place.
    struct Candidate {
        var range: Range<Int>
        /// Log-odds of its being a name.
        var points: Double
    }

    /// Points from which a candidate counts as a name.
    static let threshold = 0.0
    /// Points from which a candidate counts as a name if a list goes on with names.
    static let weakThreshold = -2.5

    /// The best candidate that starts at `start`; nil if no name can start there, and mostly where none reaches
    /// ``weakThreshold``. `before` is the evidence before it.
    func candidate(at start: Int, before: NameEvidence) -> Candidate? {
        if let foreign = dotted(at: start, isTold: !before.isDisjoint(with: .toldBefore)) { return foreign }
        let text = scan.text
        guard LineScan.isHan(text[start]) else { return nil }
        let first = lexicon.character(text[start])
        var best: Candidate?
        func consider(_ length: Int, surname: Int, _ evidence: NameEvidence) {
            guard let all = self.evidence(start..<start + length, surname: surname, given: evidence.union(before))
            else { return }
            let points = NameWeights.sum(all)
            if best.map({ points > $0.points }) ?? true {
                best = Candidate(range: start..<start + length, points: points)
            }
        }
        if start + 1 < text.count, lexicon.isDoubleSurname(text[start], text[start + 1]) {
            consider(3, surname: 2, .doubleSurname)
            consider(4, surname: 2, .doubleSurname)
        }
        if first.contains(.surname) {
            let evidence: NameEvidence = first.contains(.commonSurname) ? .commonSurname : .rareSurname
            consider(2, surname: 1, evidence)
            consider(3, surname: 1, evidence)
        }
        if first.contains(.transliteration), !before.isDisjoint(with: .toldBefore) {
            for length in 2...6 where isSound(start..<start + length) && ends(start + length) {
                consider(length, surname: 0, .noSurname)
            }
        }
        if !before.isDisjoint(with: [.afterTitle, .afterGroupTitle]), !first.contains(.commonSurname),
            let length = framedLength(from: start)
        {
            best = nil
            consider(length, surname: 0, [.noSurname, .supportedTwice])
        }
        if best == nil, !before.isDisjoint(with: [.inTitledList, .afterTitle, .afterGroupTitle]),
            !first.contains(.transliteration)
        {
            for length in 2...3 where isFramedStranger(start..<start + length, before) {
                consider(length, surname: 0, .noSurname)
            }
        }
        return best
    }

    /// 旗长|宝音满都呼|,: four to six characters that no word covers, between a title and a mark.
    private func framedLength(from start: Int) -> Int? {
        let text = scan.text
        var end = start
        while end < text.count, end - start < 7, LineScan.isHan(text[end]), !scan.spaceBefore[end] || end == start {
            guard scan.reach[end] <= end + 1 else { return nil }
            end += 1
        }
        guard (4...6).contains(end - start), !Self.plurals.contains(text[start]),
            !scan.isDoubtful(start..<end, lexicon),
            ![start, end - 1].contains(where: { lexicon.words.tags(ofCharacter: text[$0]).contains(.boundary) })
        else { return nil }
        return end < text.count && LineScan.isHan(text[end]) ? nil : end - start
    }

    /// 县领导张三、买某某、李四, 副区长|旷善|主持会议: a name whose surname no list holds, where only a name can stand: no
    /// word covers it, and a list mark or a verb of people closes it.
    private func isFramedStranger(_ range: Range<Int>, _ before: NameEvidence) -> Bool {
        let (text, end) = (scan.text, range.upperBound)
        guard end < text.count, !Self.plurals.contains(text[range.lowerBound]),
            range.allSatisfy({ LineScan.isHan(text[$0]) }),
            range.allSatisfy({ scan.reach[$0] <= $0 + 1 && scan.wordClasses[scan.wordAt[$0]].isEmpty }),
            range.dropLast().allSatisfy({ !lexicon.vocabulary.hasPair(in: text, at: $0) }),
            !lexicon.vocabulary.hasPair(in: text, at: range.lowerBound - 1),
            !lexicon.vocabulary.hasPair(in: text, at: end - 1)
        else { return false }
        if text[end] == 0x3001 { return !before.isDisjoint(with: [.inTitledList, .afterGroupTitle]) }
        return scan.reach[end] > end + 1 && scan.longestClasses[end].contains(.afterPerson)
    }

    private static let plurals = LineScan.StaticSet("们的")

    /// The evidence about a candidate; nil where it cannot be a name, or not even a weak one.
    private func evidence(_ range: Range<Int>, surname: Int, given: NameEvidence) -> NameEvidence? {
        let text = scan.text
        guard range.upperBound <= text.count, !isNumber(behind: range.upperBound) else { return nil }
        var isPadded = false
        for place in range.dropFirst() {
            guard LineScan.isHan(text[place]) else { return nil }
            let character = lexicon.character(text[place])
            if surname > 0 || range.count < 4, character.contains(.unlikely),
                lexicon.words.tags(ofCharacter: text[place]).contains(.boundary)
            {
                return nil
            }
            if scan.spaceBefore[place] {
                // 王　伟: a space within a name of two characters, and another boundary behind it.
                guard range.count == 2,
                    !LineScan.isHan(text[safe: range.upperBound]) || scan.spaceBefore[range.upperBound]
                        || !scan.spaceBefore[range.lowerBound]
                else { return nil }
                isPadded = scan.spaceBefore[range.lowerBound] || range.lowerBound == 0
            }
        }
        let firstGiven = range.lowerBound + surname
        // 王主任, 李书记: a surname before a title is no name.
        if surname > 0, scan.reach[firstGiven] > firstGiven + 1, scan.reach[firstGiven] >= range.upperBound,
            !scan.startClasses[firstGiven].isDisjoint(with: [.title, .address, .groupTitle])
        {
            return nil
        }
        // 全体|联: a word that no name holds, and one character more.
        if surname == 1, range.count == 3, scan.reach[range.lowerBound] == range.lowerBound + 2,
            scan.longestClasses[range.lowerBound].contains(.boundary), !given.contains(.afterTitle)
        {
            return nil
        }
        // 张三、全体|班子成员
        if range.count == 2, scan.reach[range.lowerBound] == range.upperBound,
            scan.longestClasses[range.lowerBound].contains(.boundary),
            given.isDisjoint(with: [.afterTitle, .afterGroupTitle])
        {
            return nil
        }
        var evidence = given
        if isPadded { evidence.insert(.padded) }
        switch range.count {
        case 2: evidence.insert(.two)
        case 3: evidence.insert(.three)
        default: evidence.insert(.four)
        }
        if surname == 1,
            !lexicon.words.tags(ofCharacter: text[range.lowerBound]).isDisjoint(with: [.boundary, .afterPerson])
        {
            // 和|有关专家: the rest of it is a word.
            let isEnclosed = given.contains(.afterTitle) && !LineScan.isHan(text[safe: range.upperBound])
            if range.count == 3, scan.reach[firstGiven] >= range.upperBound, !isEnclosed { return nil }
            evidence.insert(.wordSurname)
        }
        addCharacters(range, firstGiven: firstGiven, to: &evidence)
        addFollowing(range.upperBound, to: &evidence)
        if isCited(range.upperBound) {
            evidence.subtract([.beforeLittleWord, .beforeWord])
            evidence.insert(.beforeVerb)
        }
        addSupport(to: &evidence)
        // What follows only takes points away, unless a title stands before: most candidates end here.
        if !evidence.contains(.afterTitle), NameWeights.sum(evidence) < Self.weakThreshold { return nil }
        if isWay(range, evidence) || isCounty(range, evidence) || isOfPlaces(range) || isVisited(range)
            || isTerritory(range) || isOfAutonomy(range)
            || isRepeated(range, surname)
        {
            return nil
        }
        // 市长|周例会
        if let head = lexicon.heads.longest(in: text, endingAt: range.upperBound, from: range.lowerBound),
            head.value.contains(.meeting), range.upperBound - head.start > 1
        {
            return nil
        }
        addWords(range, surname: surname, to: &evidence)
        if isTitledByYu(range, evidence) {
            evidence.remove(.wordSurname)
            evidence.insert(.supportedTwice)
        }
        if isFramed(range, surname: surname, evidence) {
            evidence.subtract([.isWord, .givenIsWord, .wordSurname, .opensWithWord])
            evidence.insert(.supportedTwice)
        }
        return evidence
    }

    private func addSupport(to evidence: inout NameEvidence) {
        let isToldBefore = !evidence.isDisjoint(with: .toldBefore)
        let isToldBehind = !evidence.isDisjoint(with: .toldBehind)
        if !isToldBefore, !isToldBehind { evidence.insert(.unsupported) }
        if isToldBefore, isToldBehind { evidence.insert(.supportedTwice) }
    }

    /// 习近平|关于…的重要论述, 王勇|在…会议上的讲话: somebody whose words are cited.
    private func isCited(_ end: Int) -> Bool {
        let text = scan.text
        guard end < text.count else { return false }
        let isTopic = text[end] == 0x5173 && text[safe: end + 1] == 0x4E8E  // 关于
        guard isTopic || text[end] == 0x5728 else { return false }  // 在
        for place in end + 1..<min(text.count, end + 60) {
            switch text[place] {
            case 0x2C, 0xFF0C, 0x3002, 0x3B, 0xFF1B: return false
            default: break
            }
            guard Self.words.starts(in: text, at: place) else { continue }
            // …会议上的讲话, and not 在会上讲话.
            return isTopic || text[..<place].suffix(3).contains(0x7684)
        }
        return false
    }

    private static let words = WordTrie<Bool>(words: "论述 讲话 指示 批示 思想 文章 回信 贺信 致辞 要求")

    /// 副县长|于力|到…: 于 behind a title is a surname, unless a time follows it.
    private func isTitledByYu(_ range: Range<Int>, _ evidence: NameEvidence) -> Bool {
        scan.text[range.lowerBound] == 0x4E8E && evidence.contains(.afterTitle)
            && evidence.isDisjoint(with: [.isWord, .isInWord, .cutsWordBehind])
            && !Self.times.contains(scan.text[range.lowerBound + 1])
    }

    /// Verbs of one character that people do: 到, 赴, 率.
    private static let goings = LineScan.StaticSet("赴率")
    private static let times = LineScan.StaticSet("日昨今近当上下本月年去明前是此其会同每")

    /// 县长|高寒, and 县委副书记|任强军, between a title and a mark: who holds the title, whatever words the name is made of.
    private func isFramed(_ range: Range<Int>, surname: Int, _ evidence: NameEvidence) -> Bool {
        guard surname == 1, evidence.contains(.commonSurname) || evidence.contains(.wordSurname),
            evidence.contains(.afterTitle),
            evidence.contains(.closed) || evidence.contains(.beforeListMark)
                || range.count == 3 && evidence.contains(.beforeVerb),
            evidence.isDisjoint(with: [.isInWord, .cutsWordBefore, .opensWithOffice])
        else { return false }
        // 主任|方面,: a longer title begins there; 书记|高度重视: a verb.
        let tags = lexicon.directiveWords.value(in: scan.text, range) ?? []
        return tags.isEmpty && scan.startsWord(range.lowerBound)
            && !scan.longestClasses[range.lowerBound].contains(.title)
    }

    /// 张家川|回族自治县: the name of what governs itself.
    private func isOfAutonomy(_ range: Range<Int>) -> Bool {
        for place in range.upperBound..<min(range.upperBound + 5, scan.text.count) {
            guard LineScan.isHan(scan.text[place]) else { return false }
            if scan.text[place] == 0x65CF { return scan.text[safe: place + 1] == 0x81EA }  // 族自
        }
        return false
    }

    /// 保民生、保运转: a verb that is said of several things, by a character that few are called.
    private func isRepeated(_ range: Range<Int>, _ surname: Int) -> Bool {
        let (text, first) = (scan.text, scan.text[range.lowerBound])
        guard surname == 1, !lexicon.character(first).contains(.commonSurname) else { return false }
        if text[safe: range.upperBound] == 0x3001, text[safe: range.upperBound + 1] == first { return true }
        guard text[safe: range.lowerBound - 1] == 0x3001 else { return false }
        return (2...6).contains { length in
            let start = range.lowerBound - 1 - length
            return text[safe: start] == first && text[start..<range.lowerBound - 1].allSatisfy(LineScan.isHan)
        }
    }

    /// 邓政发〔2020〕3号 is a document's number.
    private func isNumber(behind end: Int) -> Bool {
        for place in end..<min(end + 3, scan.text.count) {
            switch scan.text[place] {
            case 0x3014, 0x3010: return true
            case 0x5B: return true
            case 0x53D1, 0x51FD, 0x5B57, 0x529E, 0x89C4, 0x7535, 0x901A: continue  // 发函字办规电通
            default: return false
            }
        }
        return false
    }

    private func addCharacters(_ range: Range<Int>, firstGiven: Int, to evidence: inout NameEvidence) {
        let last = range.upperBound - 1
        if last > firstGiven {
            let character = lexicon.character(scan.text[firstGiven])
            if character.contains(.unlikely) { evidence.insert(.unlikelyFirst) }
            if character.contains(.given) { evidence.insert(.givenFirst) }
        }
        let character = lexicon.character(scan.text[last])
        if character.contains(.unlikely) { evidence.insert(.unlikelyLast) }
        if character.contains(.given) { evidence.insert(.givenLast) }
        if character.contains(.placeEnd), evidence.isDisjoint(with: [.inTitledList, .afterGroupTitle]) {
            evidence.insert(.placeLast)
        }
        let word = lexicon.words.tags(ofCharacter: scan.text[last])
        if !word.isDisjoint(with: [.boundary, .afterPerson]) { evidence.insert(.wordLast) }
        if word.contains(.regionCharacter) { evidence.insert(.regionLast) }
    }

    /// Ordinary words that the candidate is, holds, or is cut by.
    private func addWords(_ range: Range<Int>, surname: Int, to evidence: inout NameEvidence) {
        let text = scan.text
        let (start, end) = (range.lowerBound, range.upperBound)
        let words = lexicon.vocabulary
        if range.count == 2, words.hasPair(in: text, at: start) { evidence.insert(.isWord) }
        if range.count == 3, words.hasTriple(in: text, at: start) { evidence.insert(.isWord) }
        if range.count == 3, surname < 2, words.hasPair(in: text, at: start) { evidence.insert(.opensWithWord) }
        if range.count - surname == 2, words.hasPair(in: text, at: end - 2) { evidence.insert(.givenIsWord) }
        if surname < 2, scan.reach[start] >= end {
            evidence.insert(scan.reach[start] > end ? .isInWord : .isWord)
        } else if surname < 2, scan.reach[start] > start + 1, range.count == 3 {
            let isOffice = !scan.longestClasses[start].isDisjoint(with: [.title, .organ, .afterPerson])
            evidence.insert(isOffice ? .opensWithOffice : .opensWithWord)
        }
        // Longer words of the vocabulary that begin with the candidate.
        if range.count == 2, words.hasTriple(in: text, at: start) { evidence.insert(.isInWord) }
        // Words that begin in it and end behind it.
        if end < text.count, !scan.spaceBefore[end] {
            let inner = end - 1
            var cuts = words.hasPair(in: text, at: inner) || words.hasTriple(in: text, at: inner)
            if !cuts, range.count > 2 { cuts = words.hasTriple(in: text, at: end - 2) }
            if !cuts { cuts = range.dropFirst().contains { scan.reach[$0] > end } }
            if cuts { evidence.insert(.cutsWordBehind) }
        }
        // Words that begin before it and end in it, unless a word that opens clauses ends before it: 落实|习近平….
        let opensPhrase =
            start > 0 && scan.startsWord(start) && scan.wordStart(start - 1) < start - 1
            && !scan.wordClasses[scan.wordAt[start - 1]].isDisjoint(with: [.boundary, .afterPerson])
        if start > 0, !scan.spaceBefore[start], !opensPhrase {
            var cuts = words.hasPair(in: text, at: start - 1) || words.hasTriple(in: text, at: start - 1)
            if !cuts, start > 1, !scan.spaceBefore[start - 1] { cuts = words.hasTriple(in: text, at: start - 2) }
            if !cuts { cuts = scan.wordAt[start] == scan.wordAt[start - 1] }
            // 处长|江某: the title before it is the better word.
            if text[start - 1] == 0x957F, scan.titleBefore[start] > 1, !cuts || !isOffice(end - 1) { cuts = false }
            if cuts { evidence.insert(.cutsWordBefore) }
        }
    }

    private func isOffice(_ place: Int) -> Bool {
        lexicon.words.tags(ofCharacter: scan.text[place]).contains(.organCharacter)
    }

    private func addFollowing(_ end: Int, to evidence: inout NameEvidence) {
        let text = scan.text
        guard end < text.count else {
            evidence.insert(.closed)
            return
        }
        guard LineScan.isHan(text[end]) else {
            if text[end] == 0x3001 {
                evidence.insert(.beforeListMark)
            } else if text[end] >= 0x30, text[end] <= 0x39 {
                evidence.insert(.beforeDigit)
            } else if TitleReader.isLatin(text[end]) || Self.isDot(text[end]) {
                evidence.insert(.beforeUnknown)
            } else {
                evidence.insert(.closed)
            }
            return
        }
        let classes = scan.longestClasses[end]
        let length = scan.reach[end] - end
        if text[end] == 0x7B49 {  // 等
            let next = end + 1 < text.count ? scan.startClasses[end + 1] : []
            let isUnits = !next.isDisjoint(with: [
                .unit, .regionCharacter, .regionSuffix, .organ, .country, .organSuffix,
            ])
            evidence.insert(isUnits && !namesPeople(behind: end) ? .beforeOrgan : .beforeEtc)
        } else if classes.contains(.title), !classes.contains(.groupTitle) || length > 2 {
            evidence.insert(.beforeTitle)
        } else if classes.contains(.address) {
            evidence.insert(.beforeAddress)
        } else if classes.contains(.afterPerson), length > 1 || Self.goings.contains(text[end]) {
            evidence.insert(.beforeVerb)
        } else if scan.spaceBefore[end] {
            evidence.insert(.beforeSpace)
        } else if !classes.isDisjoint(with: [
            .regionCharacter, .organCharacter, .organSuffix, .regionSuffix, .venueSuffix,
        ]) {
            evidence.insert(.beforeOrgan)
        } else if classes.contains(.afterPerson) || classes.contains(.boundary) && length == 1 {
            evidence.insert(.beforeLittleWord)
        } else if length > 1 || lexicon.vocabulary.hasPair(in: text, at: end) {
            evidence.insert(.beforeWord)
        } else {
            evidence.insert(.beforeUnknown)
        }
    }
}

// MARK: - Names by their sound

extension NameFinder {
    /// Whether all characters are used to write names by their sound.
    private func isSound(_ range: Range<Int>) -> Bool {
        guard range.upperBound <= scan.text.count else { return false }
        return range.allSatisfy { lexicon.character(scan.text[$0]).contains(.transliteration) }
    }

    /// Whether a name by its sound can end at a place: no such character follows, or one that begins a word.
    private func ends(_ place: Int) -> Bool {
        guard place < scan.text.count, lexicon.character(scan.text[place]).contains(.transliteration) else {
            return true
        }
        return scan.spaceBefore[place] || scan.reach[place] > place + 1
            || !lexicon.words.tags(ofCharacter: scan.text[place]).isDisjoint(with: [.boundary, .afterPerson])
    }

    /// Foreign and minority names with a dot between their parts (弗拉基米尔·普京, 雪克来提·扎克尔).
    private func dotted(at start: Int, isTold: Bool) -> Candidate? {
        let text = scan.text
        var end = start
        var dots = 0
        var run = 0
        while end < text.count, end - start < 24 {
            let scalar = text[end]
            if Self.isDot(scalar), run > 0 {
                dots += 1
                run = 0
            } else if lexicon.character(scalar).contains(.transliteration), run < 8 {
                if dots > 0, run > 0, scan.reach[end] > end + 1, !isBeforeDot(end + 1),
                    !scan.startClasses[end].isDisjoint(with: [.afterPerson, .title, .address, .boundary])
                {
                    break
                }
                run += 1
            } else {
                break
            }
            end += 1
        }
        guard dots > 0, run > 0 else { return nil }
        // No character of the name may stand before it, or it would have started there.
        if start > 0, lexicon.character(text[start - 1]).contains(.transliteration), !isTold, !scan.startsWord(start) {
            return nil
        }
        return Candidate(range: start..<end, points: Self.threshold + 4)
    }

    /// 木拉|提·哈孜: the character in question ends a part of the name.
    private func isBeforeDot(_ place: Int) -> Bool { place < scan.text.count && Self.isDot(scan.text[place]) }

    static func isDot(_ scalar: UInt32) -> Bool {
        scalar == 0xB7 || scalar == 0x2022 || scalar == 0x2027 || scalar == 0x30FB || scalar == 0xFF65
            || scalar == 0x22C5
    }
}

extension Array where Element == UInt32 {
    /// The element, or 0 behind the end.
    @inline(__always)
    subscript(safe index: Int) -> UInt32 { index >= 0 && index < count ? self[index] : 0 }
}
