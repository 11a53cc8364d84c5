extension Gold {
    /// The gold as a JSON object, the fields in the order of the annotation rules. `isIndented` is the form of files;
    /// else it is one line.
    public func json(isIndented: Bool) -> String {
        var json = JSONText(isIndented: isIndented)
        json.object { json in
            json.field("id", id)
            json.field("kind", kind)
            json.field("title", title)
            json.field("source", source)
            json.field("issuer", issuer)
            json.field("documentNumber", documentNumber)
            json.field("publishedOn", publishedOn)
            json.field("signedOn", signedOn)
            json.field("eventDate", eventDate)
            json.field("eventEndDate", eventEndDate)
            json.field("place", place)
            json.list("people", people) { json, person in
                json.object { json in
                    json.field("name", person.name)
                    json.field("roles", person.roles)
                }
            }
            json.field("organizations", organizations)
            json.field("organizationsOptional", organizationsOptional)
            json.field("collectiveOrganizations", collectiveOrganizations)
            json.list("canonicalNames", canonicalNames) { json, name in
                json.object { json in
                    json.field("name", name.name)
                    json.field("canonicalName", name.canonicalName)
                }
            }
            json.field("documents", documents)
            json.field("quotedTerms", quotedTerms)
            json.field("attendees", attendees)
            json.field("places", places)
            json.list("directives", directives) { json, directive in
                json.object { json in
                    json.field("speaker", directive.speaker)
                    if let text = directive.speakerText { json.field("speakerText", text) }
                    json.field("responsible", directive.responsible)
                    json.field("text", directive.text)
                    if let deadline = directive.deadline { json.field("deadline", deadline) }
                    if directive.heading { json.field("heading", true) }
                }
            }
            json.field("bodyStart", bodyStart)
        }
        return json.text
    }
}
