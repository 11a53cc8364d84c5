import TestSupport
import Testing

@testable import BulletinParser

@Suite struct ScalarsTests {
    private let texts = [
        "", "a", "中", "é中a\u{1F600}", String(repeating: "會議要求é", count: 100), "\u{10FFFF}\u{FFFF}\u{800}\u{7FF}\u{7F}",
    ]

    /// Both ways are written by hand: they must be the standard library's.
    @Test func textsAndScalarsBecomeEachOther() {
        for text in texts {
            let scalars = Scalars(text: text)
            #expect(scalars == Array(text.unicodeScalars))
            #expect(scalars.text == text)
            for start in scalars.indices.prefix(8) {
                let slice = String(String.UnicodeScalarView(scalars[start...]))
                #expect(scalars.text(start..<scalars.count) == slice)
            }
        }
    }

    @Test func whiteSpaceIsWhatUnicodeCallsSo() {
        for value in UInt32(0)...0x1_1000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(scalar.isWhitespace == scalar.properties.isWhitespace, "U+\(String(value, radix: 16))")
        }
    }

    @Test func firstCharactersLetAllOfTheirsPass() {
        let heads = FirstCharacters([0x5F20, 0x674E])
        #expect(heads.mayContain(0x5F20))
        #expect(heads.mayContain(0x674E))
        #expect(!heads.mayContain(0x5F21))
    }
}
