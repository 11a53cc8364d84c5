/// The documents of an archive or a compressed file, member by member.
final class ArchiveDocuments: DocumentSequence {
    private let archive: Archive
    private let name: String
    private let limits: InputLimits
    private let depth: Int
    private var current: (any DocumentSequence)?
    private var documents = 0
    private var isDone = false

    init(_ stream: PeekableStream, name: String, limits: InputLimits, depth: Int) throws(IntakeFailure) {
        guard depth <= limits.nesting else {
            throw IntakeFailure(
                kind: .invalid,
                name: name,
                message: "it is the archive number \(depth) inside archives; unpack the outer ones"
            )
        }
        archive = try Archive(stream, name: name, limits: limits)
        self.name = name
        self.limits = limits
        self.depth = depth
    }

    func next() -> Result<InputDocument, IntakeFailure>? {
        while !isDone {
            if let document = current?.next() {
                documents += 1
                return document
            }
            current = nil
            do throws(IntakeFailure) {
                guard let member = try archive.nextMember() else {
                    isDone = true
                    return documents == 0 ? .failure(nothing) : nil
                }
                try enter(member)
            } catch {
                isDone = true
                return .failure(error)
            }
        }
        return nil
    }

    private func enter(_ member: Archive.Member) throws(IntakeFailure) {
        guard let path = member.path else {
            // a.txt.gz is called by its own name, without .gz where that tells what is in it.
            current = Documents.sequence(of: archive, name: name, limits: limits, depth: depth)
            return
        }
        guard member.isFile, FileName.isWanted(path) else { return }
        let inner = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        current = Documents.sequence(of: archive, name: "\(name)/\(inner)", limits: limits, depth: depth)
    }

    private var nothing: IntakeFailure {
        if archive.isEmpty { return IntakeFailure(kind: .invalid, name: name, message: "the file is empty") }
        let known = FileName.documents.sorted().map { "." + $0 }.joined(separator: ", ")
        return IntakeFailure(kind: .missing, name: name, message: "the archive holds no file of \(known)")
    }
}
