internal import CommandSupport
internal import Console
internal import ReadModel
internal import Synchronization

/// Whether all indexers that were asked have answered.
enum Completeness {
    private struct State {
        var reader: ReadModelReader?
        var isPartialFine = false
    }

    private static let state = Mutex(State())

    /// Remembers what the command reads from.
    static func watch(_ reader: ReadModelReader, isPartialFine: Bool) {
        state.withLock { $0 = State(reader: reader, isPartialFine: isPartialFine) }
    }

    /// What is to be said once the command is done, and the status where its own is success.
    static func remarks() -> CommandMain.Remarks {
        let state = state.withLock { $0 }
        let missing = state.reader?.missing ?? []
        guard !missing.isEmpty else { return CommandMain.Remarks() }
        return CommandMain.Remarks(
            warnings: missing.map { $0 + "; the answer is partial" },
            status: state.isPartialFine ? .success : .temporaryFailure
        )
    }
}
