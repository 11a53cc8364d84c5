import Testing

@testable import Console

@Suite("Text on a terminal")
struct TerminalTextTests {
    @Test(
        "What could steer a terminal or mislead the eye is written out",
        arguments: [
            ("plain 區衛健局", "plain 區衛健局"),
            ("\u{1B}[31mred", "\\u{1B}[31mred"),
            ("a\u{7}b\u{7F}c", "a\\u{7}b\\u{7F}c"),
            ("\u{9B}31m", "\\u{9B}31m"),
            ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
            ("abc\u{202E}txt.exe", "abc\\u{202E}txt.exe"),
            ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
            ("a\u{2028}b\u{FEFF}\u{200B}", "a\\u{2028}b\\u{FEFF}\\u{200B}"),
            ("tag\u{E0041}", "tag\\u{E0041}"),
            ("👨‍👩‍👧", "👨‍👩‍👧"),
        ]
    )
    func escapes(text: String, expected: String) {
        #expect(TerminalText.escape(text) == expected)
    }

    @Test("No control character survives, whatever comes in")
    func escapesEveryControl() {
        for value in Array(0...0x1F) + Array(0x7F...0x9F) {
            let scalar = Unicode.Scalar(UInt8(value))
            let result = TerminalText.escape("x\(scalar)y")
            #expect(!result.unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
        }
    }

    @Test("Line breaks stay where they are asked for, nothing else does")
    func keepsLineBreaks() {
        #expect(TerminalText.escape("a\nb\r\u{1B}", keepingLineBreaks: true) == "a\nb\\r\\u{1B}")
        #expect(TerminalText.escape("a\r\nb", keepingLineBreaks: true) == "a\\r\nb")
    }

    @Test(
        "Cells: Han and full-width two, combining none, emoji two",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("區衛健局", 8), ("，。《》", 8), ("ＡＢ", 4),
            ("ｱ", 1), ("ひらがな", 8), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("〔2020〕", 8), ("𠮷", 2),
            ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇨🇳", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("…", 1), ("—", 1),
            ("\u{200B}", 0), ("ñandú", 5), ("и", 1), ("〇", 2), ("\u{3000}", 2),
        ]
    )
    func measures(text: String, cells: Int) {
        #expect(TerminalText.width(of: text) == cells)
    }

    @Test("The table of wide characters is in order, so that it can be searched by halves")
    func wideRangesAreSorted() {
        let ranges = TerminalText.wideRanges
        #expect(ranges.allSatisfy { $0.first <= $0.last })
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.last < $1.first })
    }

    @Test(
        "A text that is too wide is cut before a whole character",
        arguments: [
            ("區衛健局", 8, "區衛健局"), ("區衛健局", 7, "區衛健…"), ("區衛健局", 6, "區衛…"), ("區衛健局", 1, "…"),
            ("區衛健局", 0, ""), ("abc", 2, "a…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ]
    )
    func truncates(text: String, width: Int, expected: String) {
        let result = TerminalText.truncate(text, to: width)
        #expect(result == expected)
        #expect(TerminalText.width(of: result) <= width)
    }

    @Test("Lines break at spaces and between Han characters")
    func wraps() {
        #expect(TerminalText.wrap("one two three", to: 8) == ["one two", "three"])
        #expect(TerminalText.wrap("區衛健局要求", to: 8) == ["區衛健局", "要求"])
        #expect(TerminalText.wrap("會議要求，各鎮街", to: 8) == ["會議要求，", "各鎮街"])
        #expect(TerminalText.wrap("a\n\nb", to: 8) == ["a", "", "b"])
        #expect(TerminalText.wrap("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
        #expect(TerminalText.wrap("", to: 4) == [""])
    }

    @Test("Wrapping loses nothing but the spaces at line ends and keeps to the width but for hanging punctuation")
    func wrapsWithoutLoss() {
        var generator = SplitMix(seed: 7)
        let alphabet = Array("ab 區衛，。健局 (試行)xyz👍")
        for _ in 0..<500 {
            let text = String(
                (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                }
            )
            let width = Int.random(in: 1...20, using: &generator)
            let lines = TerminalText.wrap(text, to: width)
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        }
    }
}

/// A small deterministic generator (Steele, Lea and Flood: Fast Splittable Pseudorandom Number Generators).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
