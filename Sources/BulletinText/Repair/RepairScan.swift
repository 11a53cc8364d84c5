/// What one pass over a text shows: which repairs have anything to look at. A clean text has none.
struct RepairScan {
    /// What may be a reading, or the sign of one out of step: letters with marks, letters in parentheses, a question
    /// mark before Chinese punctuation.
    var hasReadings = false
    /// Two of the upper half of Latin-1 side by side, as in text of another encoding read as Latin-1.
    var hasLatinRun = false
    /// An ampersand that may begin an entity.
    var hasEntities = false
    /// Characters that no reader sees, or line ends other than a line feed.
    var hasInvisible = false
    /// A stretch of Han characters too rare for Chinese: likely another encoding, wrongly read.
    var hasRareHan = false

    var isClean: Bool { !(hasReadings || hasLatinRun || hasEntities || hasInvisible || hasRareHan) }

    /// What a character of another script adds to the excess.
    private static let foreign = 10

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        // The sum of how much each character exceeds what is usual of Han, never below zero: it stays low in Chinese,
        // where the mean is 7 half bits below, and rises at once in a stretch of wrong ones (a CUSUM test).
        var excess = 0
        var position = 0
        let count = bytes.count
        // Where a character of Latin-1 ended.
        var latinEnd = -1
        let costs = HanCostTable.costs.utf8Start
        while position < count {
            let byte = bytes[position]
            if byte >= 0xE5, byte < 0xEA, position + 2 < count {
                // The common Han, most of a text: U+5000 to U+9FFF.
                let code = UTF8Bytes.code(ofThree: bytes, at: position)
                // The table has `count` digits, up to U+9FFF.
                excess = max(0, excess &+ Int(costs[Int(code &- HanCostTable.first)]) &- (0x25 + 27))
                if excess > 45 { hasRareHan = true }
                position += 3
                continue
            }
            if byte < 0x80 {
                if byte < 0x20 || byte == 0x7F {
                    if byte != 0x0A, byte != 0x09 { hasInvisible = true }
                } else if byte == 0x26 {
                    hasEntities = true
                } else if byte == 0x28 || byte == 0x3F {
                    let next = position + 1 < count ? bytes[position + 1] : 0
                    let isMark = next == 0xE3 || next == 0xEF || next &- 0x21 < 0x1F
                    if byte == 0x28 ? next &- 0x61 < 26 : isMark { hasReadings = true }
                }
                position += 1
                continue
            }
            if byte < 0xE0 {
                let next = position + 1 < count ? bytes[position + 1] : 0
                if byte == 0xC2, next < 0xA0 || next == 0xAD { hasInvisible = true }
                if byte > 0xC2 || (next != 0xA0 && next != 0xB7) { hasReadings = true }
                // Greek and Cyrillic.
                if byte >= 0xCE, byte <= 0xD1 { excess += Self.foreign }
                if byte <= 0xC3 {
                    if latinEnd == position { hasLatinRun = true }
                    // Spaces and dots come in rows.
                    if byte == 0xC3 || (next != 0xA0 && next != 0xB7) { latinEnd = position + 2 }
                }
                position += 2
                continue
            }
            guard byte < 0xF0, position + 2 < count else {
                // Planes 15 and 16 are private.
                if byte >= 0xF3 { hasInvisible = true }
                position += 4
                continue
            }
            let code = UTF8Bytes.code(ofThree: bytes, at: position)
            let han = code &- HanCostTable.first
            if han < HanCostTable.count {
                // The table has `count` digits.
                excess = max(0, excess &+ Int(costs[Int(han)]) &- (0x25 + 27))
                if excess > 45 { hasRareHan = true }
            } else if code >= 0xE000 {
                if code < 0xF900 { excess += 2 * Self.foreign }
                if code == 0xFF08 || code == 0xFFFD {
                    let next = position + 3 < count ? bytes[position + 3] : 0
                    if code == 0xFFFD || next &- 0x61 < 26 { hasReadings = true }
                }
                if code < 0xF900 || code == 0xFEFF || (code >= 0xFFF9 && code != 0xFFFD)
                    || (code >= 0xFDD0 && code <= 0xFDEF)
                {
                    hasInvisible = true
                }
            } else if code >= 0x2500, code < 0x2600 || (code >= 0x3041 && code < 0x3400) {
                // Boxes, kana, bopomofo and squared letters: what other encodings have where GBK has Han, and the reverse.
                excess += Self.foreign
            } else if code < 0x2070, code >= 0x200B || code == 0x180E {
                if code < 0x2010 || code == 0x180E || (code >= 0x2028 && code <= 0x202E) || code >= 0x2060 {
                    hasInvisible = true
                }
            }
            position += 3
        }
        if excess > 24 { hasRareHan = true }
    }
}
