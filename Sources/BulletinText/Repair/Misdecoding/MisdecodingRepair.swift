/// Undoes decoding in the wrong encoding: the text is encoded again as it was wrongly read, and decoded rightly.
///
/// Done only where every step is exact and the result is clearly better language. The whole text is tried first, then its
/// lines, then spans of them: pages are put together of parts.
struct MisdecodingRepair {
    struct Result {
        var bytes: [UInt8]
        var counts: [TextRepair.Kind: Int]
    }

    /// The text with what was wrongly decoded put right, or nil if nothing was.
    static func repair(_ text: [UInt8]) -> Result? {
        if let (kind, bytes) = best(text[...]) { return Result(bytes: bytes, counts: [kind: 1]) }
        var result = Result(bytes: [], counts: [:])
        result.bytes.reserveCapacity(text.count)
        for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if number > 0 { result.bytes.append(0x0A) }
            let scan = line.withUnsafeBufferPointer { RepairScan($0) }
            guard scan.hasLatinRun || scan.hasRareHan else {
                result.bytes.append(contentsOf: line)
                continue
            }
            if let (kind, bytes) = best(line) {
                result.bytes.append(contentsOf: bytes)
                result.counts[kind, default: 0] += 1
            } else {
                repairSpans(line, into: &result)
            }
        }
        return result.counts.isEmpty ? nil : result
    }

    /// The kind of wrong decoding that explains the text best, and the text without it.
    private static func best(_ text: ArraySlice<UInt8>) -> (TextRepair.Kind, [UInt8])? {
        let before = cost(text)
        var best: (kind: TextRepair.Kind, bytes: [UInt8], cost: Int)?
        for (kind, bytes) in readings(text) {
            let after = cost(bytes[...])
            // Two characters at least must come out better, and all together by three tenths.
            guard after * 10 <= before * 7, before - after >= (kind == .utf8AsLatin1 ? 24 : 36) else { continue }
            if after < best?.cost ?? .max { best = (kind, bytes, after) }
        }
        return best.map { ($0.kind, $0.bytes) }
    }

    /// Everything that the text may have been.
    private static func readings(_ text: ArraySlice<UInt8>) -> [(TextRepair.Kind, [UInt8])] {
        var readings: [(TextRepair.Kind, [UInt8])] = []
        if let bytes = Latin1.bytes(text) {
            if isUTF8(bytes) { readings.append((.utf8AsLatin1, bytes)) }
            if let text = converted(bytes, "GB18030", "UTF-8") { readings.append((.gbkAsLatin1, text)) }
            if let text = converted(bytes, "BIG5-HKSCS", "UTF-8") { readings.append((.big5AsLatin1, text)) }
            return readings
        }
        if let bytes = converted(Array(text), "UTF-8", "GB18030") {
            if isUTF8(bytes) { readings.append((.utf8AsGBK, bytes)) }
            if let text = converted(bytes, "BIG5-HKSCS", "UTF-8") { readings.append((.big5AsGBK, text)) }
        }
        if let bytes = converted(Array(text), "UTF-8", "BIG5-HKSCS"), let text = converted(bytes, "GB18030", "UTF-8") {
            readings.append((.gbkAsBig5, text))
        }
        return readings
    }

    /// Repairs what can be repaired within a line: stretches between characters that no wrong decoding gives.
    private static func repairSpans(_ line: ArraySlice<UInt8>, into result: inout Result) {
        var spans: [(isLatin: Bool, range: Range<Int>)] = []
        var position = line.startIndex
        line.withUnsafeBufferPointer { bytes in
            while let (scalar, length) = UTF8Bytes.scalar(bytes, at: position - line.startIndex) {
                let isLatin = scalar.value < 0x80 ? spans.last?.isLatin ?? true : Latin1.byte(scalar) != nil
                if let last = spans.last, last.isLatin == isLatin {
                    spans[spans.count - 1].range = last.range.lowerBound..<position + length
                } else {
                    spans.append((isLatin, position..<position + length))
                }
                position += length
            }
        }
        for (isLatin, range) in spans {
            let span = line[range]
            if let (kind, bytes) = best(span) {
                result.bytes.append(contentsOf: bytes)
                result.counts[kind, default: 0] += 1
            } else if isLatin {
                repairLatinRuns(span, into: &result)
            } else {
                repairUTF8AsGBK(span, into: &result)
            }
        }
    }

    /// Decodes each run of Latin-1 letters that is UTF-8 in itself.
    private static func repairLatinRuns(_ span: ArraySlice<UInt8>, into result: inout Result) {
        var position = span.startIndex
        while position < span.endIndex {
            let isHigh = span[position] >= 0x80
            let end = span[position...].firstIndex { ($0 >= 0x80) != isHigh } ?? span.endIndex
            let run = span[position..<end]
            if isHigh, let bytes = Latin1.bytes(run), isUTF8(bytes), cost(run) - cost(bytes[...]) >= 24 {
                result.bytes.append(contentsOf: bytes)
                result.counts[.utf8AsLatin1, default: 0] += 1
            } else {
                result.bytes.append(contentsOf: run)
            }
            position = end
        }
    }

    /// Decodes each stretch whose GBK bytes are UTF-8. Three bytes of UTF-8 are one and a half characters of GBK, and the
    /// odd one out is lost where ASCII follows it, so that whole lines are seldom exact.
    private static func repairUTF8AsGBK(_ span: ArraySlice<UInt8>, into result: inout Result) {
        var bytes: [UInt8] = []
        // For each offset in `bytes` at which a character of the text begins: its offset in `span`; otherwise -1.
        var offsets: [Int] = []
        var position = span.startIndex
        span.withUnsafeBufferPointer { text in
            while let (scalar, length) = UTF8Bytes.scalar(text, at: position - span.startIndex) {
                offsets.append(position)
                if let pair = GBK.table.pair(scalar) {
                    bytes += [pair.lead, pair.trail]
                    offsets.append(-1)
                } else {
                    // 0xFF stands in no UTF-8: the stretch ends.
                    bytes.append(scalar.value < 0x80 ? UInt8(scalar.value) : 0xFF)
                }
                position += length
            }
        }
        offsets.append(span.endIndex)
        var index = 0
        while index < bytes.count {
            let end = stretch(bytes, offsets, from: index)
            if end > index {
                let before = span[offsets[index]..<offsets[end]]
                let after = bytes[index..<end]
                let (old, new) = (cost(before), cost(after))
                if new * 10 <= old * 7, old - new >= 36 {
                    result.bytes.append(contentsOf: after)
                    result.counts[.utf8AsGBK, default: 0] += 1
                } else {
                    result.bytes.append(contentsOf: before)
                }
                index = end
            } else {
                let next = offsets[(index + 1)...].firstIndex { $0 >= 0 } ?? bytes.count
                result.bytes.append(contentsOf: span[offsets[index]..<offsets[next]])
                index = next
            }
        }
    }

    /// The end of the longest stretch of UTF-8 from `start` on that ends where a character of the text does.
    private static func stretch(_ bytes: [UInt8], _ offsets: [Int], from start: Int) -> Int {
        var position = start
        var end = start
        while position < bytes.count {
            let first = bytes[position]
            let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 0
            guard length > 0, position + length <= bytes.count,
                String(validating: bytes[position..<position + length], as: UTF8.self) != nil
            else { break }
            position += length
            if offsets[position] >= 0 { end = position }
        }
        return end
    }

    /// The cost of what is not ASCII, in half bits: ASCII reads alike in all of the encodings.
    private static func cost(_ text: ArraySlice<UInt8>) -> Int {
        text.withUnsafeBufferPointer { bytes in
            var cost = 0
            var position = 0
            while let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
                cost += scalar.value < 0x80 ? 0 : TextCost.halfBits(scalar)
                position += length
            }
            return cost
        }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        bytes.contains { $0 >= 0x80 } && String(validating: bytes, as: UTF8.self) != nil
    }

    private static func converted(_ bytes: [UInt8], _ source: String, _ target: String) -> [UInt8]? {
        bytes.withUnsafeBufferPointer {
            if case .converted(let output) = Iconv.convert($0, from: source, to: target) { return output }
            return nil
        }
    }
}
