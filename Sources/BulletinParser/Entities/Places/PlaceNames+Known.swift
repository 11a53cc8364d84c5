/// Places that are known without their level, and words that only look like one.
extension PlaceNames {
    /// Joins the characters of counties, and of names that were given with their level elsewhere.
    func readStems(_ line: inout PhraseLine) {
        var out: [PhraseLine.Word] = []
        let words = line.words
        let heads = FirstCharacters(stems.keys)
        var index = 0
        while index < words.count {
            let word = words[index]
            let isOpen =
                word.kind == .plain || word.kind == .field || word.kind == .stop && word.count == 1
            guard isOpen, let last = stem(index, heads, in: line) ?? county(index, in: line) else {
                if !out.isEmpty { out.append(word) }
                index += 1
                continue
            }
            // Most lines hold none: they keep their words.
            if out.isEmpty {
                out.reserveCapacity(words.count)
                out += words[..<index]
            }
            // 留早|镇: with the level that its characters alone did not let it have.
            let hasLevel =
                line.kind(last + 1) == .level && words[last + 1].count == 1 && line.isJoined(last + 1)
                && !line.isNamedOrgan(last + 2)
            let end = hasLevel ? last + 1 : last
            out.append(
                PhraseLine.Word(
                    start: word.start,
                    end: words[end].end,
                    kind: .place,
                    classes: hasLevel ? .regionCharacter : .region
                )
            )
            index = end + 1
        }
        if !out.isEmpty { line.replaceWords(out) }
    }

    /// The last word of a name that the bulletin has given with its level.
    private func stem(_ index: Int, _ heads: FirstCharacters, in line: PhraseLine) -> Int? {
        let (words, text) = (line.words, line.text)
        guard heads.mayContain(text[words[index].start]),
            let stem = stems[text[words[index].start]]?.first(where: {
                text[words[index].start...].starts(with: $0)
            }),
            let last = lastWord(from: index, endingAt: words[index].start + stem.count, in: line),
            last > index || words[index].kind == .plain
        else { return nil }
        return last
    }

    /// The last word of a county's name, where its characters belong to no other word.
    private func county(_ index: Int, in line: PhraseLine) -> Int? {
        let word = line.words[index]
        guard word.kind == .plain else { return nil }
        let length = line.lexicon.countyLength(in: line.text, at: word.start)
        guard length > 0, let last = lastWord(from: index, endingAt: word.start + length, in: line),
            (index...last).allSatisfy({
                (line.kind($0) == .plain && line.words[$0].count == 1 || length > 3)
                    && ($0 == index || line.isJoined($0))
            }),
            !line.isJoined(index) || !isLoose(index - 1, with: -1, in: line)
                || Self.openings.contains(line.character(index - 1)),
            !line.isJoined(last + 1) || !isLoose(last + 1, with: 0, in: line)
                || Self.trailing.contains(line.character(last + 1))
        else { return nil }
        let vocabulary = line.lexicon.vocabulary
        if line.isJoined(index), vocabulary.hasPair(in: line.text, at: word.start - 1) { return nil }
        if line.isJoined(last + 1), vocabulary.hasPair(in: line.text, at: word.start + length - 1) {
            return nil
        }
        return last
    }

    /// 阿日昆都楞|镇, 格日朝鲁|苏木: a name by its sound, whatever words its characters are elsewhere.
    func soundName(before out: [PhraseLine.Word], of level: PhraseLine.Word, in line: PhraseLine)
        -> Int?
    {
        guard level.count == 2 || Self.pastures.contains(line.text[level.start]) else { return nil }
        var from = out.count
        while from > 0, out[from - 1].count == 1, out.count - from < 7,
            out[from - 1].kind == .plain || out[from - 1].kind == .stop,
            line.lexicon.character(line.text[out[from - 1].start]).contains(.transliteration),
            from == out.count || out[from - 1].end == out[from].start
        {
            from -= 1
        }
        return out.count - from >= 4 && level.start == out[out.count - 1].end ? from : nil
    }

    private static let pointing = LineScan.StaticSet("该此")
    private static let pastures = LineScan.StaticSet("镇乡旗")

    /// A character that no word covers, nor an ordinary word of two characters that begins `offset` from it.
    private func isLoose(_ index: Int, with offset: Int, in line: PhraseLine) -> Bool {
        line.kind(index) == .plain && line.character(index) != 0
            && !line.lexicon.vocabulary.hasPair(in: line.text, at: line.words[index].start + offset)
    }

    private func lastWord(from index: Int, endingAt end: Int, in line: PhraseLine) -> Int? {
        var last = index
        while last < line.words.count, line.words[last].end < end { last += 1 }
        return last < line.words.count && line.words[last].end == end ? last : nil
    }

    private static let trailing = LineScan.StaticSet("段籍境站人交")
    private static let openings = LineScan.StaticSet("好了着过")

    /// 凌江|河源|于, 黄龙|山南|麓: a short name behind one character that no word covers, and before another or in the middle
    /// of a word.
    func isChance(
        _ word: PhraseLine.Word,
        behind last: PhraseLine.Word,
        before next: Int,
        in line: PhraseLine
    ) -> Bool {
        guard word.kind == .place, word.count == 2, word.classes == .region, last.count == 1,
            last.kind == .plain || Self.pointing.contains(line.text[last.start]),
            line.isJoined(next)
        else { return false }
        let vocabulary = line.lexicon.vocabulary
        if vocabulary.hasPair(in: line.text, at: last.start - 1) { return false }
        return isLoose(next, with: 0, in: line) || vocabulary.hasPair(in: line.text, at: word.end - 1)
    }
}

extension PhraseLine {
    /// 样板|河, 幸福|河: what a water or a street is to become, and no name.
    func isWordOfPraise(_ words: Range<Int>) -> Bool {
        guard let first = words.first, let last = words.last else { return false }
        let range = self.words[first].start..<self.words[last].end
        return Self.praise.value(in: text, range) != nil
    }

    private static let praise = WordTrie<Bool>(
        words: "样板 幸福 示范 最美 美丽 平安 生态 文明 特色 精品 放心 黑臭 沿线 主干 断头 背街 通村 入户"
    )
}
