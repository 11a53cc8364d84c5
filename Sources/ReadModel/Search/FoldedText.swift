internal import BulletinText

/// Texts folded for comparison.
enum FoldedText {
    /// `text` folded and without white space: what names, titles and clauses are compared by.
    static func key(_ text: String) -> String { keyIfDifferent(text) ?? text }

    /// `key(text)`, or nil where that is `text` itself, byte for byte.
    static func keyIfDifferent(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { utf8 in
            var position = 0
            while position < utf8.count {
                let start = position
                guard let scalar = Unicode.Scalar(utf8.nextScalar(&position)),
                    isWhiteSpace(scalar) || Folding.fold(scalar) != scalar
                else { continue }
                return key(utf8, from: start)
            }
            return nil
        }
    }

    /// The key of a text in which nothing changes before `position`.
    private static func key(_ utf8: UnsafeBufferPointer<UInt8>, from position: Int) -> String {
        // In UTF-8: appending to a view of scalars goes through a buffer for each.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count + 4)
        bytes += utf8[..<position]
        var position = position
        while position < utf8.count {
            guard let scalar = Unicode.Scalar(utf8.nextScalar(&position)), !isWhiteSpace(scalar) else { continue }
            SearchTokens.append(Folding.fold(scalar), to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a person asks for, as a key: readings are taken out, for they are copied out of damaged texts
    /// (`區(qū)衛(wèi)健局`), and the names and titles that it is compared with are clean.
    static func askedKey(_ text: String) -> String {
        key(withoutReadings(text))
    }

    /// `text` repaired, if readings are all that is wrong with it. What else looks damaged in a few characters may be
    /// meant as it stands.
    static func withoutReadings(_ text: String) -> String {
        let repaired = TextRepair.repair(text)
        let readings = [TextRepair.Kind.pinyin.rawValue, TextRepair.Kind.pinyinOutOfStep.rawValue]
        return repaired.repairs.allSatisfy { readings.contains($0.kind) } ? repaired.text : text
    }

    /// `text` folded scalar by scalar, so that positions stay.
    static func folded(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.map(Folding.fold)
    }

    /// White space and control characters, which no comparison should depend on.
    static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0xA0, 0x3000: true
        case 0x21...0x7E, 0x3001...0xFAFF: false
        default: scalar.properties.isWhitespace || scalar.value == 0xFEFF
        }
    }

    /// Whether `text` holds `part`, byte for byte; every text holds the empty one.
    static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard text.count >= part.count else { return false }
        var start = 0
        let last = text.count - part.count
        while start <= last {
            if text[start] == first, text[start..<start + part.count].elementsEqual(part) { return true }
            start += 1
        }
        return false
    }

    /// A number that changes when folding does (FNV-1a over all scalars that folding changes): files whose folded
    /// columns were made with another table are folded again.
    static let fingerprint: String = {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for value in UInt32(0)...0x2FA1F {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let folded = Folding.fold(scalar)
            guard folded != scalar else { continue }
            for word in [value, folded.value] {
                hash = (hash ^ UInt64(word)) &* 0x100_0000_01b3
            }
        }
        return String(hash, radix: 16)
    }()
}
