import BulletinEvents
import BulletinText

/// Puts a bulletin together from what the parts find.
enum Assembly {
    static func bulletin(of intake: TextIntake, lexicon: Lexicon) -> Bulletin {
        let hints = intake.hints
        let sheet = PageReader.read(intake.lines, hints: hints)
        let document = DocumentText(title: sheet.title, paragraphs: sheet.body)
        let title = sheet.title?.text
        let paragraphs = sheet.body.map(\.text)
        let dateline = sheet.body.first.flatMap(Dateline.read)
        let facts = HeaderFacts(sheet: sheet, hints: hints, dateline: dateline)

        let closing = Closing.read(sheet.body)
        let source = facts.source
        let kind: Bulletin.Kind =
            sheet.isOfOtherKind
            ? .other
            : KindClassifier.kind(
                of: document,
                salutation: sheet.body.first.map { LineReader.isSalutation($0.folded) } ?? false,
                documentNumber: facts.documentNumber,
                isIssued: facts.issuer != nil || closing.issuer != nil
                    || source.map { TitleRules.isOrgan(Scalars(text: $0).folded) } ?? false,
                isNotice: sheet.isNotice,
                isSigned: closing.issuer != nil && closing.date != nil
            )
        var bulletin = Bulletin(
            id: Identity.id(
                url: hints.url,
                source: source,
                date: facts.publishedOn?.description,
                title: title,
                paragraphs: paragraphs
            ),
            kind: kind,
            paragraphs: paragraphs,
            contentHash: ""
        )
        bulletin.title = title
        bulletin.source = source
        bulletin.author = facts.author
        bulletin.byline = facts.byline
        bulletin.documentNumber = facts.documentNumber
        bulletin.publishedOn = facts.publishedOn
        bulletin.publishedAt = facts.publishedAt
        bulletin.url = hints.url
        bulletin.site = hints.site
        bulletin.signedOn = facts.signedOn ?? (kind == .meeting || kind == .other ? nil : closing.date)
        bulletin.issuer = facts.issuer ?? (kind == .notice || kind == .announcement ? closing.issuer : nil)
        let event = EventDateFinder.event(in: document, kind: kind, published: facts.publishedOn)
        bulletin.eventDate = event?.first
        bulletin.eventEndDate = event?.last
        bulletin.place = Jurisdiction.find(
            title: document.title,
            names: [bulletin.issuer, source, hints.site].compactMap { $0 },
            body: document.paragraphs.first
        )

        bulletin.documents = Citations.documents(in: document)
        bulletin.quotedTerms = Citations.quotedTerms(in: document)
        let scans = document.paragraphs.map { LineScan($0, lexicon: lexicon) }
        let (people, titles) = PeopleExtractor.people(in: document, scans: scans, lexicon: lexicon)
        bulletin.people = people
        let reading = EntityReading(
            document: document,
            scans: scans,
            people: people,
            titles: titles,
            place: bulletin.place,
            lexicon: lexicon
        )
        bulletin.organizations = OrganizationExtractor.organizations(
            in: document,
            reading: reading,
            place: bulletin.place
        )
        bulletin.attendees = AttendeeExtractor.attendees(in: document, people: people, reading: reading)
        bulletin.places = PlaceExtractor.places(in: document, reading: reading)
        bulletin.directives = DirectiveExtractor.directives(
            in: document,
            kind: kind,
            people: people,
            lexicon: lexicon
        )

        bulletin.text = intake.report
        bulletin.text.conflicts = facts.conflicts
        bulletin.raw = intake.raw
        bulletin.parser = BulletinParser.identity
        bulletin.contentHash = Identity.contentHash(
            title: title,
            source: source,
            dates: [bulletin.publishedOn?.description, bulletin.signedOn?.description],
            paragraphs: paragraphs
        )
        return bulletin
    }
}
