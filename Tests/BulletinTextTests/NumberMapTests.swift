import TestSupport
import Testing

@testable import BulletinText

@Suite struct NumberMapTests {
    /// Whatever is set, the map holds what a dictionary holds, also after it has grown.
    @Test(arguments: [0, 1, 40, 3000])
    func itHoldsWhatADictionaryHolds(_ capacity: Int) {
        var random = SeededGenerator(seed: UInt64(capacity))
        var map = NumberMap<UInt32, UInt16>(capacity: capacity)
        var expected: [UInt32: UInt16] = [:]
        for _ in 0..<5000 {
            let key = UInt32.random(in: 1...4000, using: &random) &* 0x1_0001
            let value = UInt16.random(in: .min ... .max, using: &random)
            map.set(key, value)
            expected[key] = value
        }
        #expect(map.count == expected.count)
        for (key, value) in expected { #expect(map[key] == value) }
        for key in UInt32(1)...4000 { #expect(map.contains(key) == (expected[key] != nil)) }
    }

    @Test func addingKeepsWhatIsThere() {
        var map = NumberMap<UInt64, UInt8>(capacity: 4)
        map.set(7, 3)
        for key in UInt64(1)...100 { map.add(key) }
        #expect(map[7] == 3)
        #expect(map[100] == 1)
        #expect(map[101] == nil)
        #expect(map.count == 100)
    }

    /// The filter tells apart only by the lowest ten bits; the set must tell all apart.
    @Test func aSetOfScalarsHoldsThoseAndNoOthers() {
        let members = "區強調會議".unicodeScalars
        let set = ScalarSet(Array(members))
        for value in UInt32(0x3400)...0x9FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(set.contains(scalar) == members.contains(scalar))
        }
        #expect(!set.isEmpty)
        #expect(ScalarSet([]).isEmpty)
    }
}

@Suite struct ByteCensusTests {
    /// Eight bytes are counted together where all are ordinary: the sums must be those of counting one by one.
    @Test func itCountsWhatCountingOneByOneGives() {
        var random = SeededGenerator(seed: 9)
        let special: [UInt8] = [0, 1, 8, 9, 10, 13, 14, 31, 32, 126, 127, 128, 159, 160, 255]
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in
                Bool.random(using: &random)
                    ? special.randomElement(using: &random) ?? 0 : UInt8.random(in: 0x30...0xF0, using: &random)
            }
            let census = bytes.withUnsafeBufferPointer { ByteCensus($0) }
            #expect(census.nulls == bytes.count { $0 == 0 })
            #expect(census.high == bytes.count { $0 >= 0x80 })
            #expect(census.controls == bytes.count { ($0 < 0x20 && !(9...13).contains($0) && $0 != 0) || $0 == 0x7F })
        }
    }
}

@Suite struct UTF8BytesTests {
    @Test func everyLengthIsReadAndWritten() throws {
        for scalar: Unicode.Scalar in [
            "\0", "a", "\u{7F}", "\u{80}", "é", "\u{7FF}", "\u{800}", "中", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
        ] {
            var bytes: [UInt8] = []
            UTF8Bytes.append(scalar, to: &bytes)
            #expect(bytes == Array(String(scalar).utf8))
            let read = try #require(bytes.withUnsafeBufferPointer { UTF8Bytes.scalar($0, at: 0) })
            #expect(read.scalar == scalar)
            #expect(read.length == bytes.count)
            #expect(bytes.dropLast().withUnsafeBufferPointer { UTF8Bytes.scalar($0, at: 0) }?.scalar == nil)
        }
    }

    @Test func aByteIsFoundInARangeOnly() {
        let bytes = Array("a<b<c".utf8)
        bytes.withUnsafeBufferPointer {
            #expect(UTF8Bytes.index(of: UInt8(ascii: "<"), in: $0, 0..<5) == 1)
            #expect(UTF8Bytes.index(of: UInt8(ascii: "<"), in: $0, 2..<5) == 3)
            #expect(UTF8Bytes.index(of: UInt8(ascii: "<"), in: $0, 2..<3) == nil)
            #expect(UTF8Bytes.index(of: UInt8(ascii: "<"), in: $0, 5..<5) == nil)
        }
    }
}
