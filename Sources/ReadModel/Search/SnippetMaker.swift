/// Cuts out the part of a bulletin that shows best why it matches.
struct SnippetMaker {
    var terms: [SearchTerm]
    /// The length of a snippet in Unicode scalars, `…` aside.
    var length = 80
    /// How much of it is to stand before the first match.
    var lead = 20

    /// The snippet: from the first paragraph that holds the most of the terms; from the title if no paragraph holds
    /// more than it does and it holds some; from the first paragraph if nothing matches.
    func snippet(title: String?, paragraphs: [String]) -> SearchHit.Snippet {
        var best: (text: [Unicode.Scalar], paragraph: Int?, terms: Int)?
        for (index, paragraph) in paragraphs.enumerated() {
            let text = Array(paragraph.unicodeScalars)
            let count = matchingTerms(in: text)
            if count > best?.terms ?? 0 { best = (text, index, count) }
            if count == terms.count { break }
        }
        if let title {
            let text = Array(title.unicodeScalars)
            let count = matchingTerms(in: text)
            if count > best?.terms ?? 0 { best = (text, nil, count) }
        }
        let chosen = best ?? (Array((paragraphs.first ?? title ?? "").unicodeScalars), paragraphs.isEmpty ? nil : 0, 0)
        return cut(chosen.text, paragraph: chosen.paragraph)
    }

    private func matchingTerms(in text: [Unicode.Scalar]) -> Int {
        terms.count { $0.firstMatch(in: text, from: 0) != nil }
    }

    private func cut(_ text: [Unicode.Scalar], paragraph: Int?) -> SearchHit.Snippet {
        let first = terms.compactMap { $0.firstMatch(in: text, from: 0)?.lowerBound }.min() ?? 0
        var start = max(0, first - lead)
        let end = min(text.count, start + length)
        // A match near the end leaves room before it.
        start = max(0, min(start, end - length))
        var marks = matches(in: text, start..<end)
        let prefix = start > 0 ? "…" : ""
        let shift = (prefix.isEmpty ? 0 : 1) - start
        for index in marks.indices {
            marks[index].start += shift
            marks[index].end += shift
        }
        var scalars = String.UnicodeScalarView(text[start..<end])
        if end < text.count { scalars.append("…") }
        return SearchHit.Snippet(text: prefix + String(scalars), ranges: marks, paragraph: paragraph)
    }

    /// Where terms stand within the window, cut off at its ends, overlapping ones joined.
    private func matches(in text: [Unicode.Scalar], _ window: Range<Int>) -> [SearchHit.MarkedRange] {
        var found: [Range<Int>] = []
        for term in terms {
            var position = 0
            while let match = term.firstMatch(in: text, from: position), match.lowerBound < window.upperBound {
                let visible = match.clamped(to: window)
                if !visible.isEmpty { found.append(visible) }
                position = match.upperBound
            }
        }
        found.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var joined: [SearchHit.MarkedRange] = []
        for range in found {
            if let last = joined.last, range.lowerBound < last.end {
                joined[joined.count - 1].end = max(last.end, range.upperBound)
            } else {
                joined.append(SearchHit.MarkedRange(start: range.lowerBound, end: range.upperBound))
            }
        }
        return joined
    }
}
