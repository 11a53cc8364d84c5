internal import ArgumentParser
internal import BulletinEvents
internal import ReadModel

/// Which directives are meant.
struct DirectiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Who is to do it, by any of its names, in either script.", valueName: "name"),
        completion: NameCompletion.organization
    )
    var organization: String?
    @Option(help: ArgumentHelp("Who says so, in either script.", valueName: "name"), completion: NameCompletion.person)
    var speaker: String?
    @Option(help: ArgumentHelp("Part of what is to be done.", valueName: "text")) var text: String?
    @Option(
        help: ArgumentHelp("Part of the source's name, in either script.", valueName: "name"),
        completion: NameCompletion.source
    )
    var source: String?
    @Option(help: "meeting, notice, announcement or other.") var kind: Bulletin.Kind?
    @Flag(help: "Only those that state a deadline.") var withDeadline = false
    @OptionGroup var period: PeriodOptions

    var filter: DirectiveFilter {
        var filter = DirectiveFilter(organization: organization, speaker: speaker, text: text)
        filter.source = source
        filter.kind = kind
        filter.withDeadline = withDeadline
        filter.since = period.since
        filter.until = period.until
        return filter
    }

    /// Says what was probably meant where nothing was found.
    func suggest(_ options: QueryOptions, _ reader: ReadModelReader) throws {
        try options.suggest(organization, .organization, reader)
        try options.suggest(speaker, .person, reader)
        try options.suggest(source, .source, reader)
    }
}
