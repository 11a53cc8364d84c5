/// When the event was, in the forms in which reports say so.
extension Draft {
    /// The day of the event as the report opens, and its gold.
    mutating func eventDay() -> String {
        let (year, month, date) = day.parts
        let time = random.chance(45) ? random.pick(["上午", "下午", "上午", "下午", "晚"]) : ""
        let gap = published.map { $0.number - day.number }
        switch random.below(100) {
        case 0..<12:
            gold.eventDate = day.iso
            return "\(year)年\(month)月\(date)日\(time)"
        case 12..<22:
            return eventRange()
        case 22..<30:
            return random.pick(["近日", "日前", "近日", "连日来"])
        case 30..<42 where gap == 0:
            gold.eventDate = day.iso
            return random.pick(["今天\(time)", "今日\(time)", "今（\(date)）日\(time)"])
        case 30..<42 where gap == 1:
            gold.eventDate = day.iso
            return random.pick(["昨天\(time)", "昨日\(time)", "昨（\(date)）日\(time)"])
        default:
            gold.eventDate = iso(day)
            return "\(month)月\(date)日\(time)"
        }
    }

    /// The event ends on `day` and began one or two days before.
    private mutating func eventRange() -> String {
        let first = day.advanced(by: -random.within(1...2))
        let (_, startMonth, startDate) = first.parts
        let (_, endMonth, endDate) = day.parts
        gold.eventDate = iso(first)
        gold.eventEndDate = iso(day)
        guard startMonth == endMonth else { return "\(startMonth)月\(startDate)日至\(endMonth)月\(endDate)日" }
        return random.pick([
            "\(startMonth)月\(startDate)日至\(endDate)日", "\(startMonth)月\(startDate)至\(endDate)日",
            "\(startMonth)月\(startDate)日—\(endDate)日", "\(startMonth)月\(startDate)-\(endDate)日",
        ])
    }

    /// The day in gold: with its year if the header tells it.
    private func iso(_ day: CivilDay) -> String {
        published == nil ? day.isoWithoutYear : day.iso
    }
}
