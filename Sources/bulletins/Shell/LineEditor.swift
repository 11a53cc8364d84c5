internal import CLibEdit
internal import Console
internal import Foundation
internal import Synchronization

/// Reads lines that a person edits, with a history and completion: libedit's interface in the manner of readline.
///
/// One for the process, for the library keeps its state in global variables; all calls on one thread.
final class LineEditor {
    /// What may stand where the cursor is.
    struct Completions: Sendable {
        /// The words, each whole.
        var words: [String] = []
        /// Whether names of files are meant.
        var areFiles = false
    }

    /// Given the line before the word, and the word.
    typealias Complete = @Sendable (_ before: String, _ word: String) -> Completions

    private static let longestHistory: Int32 = 1_000
    // The library's callback has no room for a context.
    private static let complete = Mutex<Complete?>(nil)

    private let historyFile: String?
    private var last: String?

    /// An editor that remembers lines in `historyFile`, of which nothing is said where it cannot be used.
    init(historyFile: String?, complete: @escaping Complete) {
        self.historyFile = historyFile
        Self.complete.withLock { $0 = complete }
        // Han characters take their two cells only in a locale that knows them.
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        bulletins_edit_prepare { text, start, _ in LineEditor.matches(text, start) }
        using_history()
        stifle_history(Self.longestHistory)
        if let historyFile { read_history(historyFile) }
        // While a command runs, Ctrl-C is for that command and not for the shell.
        signal(SIGINT) { _ in }
    }

    /// Reads a line, which is empty where the person gave it up; nil at the end, Ctrl-D.
    func read(prompt: String) -> String? {
        guard let text = readline(prompt) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// Keeps a line for the next time, unless it repeats the last one.
    func remember(_ line: String) {
        if line == last { return }
        last = line
        add_history(line)
        guard let historyFile else { return }
        // What people look for is nobody else's business.
        let mask = umask(0o077)
        write_history(historyFile)
        umask(mask)
    }

    /// A list as the library wants it: the common beginning, the words, nil; all of it to be freed by the library.
    private static func matches(_ text: UnsafePointer<CChar>?, _ start: Int32) -> UnsafeMutablePointer<
        UnsafeMutablePointer<CChar>?
    >? {
        guard let text, let complete = complete.withLock({ $0 }) else { return nil }
        let word = String(cString: text)
        let before = bulletins_edit_line().map { line in
            String(decoding: UnsafeRawBufferPointer(start: line, count: min(Int(start), strlen(line))), as: UTF8.self)
        }
        let found = complete(before ?? "", word)
        bulletins_edit_offer_files(found.areFiles ? 1 : 0)
        // A name of a bulletin is data, and a terminal would obey what is in it.
        let words = found.words.filter { TerminalText.escape($0) == $0 }
        guard let first = words.first else { return nil }
        // The library adds the space behind a whole word.
        return copy(words.count == 1 ? [first] : [commonPrefix(words)] + words)
    }

    private static func copy(_ words: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        // It looks at the third place also of a list that ends with its second (libedit 3.1, filecomplete.c): two ends.
        let bytes = (words.count + 2) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
        guard let list = malloc(bytes)?.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self) else { return nil }
        for (index, word) in words.enumerated() { list[index] = strdup(word) }
        list[words.count] = nil
        list[words.count + 1] = nil
        return list
    }

    static func commonPrefix(_ words: [String]) -> String {
        guard let first = words.first else { return "" }
        var prefix = Array(first.unicodeScalars)
        for word in words.dropFirst() {
            let common = zip(prefix, word.unicodeScalars).prefix { $0 == $1 }.count
            prefix = Array(prefix.prefix(common))
        }
        return String(String.UnicodeScalarView(prefix))
    }
}

@available(*, unavailable, message: "belongs to one thread, like libedit")
extension LineEditor: Sendable {}
