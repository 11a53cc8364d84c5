/// Names of encodings, as the WHATWG Encoding Standard resolves them, with a few that Chinese systems add.
enum EncodingLabel {
    static let utf8 = "utf-8"
    static let utf16LE = "utf-16le"
    static let utf16BE = "utf-16be"
    static let gb18030 = "gb18030"
    static let big5 = "big5"
    static let windows1252 = "windows-1252"

    /// The WHATWG name of the encoding that `label` means, or nil if it is none that is decoded here.
    ///
    /// A whole content type (`text/html; charset=gb2312`) is taken too.
    static func resolve(_ label: String) -> String? {
        var name = label.lowercased()
        if let charset = name.firstRange(of: "charset=") {
            name = String(name[charset.upperBound...].prefix { $0 != ";" })
        }
        name.removeAll { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        return aliases[name]
    }

    /// What iconv calls the encoding. Big5 means Big5-HKSCS to the WHATWG, and so it is on the web.
    static func iconvName(_ name: String) -> String {
        name == big5 ? "BIG5-HKSCS" : name
    }

    private static let aliases: [String: String] = {
        let labels: [(String, [String])] = [
            (utf8, ["utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8", "utf-8-sig"]),
            (
                utf16LE,
                ["utf-16", "utf16", "utf16le", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode", "unicodefeff"]
            ),
            (utf16BE, ["utf16be", "unicodefffe"]),
            (
                gb18030,
                [
                    "gbk", "gb2312", "gb_2312", "gb_2312-80", "gb2312-80", "gb-2312", "chinese", "csgb2312", "x-gbk",
                    "csiso58gb231280", "iso-ir-58", "cp936", "936", "ms936", "windows-936", "euc-cn", "gb18030-2022",
                ]
            ),
            (
                big5,
                [
                    "big5-hkscs", "big5hkscs", "cn-big5", "csbig5", "x-x-big5", "x-big5", "cp950", "950", "ms950",
                    "windows-950", "big5-eten", "big-5",
                ]
            ),
            (
                windows1252,
                [
                    "ascii", "us-ascii", "ansi_x3.4-1968", "latin1", "l1", "iso-8859-1", "iso8859-1", "iso_8859-1",
                    "cp1252",
                ]
            ),
            ("shift_jis", ["sjis", "shift-jis", "ms_kanji", "windows-31j", "x-sjis", "cp932"]),
            ("euc-jp", ["eucjp", "x-euc-jp"]),
            ("euc-kr", ["euckr", "ks_c_5601-1987", "korean", "cp949", "uhc", "windows-949"]),
            ("windows-1250", ["cp1250"]), ("windows-1251", ["cp1251"]), ("windows-1253", ["cp1253"]),
            ("iso-8859-2", ["latin2"]), ("iso-8859-5", ["cyrillic"]), ("iso-8859-7", ["greek"]),
            ("iso-8859-15", ["latin-9"]), ("koi8-r", ["koi8"]),
        ]
        var aliases: [String: String] = [:]
        for (name, others) in labels {
            aliases[name] = name
            for other in others { aliases[other] = name }
        }
        return aliases
    }()
}
