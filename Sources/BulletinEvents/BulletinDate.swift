/// A calendar day as bulletins state it: `YYYY-MM-DD`, or `--MM-DD` where the year is not known.
///
/// The second form is that of ISO 8601:2000, section 5.2.1.3 e (also RFC 6350, section 4.3.1). A value always
/// denotes a day that exists; 29 February is accepted where the year is not known.
public struct BulletinDate: Hashable, Sendable {
    /// The year in the Gregorian calendar; nil where it is not known.
    public let year: Int?
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// The given day, or nil if there is no such day or the year is not within 1 to 9999.
    public init?(year: Int?, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        if let year, !(1...9999).contains(year) { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    private static func days(in month: Int, of year: Int?) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2:
            if let year { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 } else { 29 }
        default: 31
        }
    }
}

extension BulletinDate: LosslessStringConvertible {
    /// Reads `YYYY-MM-DD` or `--MM-DD`; nil for anything else.
    public init?(_ description: String) {
        let ascii = Array(description.utf8)
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in ascii[range] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        let dash = UInt8(ascii: "-")
        if ascii.count == 10, ascii[4] == dash, ascii[7] == dash {
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
            self.init(year: year, month: month, day: day)
        } else if ascii.count == 7, ascii[0] == dash, ascii[1] == dash, ascii[4] == dash {
            guard let month = number(2..<4), let day = number(5..<7) else { return nil }
            self.init(year: nil, month: month, day: day)
        } else {
            return nil
        }
    }

    /// `YYYY-MM-DD` or `--MM-DD`.
    public var description: String {
        func padded(_ number: Int, to width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return (year.map { padded($0, to: 4) } ?? "-") + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
    }
}

extension BulletinDate: Codable {
    /// Reads the string form; throws `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = BulletinDate(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no date of the form YYYY-MM-DD or --MM-DD")
            )
        }
        self = date
    }

    /// Writes the string form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
