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
            // What nobody assigned is what wrong readings of four-byte codes give.
            guard !bytes.contains(where: { $0 >= 0xF1 }) else { continue }
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
        if let bytes = GBK.table.bytes(text) ?? converted(Array(text), "UTF-8", "GB18030") {
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
                // The euro sign is 80 in Windows-1252 and in GBK.
                let isBoth = scalar.value < 0x80 || scalar == "€"
                let isLatin = isBoth ? spans.last?.isLatin ?? true : Latin1.byte(scalar) != nil
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
                var misread = MisreadUTF8(span)
                misread.repair(into: &result)
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

    /// The cost of what is not ASCII, in half bits: ASCII reads alike in all of the encodings.
    static func cost(_ text: ArraySlice<UInt8>) -> Int {
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
