/// Press releases of Hong Kong's government end with the day and the hour: 完 / 2015年8月27日（星期四） / 香港時間23時25分.
enum PressRelease {
    private static let clock = WordTrie(words: "香港时间")

    /// The day and time that stand at the end, if the page is such a release.
    static func date(_ lines: [ReadLine]) -> FoundDate? {
        for index in lines.indices.suffix(12) where index > 0 {
            let text = lines[index].line.folded
            guard clock.match(text, at: 0) != nil else { continue }
            let before = lines[index - 1].line.folded
            guard var date = DateScanner.first(before, in: 0..<min(before.count, 12)), date.year != nil else {
                return nil
            }
            if let (hour, hourEnd) = DateScanner.number(text, at: 4), hour < 24, hourEnd < text.count,
                text[hourEnd] == "时"
            {
                let minute = DateScanner.number(text, at: hourEnd + 1).map(\.value) ?? 0
                date.time = FoundDate.Time(hour: hour, minute: min(minute, 59), second: 0)
            }
            return date
        }
        return nil
    }
}
