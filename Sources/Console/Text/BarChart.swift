/// Small plots of characters.
public enum BarChart {
    private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A bar as long as `value` is of `largest`, at most `width` cells; something is always shown of what is not zero.
    public static func bar(_ value: Int, of largest: Int, width: Int) -> String {
        guard value > 0, largest > 0, width > 0 else { return "" }
        let units = max(1, Int((Double(value) / Double(largest) * Double(width * 8)).rounded()))
        let bar = String(repeating: "█", count: min(width, units / 8))
        return units % 8 == 0 || units / 8 >= width ? bar : bar + String(eighths[units % 8 - 1])
    }

    /// A character for each value, as high as the value is of the largest; a space for zero.
    public static func sparkline(_ values: [Int]) -> String {
        let largest = values.max() ?? 0
        return String(
            values.map { value -> Character in
                guard value > 0, largest > 0 else { return " " }
                return levels[min(7, max(0, Int((Double(value) / Double(largest) * 8).rounded(.up)) - 1))]
            }
        )
    }
}
