internal import BulletinText

/// Does damage to texts of pages.
enum Damage {
    /// The text with one kind of damage; nil where this text cannot suffer it.
    static func apply(_ kind: DamageKind, to text: String, _ random: inout CorpusRandom) -> String? {
        switch kind {
        case .pinyin: return changed(text, random.pick(ReadingTool.sites).insertReadings(text, &random))
        case .outOfStep:
            // Not every table hits this text out of step.
            let first = random.below(ReadingTool.sites.count)
            for step in 0..<8 {
                let site = ReadingTool.sites[(first + step) % ReadingTool.sites.count]
                if let damaged = site.insertOutOfStep(text) { return damaged }
            }
            return nil
        case .misdecoded: return misdecoded(text, &random)
        case .entities: return changed(text, entities(text, &random))
        case .invisible: return changed(text, invisible(text, &random))
        case .wrapped: return changed(text, wrapped(text, width: random.within(24...60)))
        }
    }

    private static func changed(_ text: String, _ damaged: String) -> String? {
        damaged == text ? nil : damaged
    }

    /// Written in one encoding, read in another, where nothing is lost by it.
    private static func misdecoded(_ text: String, _ random: inout CorpusRandom) -> String? {
        let pairs = [("UTF-8", "latin-1"), ("GB18030", "latin-1"), ("UTF-8", "GB18030"), ("BIG5", "GB18030")]
        let first = random.below(pairs.count)
        for step in 0..<pairs.count {
            let (written, read) = pairs[(first + step) % pairs.count]
            guard let bytes = TextEncoder.bytes(text, in: written) else { continue }
            if read == "latin-1" {
                var view = String.UnicodeScalarView()
                for byte in bytes { view.append(Unicode.Scalar(byte)) }
                return String(view)
            }
            guard let damaged = TextEncoder.text(bytes, in: read), TextEncoder.bytes(damaged, in: read) == bytes else {
                continue
            }
            return damaged
        }
        return nil
    }

    private static func entities(_ text: String, _ random: inout CorpusRandom) -> String {
        let rate = random.within(0...3)
        var damaged = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "“": damaged += "&ldquo;"
            case "”": damaged += "&rdquo;"
            case "·": damaged += "&middot;"
            case "—": damaged += "&mdash;"
            case "\u{A0}", "　": damaged += "&nbsp;"
            case " ": damaged += random.chance(50) ? "&nbsp;" : " "
            default:
                if scalar.value > 0x4E00, random.chance(rate) {
                    damaged +=
                        random.chance(50)
                        ? "&#\(scalar.value);" : "&#x" + String(scalar.value, radix: 16, uppercase: true) + ";"
                } else {
                    damaged.unicodeScalars.append(scalar)
                }
            }
        }
        return damaged
    }

    private static func invisible(_ text: String, _ random: inout CorpusRandom) -> String {
        let strewn: [Unicode.Scalar] = ["\u{200B}", "\u{FEFF}", "\u{200D}", "\u{AD}", "\u{7}", "\u{1F}", "\u{E004}"]
        var damaged = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            damaged.append(scalar)
            if scalar.value > 0x4E00, random.below(60) == 0 { damaged.append(random.pick(strewn)) }
        }
        return String(damaged)
    }

    /// Lines of `width` characters at most, as mail programs and old databases break them.
    private static func wrapped(_ text: String, width: Int) -> String {
        var damaged = String.UnicodeScalarView()
        var column = 0
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                column = 0
            } else if column == width {
                damaged.append("\n")
                column = 1
            } else {
                column += 1
            }
            damaged.append(scalar)
        }
        return String(damaged)
    }
}
