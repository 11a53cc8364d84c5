// The contract's data as JSON: the same as by their `Encodable`, with the fields of each object sorted by name. A test
// holds the two together.

extension Bulletin {
    /// The bulletin as JSON, its fields sorted.
    var json: [UInt8] {
        // The text stands in it twice, raw and cleaned, and the rest is seldom more than that.
        var writer = JSONWriter(capacity: 1024 + (raw?.utf8.count ?? 0) * 4)
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("attendees", attendees)
            writer.field("author", orNull: author)
            writer.field("byline", byline)
            writer.field("contentHash", contentHash)
            writer.name("directives")
            writer.array(directives) { $1.write(to: &$0) }
            writer.field("documentNumber", orNull: documentNumber)
            writer.name("documents")
            writer.array(documents) { $1.write(to: &$0) }
            writer.field("eventDate", orNull: eventDate?.description)
            writer.field("eventEndDate", orNull: eventEndDate?.description)
            writer.field("id", id)
            writer.field("issuer", orNull: issuer)
            writer.field("kind", kind.rawValue)
            writer.name("organizations")
            writer.array(organizations) { $1.write(to: &$0) }
            writer.field("paragraphs", paragraphs)
            writer.name("parser")
            if let parser { parser.write(to: &writer) } else { writer.null() }
            writer.name("people")
            writer.array(people) { $1.write(to: &$0) }
            writer.field("place", orNull: place)
            writer.field("places", places)
            writer.field("publishedAt", orNull: publishedAt)
            writer.field("publishedOn", orNull: publishedOn?.description)
            writer.field("quotedTerms", quotedTerms)
            writer.field("raw", orNull: raw)
            writer.field("signedOn", orNull: signedOn?.description)
            writer.field("site", orNull: site)
            writer.field("source", orNull: source)
            writer.name("text")
            text.write(to: &writer)
            writer.field("title", orNull: title)
            writer.field("url", orNull: url)
        }
    }
}

extension Withdrawal {
    /// The withdrawal as JSON, its fields sorted.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            writer.field("id", id)
            writer.field("reason", ifPresent: reason)
        }
        return writer.bytes
    }
}

extension Person {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.mentions(mentions)
            writer.field("name", name)
            writer.field("roles", roles)
        }
    }
}

extension Organization {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("canonicalName", ifPresent: canonicalName)
            writer.field("collective", collective)
            writer.mentions(mentions)
            writer.field("name", name)
        }
    }
}

extension Directive {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("deadline", ifPresent: deadline)
            writer.field("heading", heading)
            writer.field("responsible", responsible)
            writer.field("sequence", sequence)
            if let span {
                writer.name("span")
                span.write(to: &writer)
            }
            writer.field("speaker", ifPresent: speaker)
            writer.field("speakerText", ifPresent: speakerText)
            writer.field("text", text)
        }
    }
}

extension CitedDocument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.mentions(mentions)
            writer.field("title", title)
        }
    }
}

extension TextReport {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("conflicts")
            writer.array(conflicts) { $1.write(to: &$0) }
            writer.field("encoding", ifPresent: encoding)
            writer.name("repairs")
            writer.array(repairs) { $1.write(to: &$0) }
            writer.field("script", ifPresent: script)
        }
    }
}

extension TextReport.Conflict {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("field", field)
            writer.field("found", found)
            writer.field("stated", stated)
        }
    }
}

extension TextReport.Repair {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("count", count)
            writer.field("kind", kind)
        }
    }
}

extension ParserIdentity {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", name)
            writer.field("version", version)
        }
    }
}

extension Span {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("end", end)
            if let paragraph { writer.field("paragraph", paragraph) }
            writer.field("start", start)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func mentions(_ mentions: [Span]) {
        name("mentions")
        array(mentions) { $1.write(to: &$0) }
    }
}
