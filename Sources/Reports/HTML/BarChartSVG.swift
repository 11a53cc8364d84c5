/// Bars as SVG within a page, with the same figures as a table for those who do not see them.
enum BarChartSVG {
    /// A value and what it is of.
    struct Bar {
        var name: String
        var value: Int
    }

    private static let width = 720
    private static let columnHeight = 180

    /// Columns side by side, for months.
    static func columns(_ title: String, _ bars: [Bar], id: String, nameHeading: String) -> String {
        guard let largest = bars.map(\.value).max(), largest > 0 else { return "" }
        let step = Double(width) / Double(bars.count)
        // Every label needs some 60 units; the others are left out.
        let every = max(1, Int((60 / step).rounded(.up)))
        var shapes = ""
        for (index, bar) in bars.enumerated() {
            let height = Double(bar.value) / Double(largest) * Double(columnHeight)
            let x = Double(index) * step
            shapes += rectangle(x + step * 0.1, Double(columnHeight) - height + 20, step * 0.8, height, bar)
            if bar.value > 0, step >= 18 {
                shapes += label(x + step / 2, Double(columnHeight) - height + 14, "middle", String(bar.value))
            }
            if index % every == 0 { shapes += label(x + step / 2, Double(columnHeight) + 38, "middle", bar.name) }
        }
        return figure(title, shapes, height: columnHeight + 48, bars, id, nameHeading)
    }

    /// Rows below each other, for names.
    static func rows(_ title: String, _ bars: [Bar], id: String, nameHeading: String) -> String {
        guard let largest = bars.map(\.value).max(), largest > 0 else { return "" }
        var shapes = ""
        for (index, bar) in bars.enumerated() {
            let y = Double(index) * 26
            let length = Double(bar.value) / Double(largest) * 440
            let name = bar.name.count > 16 ? bar.name.prefix(15) + "…" : bar.name[...]
            shapes += label(220, y + 17, "end", String(name))
            shapes += rectangle(228, y + 4, length, 18, bar)
            shapes += label(234 + length, y + 17, "start", String(bar.value))
        }
        return figure(title, shapes, height: bars.count * 26 + 4, bars, id, nameHeading)
    }

    private static func figure(
        _ title: String,
        _ shapes: String,
        height: Int,
        _ bars: [Bar],
        _ id: String,
        _ nameHeading: String
    ) -> String {
        let rows = bars.map { bar in
            "<tr><th scope=\"row\">\(HTMLText.escape(bar.name))</th><td>\(bar.value)</td></tr>"
        }.joined()
        return """
            <figure>
            <figcaption id="\(id)">\(HTMLText.escape(title))</figcaption>
            <svg viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="\(id)">\(shapes)</svg>
            <details><summary>The figures as a table</summary>
            <table><thead><tr><th scope="col">\(HTMLText.escape(nameHeading))</th><th scope="col">Directives</th></tr></thead>
            <tbody>\(rows)</tbody></table></details>
            </figure>

            """
    }

    private static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ bar: Bar) -> String {
        "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\" rx=\"2\">"
            + "<title>\(HTMLText.escape(bar.name)): \(bar.value)</title></rect>"
    }

    private static func label(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(HTMLText.escape(text))</text>"
    }

    private static func number(_ value: Double) -> String {
        String((value * 100).rounded() / 100)
    }
}
