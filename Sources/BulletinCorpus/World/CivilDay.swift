/// A day of the Gregorian calendar that can be counted with.
struct CivilDay: Hashable, Sendable {
    /// Days since 1970-01-01.
    let number: Int

    /// A day of the years in which bulletins stand on the web.
    init(_ random: inout CorpusRandom) {
        // 2008-01-01 to 2025-12-31.
        number = random.within(13_879...20_453)
    }

    init(number: Int) {
        self.number = number
    }

    func advanced(by days: Int) -> CivilDay {
        CivilDay(number: number + days)
    }

    /// Year, month and day (Howard Hinnant, chrono-compatible low-level date algorithms, civil_from_days).
    var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// `YYYY-MM-DD`.
    var iso: String {
        let (year, month, day) = parts
        return "\(year)-\(Self.padded(month))-\(Self.padded(day))"
    }

    /// `--MM-DD`, for a day of an unknown year.
    var isoWithoutYear: String {
        let (_, month, day) = parts
        return "--\(Self.padded(month))-\(Self.padded(day))"
    }

    /// At least two digits.
    static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
