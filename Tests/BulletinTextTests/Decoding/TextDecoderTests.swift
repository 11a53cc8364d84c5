import Testing

@testable import BulletinText

@Suite("Decoding")
struct TextDecoderTests {
    static let hans = "区卫健局要严格落实药品购买登记制度，确保《应急预案（试行）》及时印发。"
    static let hant = "區衛健局要嚴格落實藥品購買登記制度，確保《應急預案（試行）》及時印發。"

    @Test(
        "reads each encoding without being told",
        arguments: [
            (hans, "UTF-8", "utf-8"), (hans, "GB18030", "gb18030"), (hant, "GB18030", "gb18030"),
            (hant, "BIG5", "big5"), (hans, "UTF-16LE", "utf-16le"), (hant, "UTF-16BE", "utf-16be"),
            ("10月16日, meeting\n" + hans, "UTF-16LE", "utf-16le"), ("plain ASCII", "UTF-16BE", "utf-16be"),
            ("plain ASCII", "ASCII", "utf-8"),
            ("Café déjà vu, the naïve façade of an élite résumé", "LATIN1", "windows-1252"),
        ]
    )
    func detects(text: String, encoding: String, name: String) throws {
        let bytes = try #require(Bytes.of(text, in: encoding))
        #expect(try TextDecoder.decode(bytes) == DecodedText(text: text, encoding: name))
    }

    @Test("obeys a byte order mark, and drops it")
    func byteOrderMarks() throws {
        for (encoding, name) in [
            ("UTF-8", "utf-8"), ("UTF-16LE", "utf-16le"), ("UTF-16BE", "utf-16be"), ("GB18030", "gb18030"),
        ] {
            let bytes = try #require(Bytes.of("\u{FEFF}" + Self.hans, in: encoding))
            #expect(try TextDecoder.decode(bytes, label: "big5") == DecodedText(text: Self.hans, encoding: name))
        }
        #expect(try TextDecoder.decode([0xEF, 0xBB, 0xBF]) == DecodedText(text: "", encoding: "utf-8"))
    }

    @Test(
        "reads labels as the WHATWG does",
        arguments: [
            ("GBK", "gb18030"), ("gb2312", "gb18030"), ("x-gbk", "gb18030"), (" CP936 ", "gb18030"),
            ("Big5-HKSCS", "big5"),
            ("cn-big5", "big5"), ("text/html; charset=\"GB2312\"", "gb18030"), ("UTF8", "utf-8"),
            ("utf-16", "utf-16le"),
        ]
    )
    func labels(label: String, name: String) {
        #expect(EncodingLabel.resolve(label) == name)
    }

    @Test("decides for the label where the bytes leave it open")
    func labelDecides() throws {
        // Two characters are too few to tell; in GBK and in Big5 both are rare enough.
        let bytes: [UInt8] = [0xA4, 0xA4, 0xA4, 0xE5]
        #expect(try TextDecoder.decode(bytes, label: "big5").text == "中文")
        #expect(try TextDecoder.decode(Array("abc".utf8), label: "gbk").encoding == "gb18030")
    }

    @Test(
        "does not obey a label that gives worse language",
        arguments: ["gbk", "big5", "utf-8", "iso-8859-1", "utf-16", "nonsense"]
    )
    func wrongLabel(label: String) throws {
        for (text, encoding, name) in [
            (Self.hans, "GB18030", "gb18030"), (Self.hant, "BIG5", "big5"), (Self.hans, "UTF-8", "utf-8"),
        ] {
            let bytes = try #require(Bytes.of(text, in: encoding))
            #expect(try TextDecoder.decode(bytes, label: label) == DecodedText(text: text, encoding: name))
        }
    }

    @Test(
        "reads the document's own declaration",
        arguments: [
            "<html><head><META http-equiv=Content-Type content='text/html; charset=gb2312'>", "<meta charset=\"GBK\"/>",
            "<?xml version=\"1.0\" encoding='gb18030'?>",
        ]
    )
    func declarations(head: String) throws {
        let bytes = try #require(Bytes.of(head + "丂丄", in: "GB18030"))
        #expect(bytes.withUnsafeBufferPointer(DeclaredEncoding.find) == "gb18030")
        #expect(try TextDecoder.decode(bytes) == DecodedText(text: head + "丂丄", encoding: "gb18030"))
    }

    @Test(
        "declarations that say nothing are passed over",
        arguments: [
            "<meta charset>", "<meta charset=>", "<meta charset=", "<metacharset", "<meta name=x><p charset=gbk>",
            "<meta charset=utf-16>", "<",
        ]
    )
    func noDeclaration(head: String) {
        #expect(Array(head.utf8).withUnsafeBufferPointer(DeclaredEncoding.find) == nil)
    }

    @Test("short samples of any place in a text are told apart", arguments: [(10, 0.995), (30, 0.9995)])
    func shortSamples(length: Int, target: Double) throws {
        var right = 0
        var count = 0
        for script in GovernmentText.Script.allCases {
            var source = GovernmentText(seed: 7, script: script)
            let encodings =
                [("GB18030", "gb18030"), ("UTF-8", "utf-8"), ("UTF-16LE", "utf-16le")]
                + (script == .hant ? [("BIG5", "big5")] : [])
            for _ in 0..<500 {
                let text = String(source.text(sentences: 3).drop { $0.isASCII }.prefix(length))
                for (encoding, name) in encodings {
                    guard let bytes = Bytes.of(text, in: encoding) else { continue }
                    count += 1
                    if let decoded = try? TextDecoder.decode(bytes), decoded.encoding == name || decoded.text == text {
                        right += 1
                    }
                }
            }
        }
        #expect(count > 3000)
        #expect(Double(right) / Double(count) >= target, "\(right) of \(count)")
    }

    @Test("names the first bad byte of damaged text")
    func damaged() throws {
        for (text, encoding, name) in [
            (Self.hans, "UTF-8", "utf-8"), (Self.hans, "GB18030", "gb18030"), (Self.hant, "BIG5", "big5"),
        ] {
            let head = try #require(Bytes.of(text + text, in: encoding))
            let tail = try #require(Bytes.of(text, in: encoding))
            #expect {
                try TextDecoder.decode(head + [0xFF, 0x0A] + tail)
            } throws: { error in
                guard let error = error as? TextDecodingError else { return false }
                return error.code == .undecodable && error.offset == head.count && error.tried.last == name
            }
            // Cut within the last character.
            #expect {
                try TextDecoder.decode(head.dropLast())
            } throws: { error in
                guard let error = error as? TextDecodingError else { return false }
                return error.code == .undecodable && error.offset == head.count - (encoding == "UTF-8" ? 3 : 2)
            }
        }
        #expect {
            try TextDecoder.decode([0xEF, 0xBB, 0xBF, 0x41, 0xC0])
        } throws: {
            ($0 as? TextDecodingError)?.offset == 4
        }
    }

    @Test("binary data is no text")
    func binary() throws {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52]
        var generator = SeededGenerator(seed: 3)
        let noise = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [
            png, noise, [0], Array("PK\u{3}\u{4}\u{14}\0\0\0\u{8}\0".utf8), [UInt8](repeating: 0, count: 1000),
        ] {
            #expect {
                try TextDecoder.decode(bytes)
            } throws: {
                ($0 as? TextDecodingError)?.code == .notText
            }
        }
    }

    @Test("noise of high bytes never passes as text")
    func highNoise() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let bytes = (0..<200).map { _ in UInt8.random(in: 0x80...0xFF, using: &generator) }
            #expect(throws: TextDecodingError.self) { try TextDecoder.decode(bytes) }
        }
    }

    @Test("the size limit is kept, and named")
    func sizeLimit() throws {
        #expect(try TextDecoder.decode(Array("1234".utf8), maximumBytes: 4).text == "1234")
        #expect {
            try TextDecoder.decode(Array("12345".utf8), maximumBytes: 4)
        } throws: {
            ($0 as? TextDecodingError)?.code == .tooLarge && "\($0)".contains("4 bytes")
        }
        #expect(try TextDecoder.decode([]) == DecodedText(text: "", encoding: "utf-8"))
    }

    @Test("documents larger than the sample are decoded whole")
    func large() throws {
        let text =
            String(repeating: "<script>var a = 1;</script>\n", count: 4000) + String(repeating: Self.hant, count: 3000)
        for encoding in ["GB18030", "BIG5", "UTF-16BE"] {
            let bytes = try #require(Bytes.of(text, in: encoding))
            #expect(try TextDecoder.decode(bytes).text == text)
        }
    }

    @Test func rareCharactersOfGBKAreText() throws {
        // 龑, 燚, 犇, 骉: no language, and no other encoding either.
        let bytes: [UInt8] = [0xFD, 0x8C, 0xA0, 0x44, 0xA0, 0xC4, 0xF3, 0x54]
        let decoded = try TextDecoder.decode(bytes)
        #expect(decoded.encoding == "gb18030")
        #expect(decoded.text.unicodeScalars.count == 4)
    }
}
