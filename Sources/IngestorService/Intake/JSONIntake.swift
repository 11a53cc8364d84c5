internal import BulletinParser
internal import HTTPService
internal import Ingestor

/// Documents that come as JSON objects: read by the rules of dumps (`docs/inputs.md`), so that a dump can be posted as
/// it is.
enum JSONIntake {
    /// Reads one object. Throws ``Refusal`` with line and offset.
    static func document(_ bytes: [UInt8], name: String?) throws(Refusal) -> ParserInput {
        do throws(JSONProblem) {
            return try DumpRecord(parsing: bytes).input(name: name)
        } catch {
            throw Refusal(error, in: bytes)
        }
    }
}
