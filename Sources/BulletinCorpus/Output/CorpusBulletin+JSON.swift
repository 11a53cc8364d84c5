extension CorpusBulletin {
    /// The bulletin as one line of NDJSON: `url`, `text` or `html`, and its `gold`, unless that is left out.
    ///
    /// The fields are those of the dumps that `bulletin-ingestor` reads.
    public func line(withGold: Bool) -> String {
        var json = JSONText(isIndented: false)
        json.object { json in
            json.field("url", url)
            json.field(isHTML ? "html" : "text", page)
            if let damage { json.field("damage", damage.rawValue) }
            if withGold { json.field("gold", raw: gold.json(isIndented: false)) }
        }
        return json.text
    }
}
