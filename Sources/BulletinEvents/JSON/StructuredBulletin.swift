/// A published bulletin in structured mode (CloudEvents JSON event format 1.0.2), written in the usual way: its attributes
/// before its data, no others than those that are read here.
struct StructuredBulletin {
    let metadata: EventMetadata
    let bulletin: Bulletin
    /// Where the data stands in the document.
    let data: Range<Int>

    private static let names: [StaticString] = [
        "specversion", "type", "source", "id", "time", "subject", "traceparent", "datacontenttype", "data",
    ]

    /// All but time, subject, traceparent and datacontenttype.
    private static let required: UInt64 = 0b1_0000_1111

    /// Nil where it is written in another way; `Decodable` has to tell then whether it is one.
    init?(json: UnsafeRawBufferPointer, traceHeader: String?) {
        do throws(JSONReader.Unusual) {
            try self.init(JSONReader(json), traceHeader)
        } catch {
            return nil
        }
    }

    private init(_ reader: consuming JSONReader, _ traceHeader: String?) throws(JSONReader.Unusual) {
        var attributes = EventMetadata(id: "", source: "", type: "")
        var found: (bulletin: Bulletin, data: Range<Int>)?
        let seen = try reader.object(Self.names) { (reader, index) throws(JSONReader.Unusual) in
            switch index {
            case 0: guard try reader.string() == CloudEvents.specVersion else { throw JSONReader.Unusual() }
            case 1: attributes.type = try reader.string()
            case 2: attributes.source = try reader.string()
            case 3: attributes.id = try reader.string()
            case 4: attributes.time = try reader.stringIfAny()
            case 5: attributes.subject = try reader.stringIfAny()
            case 6: attributes.traceparent = try reader.stringIfAny()
            case 7: _ = try reader.stringIfAny()
            default:
                // What the data is, is not known before.
                guard attributes.type == EventType.published.rawValue else { throw JSONReader.Unusual() }
                reader.skipSpace()
                let start = reader.offset
                let bulletin = try Bulletin(&reader)
                found = (bulletin, start..<reader.offset)
            }
        }
        try reader.end()
        guard seen & Self.required == Self.required, let found, !attributes.id.isEmpty, !attributes.source.isEmpty
        else {
            throw JSONReader.Unusual()
        }
        attributes.traceparent = attributes.traceparent ?? traceHeader
        metadata = attributes
        bulletin = found.bulletin
        data = found.data
    }
}
