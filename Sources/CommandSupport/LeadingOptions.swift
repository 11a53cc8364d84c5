/// Options that people write before the subcommand, as `git -C DIR log` has it: `bulletins --data-dir DIR search 防汛`.
///
/// ArgumentParser takes an option only behind the subcommand that declares it, so they are moved there.
struct LeadingOptions {
    /// The options, each with one value: `--data-dir`.
    let names: Set<String>

    /// The arguments with the leading options behind the first word that is no option. Unchanged where there is no such
    /// word, or where something else stands before it.
    func moved(in arguments: [String]) -> [String] {
        var rest = arguments[...]
        var leading: [String] = []
        while let first = rest.first, first.hasPrefix("--") {
            let name = first.split(separator: "=", maxSplits: 1).first.map(String.init) ?? first
            guard names.contains(name) else { return arguments }
            let width = name == first ? 2 : 1
            guard rest.count > width else { return arguments }
            leading += rest.prefix(width)
            rest = rest.dropFirst(width)
        }
        guard !leading.isEmpty, let command = rest.first else { return arguments }
        return [command] + leading + rest.dropFirst()
    }
}
