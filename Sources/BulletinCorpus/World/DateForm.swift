/// The forms in which headers and signatures write a day.
enum DateForm: CaseIterable, Sendable {
    case dashes, slashes, dots, characters, paddedCharacters, numerals, numeralsWithCircle, numeralsWithLetter
    case fullWidth, bracketed

    /// The forms that headers use, the usual ones most often.
    static let ofHeaders: [(weight: Int, element: DateForm)] = [
        (50, .dashes), (6, .slashes), (4, .dots), (16, .characters), (9, .paddedCharacters), (4, .numerals),
        (2, .numeralsWithCircle), (2, .numeralsWithLetter), (3, .fullWidth), (4, .bracketed),
    ]
    /// The forms that signatures use.
    static let ofSignatures: [(weight: Int, element: DateForm)] = [
        (75, .characters), (18, .numerals), (4, .numeralsWithCircle), (3, .numeralsWithLetter),
    ]

    /// The day in this form.
    func text(_ date: CivilDay) -> String {
        let (year, month, day) = date.parts
        switch self {
        case .dashes: return date.iso
        case .slashes: return "\(year)/\(CivilDay.padded(month))/\(CivilDay.padded(day))"
        case .dots: return "\(year).\(CivilDay.padded(month)).\(CivilDay.padded(day))"
        case .characters: return "\(year)年\(month)月\(day)日"
        case .paddedCharacters: return "\(year)年\(CivilDay.padded(month))月\(CivilDay.padded(day))日"
        case .numerals: return Self.inNumerals(date, zero: "〇")
        case .numeralsWithCircle: return Self.inNumerals(date, zero: "○")
        case .numeralsWithLetter: return Self.inNumerals(date, zero: "Ｏ")
        case .fullWidth:
            let wide = "\(year)年\(month)月\(day)日".unicodeScalars.map {
                ("0"..."9").contains($0) ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0
            }
            return String(String.UnicodeScalarView(wide))
        case .bracketed: return "[\(date.iso)]"
        }
    }

    private static let digits = BulletinCorpus.characters("一二三四五六七八九")

    private static func inNumerals(_ date: CivilDay, zero: String) -> String {
        let (year, month, day) = date.parts
        let years = String(year).unicodeScalars.map { $0 == "0" ? zero : digits[Int($0.value) - 0x31] }.joined()
        return "\(years)年\(numeral(month))月\(numeral(day))日"
    }

    /// 1 to 99 in Chinese: 十, 十七, 二十, 三十一.
    static func numeral(_ number: Int) -> String {
        let tens = number / 10
        let ones = number % 10
        let head = tens == 0 ? "" : tens == 1 ? "十" : digits[tens - 1] + "十"
        return head + (ones == 0 ? "" : digits[ones - 1])
    }
}
