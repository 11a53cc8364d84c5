// The numbers and words that items of a list begin with.

extension DirectiveReader {
    /// True for 一是, 一要, 第一, 首先, (一), 一、, 1. and the like.
    func isListItem(at position: Int) -> Bool { enumeratorEnd(at: position) != nil }

    /// The end of the enumerator that stands at `position`.
    func enumeratorEnd(at position: Int) -> Int? {
        var index = position
        let limit = folded.count
        guard index < limit else { return nil }
        func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十": true
            default: scalar.value >= 0x30 && scalar.value <= 0x39
            }
        }
        if folded[index] == "(" || folded[index] == "（" {
            var end = index + 1
            while end < limit, end - index <= 3, isNumeral(folded[end]) { end += 1 }
            guard end > index + 1, end < limit, folded[end] == ")" || folded[end] == "）" else { return nil }
            return end + 1
        }
        if folded[index].value >= 0x2460, folded[index].value <= 0x2473 { return index + 1 }
        let isOrdinal = folded[index] == "第"
        if isOrdinal { index += 1 }
        let first = index
        while index < limit, index - first < 3, isNumeral(folded[index]) { index += 1 }
        guard index > first, index < limit else { return nil }
        if isOrdinal {
            return folded[index] == "," || folded[index] == "，" || folded[index] == "、" ? index + 1 : nil
        }
        switch folded[index] {
        case "是": return folded[first].value > 0x39 ? index + 1 : nil
        case "要": return folded[first].value > 0x39 ? index : nil
        case "、", ".", "．": return index + 1
        case ")", "）": return index + 1
        default: return nil
        }
    }
}
