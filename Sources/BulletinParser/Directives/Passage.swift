/// What is known of the stretch of text that a sentence belongs to: who speaks, and how.
struct Passage {
    /// Who speaks.
    enum Speaker: Hashable {
        /// Nobody is named.
        case nobody
        /// A person, by name as written.
        case person(String)
        /// A meeting, a paper or an organ, by the word that stands for it.
        case text(String)
    }

    /// How the passage speaks, which decides what counts as told.
    enum Mode {
        /// It reports: only sentences that oblige by themselves.
        case report
        /// A speaker states and orders in turn (指出, 表示): sentences that oblige, and bare imperatives.
        case statement
        /// A speaker gives orders (要求, 强调): bare verb–object sentences and list items too.
        case order
        /// A notice or a plan tells what to do.
        case notice
    }

    var speaker: Speaker
    var mode: Mode
}
