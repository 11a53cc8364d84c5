import BulletinEvents

/// A date as found in text: what is written, before the missing parts are filled in.
struct FoundDate: Sendable, Equatable {
    /// Where it stands.
    var range: Range<Int>
    /// The year, if it is written.
    var year: Int?
    /// The month, if it is written.
    var month: Int?
    /// The day of the month; nil for a month alone.
    var day: Int?
    /// The last day of a range, with its month and year where they are written.
    var end: End?
    /// Days from the publication date for 今日, 昨日 and the like.
    var relative: Int?
    /// Minutes since midnight, where a time of day follows.
    var time: Time?

    struct End: Sendable, Equatable {
        var year: Int?
        var month: Int?
        var day: Int
    }

    struct Time: Sendable, Equatable {
        var hour: Int
        var minute: Int
        var second: Int
    }

    /// The date with nothing filled in, if month and day are written.
    var asWritten: BulletinDate? {
        guard let month, let day else { return nil }
        return BulletinDate(year: year, month: month, day: day)
    }
}

extension BulletinDate {
    /// Days since 1 January 1970 in the proleptic Gregorian calendar (H. Hinnant's `days_from_civil`); nil without year.
    var dayNumber: Int? {
        guard let year else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day that is `days` later; for a date without year within the month only.
    func adding(days: Int) -> BulletinDate? {
        guard let number = dayNumber else {
            return BulletinDate(year: nil, month: month, day: day + days)
        }
        let shifted = number + days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return BulletinDate(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}
