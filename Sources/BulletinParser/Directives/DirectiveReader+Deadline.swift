extension DirectiveReader {
    /// The deadline stated in a range, as written and without 于 or 在: 6月30日前, 10日内, 年底前.
    func deadline(in range: Range<Int>) -> String? {
        for position in range.dropFirst() {
            let isBefore = folded[position] == "前"
            guard isBefore || folded[position] == "内" else { continue }
            var last = position - 1
            if isBefore, last > range.lowerBound, folded[last] == "之" || folded[last] == "以" { last -= 1 }
            guard last >= range.lowerBound, Self.isUnit(folded[last]) else { continue }
            var start = last
            while start > range.lowerBound, Self.isDatePart(folded[start - 1]) { start -= 1 }
            let hasNumber = folded[start...last].contains(where: Self.isNumber)
            guard hasNumber || isBefore && last > start else { continue }
            // 3天内 counts, 市内 does not; 目前, 日前 neither.
            return line.text(start..<position + 1)
        }
        return nil
    }

    private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "〇", "○": true
        default: false
        }
    }

    private static func isUnit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "日", "号", "底", "初", "末", "月", "年", "天", "时", "周", "旬", "分", "点", "节", "期", "班", "午", ")": true
        default: false
        }
    }

    private static func isDatePart(_ scalar: Unicode.Scalar) -> Bool {
        if isNumber(scalar) || isUnit(scalar) { return true }
        switch scalar {
        case "本", "今", "明", "次", "当", "每", "个", "工", "作", "小", "上", "下", "中", "季", "度", "星", "(", ":", "汛", "春", "国",
            "庆", "元", "旦", "端", "秋":
            return true
        default: return false
        }
    }
}
