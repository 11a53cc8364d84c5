import BulletinEvents

/// Finds what stands between marks: documents in 《》 and «», terms in “” and 「」.
enum Citations {
    /// The documents cited in title and body, each once, in order of first mention.
    static func documents(in document: DocumentText) -> [CitedDocument] {
        var documents: [CitedDocument] = []
        var places: [Scalars: Int] = [:]
        each(in: document, opening: "《", "«", closing: "》", "»") { text, span in
            if let place = places[text] {
                documents[place].mentions.append(span)
            } else {
                places[text] = documents.count
                documents.append(CitedDocument(title: text.text, mentions: [span]))
            }
        }
        return documents
    }

    /// The terms in quotation marks in title and body, each once, in order of first mention.
    static func quotedTerms(in document: DocumentText) -> [String] {
        var seen: Set<Scalars> = []
        var terms: [String] = []
        each(in: document, opening: "“", "「", closing: "”", "」") { text, _ in
            if seen.insert(text).inserted { terms.append(text.text) }
        }
        return terms
    }

    private static func each(
        in document: DocumentText,
        opening first: Unicode.Scalar,
        _ second: Unicode.Scalar,
        closing firstEnd: Unicode.Scalar,
        _ secondEnd: Unicode.Scalar,
        _ body: (Scalars, Span) -> Void
    ) {
        func scan(_ line: DocumentText.Line, paragraph: Int?) {
            for range in pairs(line.scalars, first, second, firstEnd, secondEnd) {
                let inner = line.scalars.trimmed(range)
                guard !inner.isEmpty else { continue }
                body(
                    Array(line.scalars[inner]),
                    Span(paragraph: paragraph, start: inner.lowerBound, end: inner.upperBound)
                )
            }
        }
        if let title = document.title { scan(title, paragraph: nil) }
        for (index, line) in document.paragraphs.enumerated() { scan(line, paragraph: index) }
    }

    /// The outermost closed pairs, without their marks. A mark that is never closed hides nothing behind it.
    private static func pairs(
        _ text: Scalars,
        _ first: Unicode.Scalar,
        _ second: Unicode.Scalar,
        _ firstEnd: Unicode.Scalar,
        _ secondEnd: Unicode.Scalar
    ) -> [Range<Int>] {
        var open: [Int] = []
        var closed: [Range<Int>] = []
        for (index, scalar) in text.enumerated() where scalar.value < 0x3100 {  // No Han, nor anything full-width.
            if scalar == first || scalar == second {
                open.append(index)
            } else if scalar == firstEnd || scalar == secondEnd, let start = open.popLast() {
                while let last = closed.last, last.lowerBound > start { closed.removeLast() }
                closed.append(start + 1..<index)
            }
        }
        return closed
    }
}
