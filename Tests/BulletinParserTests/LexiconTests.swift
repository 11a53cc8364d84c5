import BulletinLexicon
import Foundation
import TestSupport
import Testing

@testable import BulletinParser

struct LexiconTests {
    @Test func everyBuiltInFileCanBeRead() throws {
        for file in BuiltInLexicon.files {
            let text = LexiconText(name: file.name, text: String(decoding: file.bytes, as: UTF8.self))
            #expect(try !LexiconReader.entries(of: text).isEmpty, "\(file.name)")
        }
    }

    @Test func everySectionHasWords() throws {
        var used: Set<LexiconSection> = []
        for file in BuiltInLexicon.files {
            let text = LexiconText(name: file.name, text: String(decoding: file.bytes, as: UTF8.self))
            used.formUnion(try LexiconReader.entries(of: text).map(\.section))
        }
        #expect(used == Set(LexiconSection.allCases))
    }

    @Test func everySectionIsExplained() throws {
        let page = try String(contentsOf: RepositoryFiles.url("docs/lexicon.md"), encoding: .utf8)
        for section in LexiconSection.allCases {
            #expect(page.contains("`\(section.rawValue)`"), "\(section.rawValue)")
        }
    }

    @Test func wordsOfAUserAreAddedInEitherScript() throws {
        let text = LexiconText(name: "own.txt", text: "# ours\n[title] 督學長 # in traditional script\n")
        let word = "督学长".unicodeScalars.map(\.value)
        #expect(Lexicon.builtIn.words.exact(word) == nil)
        #expect(try Lexicon(extendingBuiltInWith: [text]).words.exact(word) == .title)
    }

    @Test func errorsNameFileLineAndWayOut() {
        #expect {
            try Lexicon(extendingBuiltInWith: [LexiconText(name: "own.txt", text: "\n[titel]\n")])
        } throws: { error in
            "\(error)".hasPrefix("own.txt, line 2: there is no section [titel]; the sections are surname,")
        }
        #expect {
            try Lexicon(extendingBuiltInWith: [LexiconText(name: "own.txt", text: "局长\n[title]\n")])
        } throws: { error in
            "\(error)" == "own.txt, line 1: the word 局长 stands before the first [section]; name its section above it"
        }
    }
}

struct WordTrieTests {
    private let trie = WordTrie<Int>([(1, "通知 通知书"), (2, "通知 索引号 知")])

    @Test func aRangeIsAWordOnlyIfItIsOneFromEndToEnd() {
        let text = Scalars(text: "知通知书")
        #expect(trie.value(in: text, 1..<3) == 1)
        #expect(trie.value(in: text, 1..<4) == 1)
        #expect(trie.value(in: text, 0..<1) == 2)
        #expect(trie.value(in: text, 1..<2) == nil)
        #expect(trie.value(in: text, 0..<3) == nil)
        #expect(trie.value(in: text, 3..<3) == nil)
    }

    @Test func aWordStartsWhereAnyWordDoes() {
        let text = Scalars(text: "索引知通索引号")
        #expect(text.indices.map { trie.starts(in: text, at: $0) } == [false, false, true, false, true, false, false])
    }

    @Test func longestWordWinsAndTheFirstListCounts() {
        let text = Scalars(text: "通知书通知")
        #expect(trie.match(text, at: 0)?.end == 3)
        #expect(trie.match(text, at: 3)?.value == 1)
        #expect(trie.longest(in: text, at: 0, limit: 2)?.end == 2)
        #expect(trie.match(text, at: 2) == nil)
    }

    @Test func wordsAreFoundBackwards() {
        let reversed = WordTrie<Int>([([0x5C40, 0x5B89, 0x516C], 7)].map { (word: $0.0, value: $0.1) }) { old, _ in old
        }
        let text = Scalars(text: "市公安局长")
        #expect(reversed.longest(in: text, endingAt: 4, from: 0)?.start == 1)
        #expect(reversed.longest(in: text, endingAt: 4, from: 2) == nil)
        #expect(reversed.longest(in: text, endingAt: 5, from: 0) == nil)
    }

    @Test func paddingBetweenCharactersIsPassedOver() {
        let hit = trie.longestSpaced(in: Scalars(text: "索 引　 号：12"), at: 0)
        #expect(hit?.end == 6)
        #expect(hit?.length == 3)
        #expect(trie.longestSpaced(in: Scalars(text: "索       引号"), at: 0) == nil)
    }

    @Test func scansFindWhatStandsInARange() {
        let text = Scalars(text: "请知悉通知")
        #expect(trie.first(text, in: 0..<5)?.range == 1..<2)
        #expect(trie.suffix(of: text)?.start == 3)
        #expect(trie.exact(text, from: 3) == 1)
        #expect(!trie.occurs(in: Scalars(text: "请阅")))
    }
}
