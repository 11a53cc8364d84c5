/// The sections of lexicon files, by the names they have there.
enum LexiconSection: String, CaseIterable, Sendable {
    // Persons.
    case surname
    case surnameCommon = "surname-common"
    case surnameDouble = "surname-double"
    case nameLabel = "name-label"
    case givenCommon = "given-common"
    case givenUnlikely = "given-unlikely"
    case namePlaceEnd = "name-place-end"
    case transliteration
    case title
    case titleGroup = "title-group"
    case titleSoft = "title-soft"
    case titleNot = "title-not"
    case personVerb = "person-verb"
    case speech
    case reporter
    // Organs and places.
    case organ
    case field
    case organSuffix = "organ-suffix"
    case organCharacter = "organ-char"
    case unitWord = "unit-word"
    case region
    case county
    case regionSuffix = "region-suffix"
    case regionCharacter = "region-char"
    case venueSuffix = "venue-suffix"
    case country
    case placeKnown = "place-known"
    // Ordinary words.
    case boundary
    case common
    case vocabulary
    // Orders.
    case modal
    case modalWeak = "modal-weak"
    case modalAddressing = "modal-addressing"
    case speechOrdering = "speech-ordering"
    case speechAddressing = "speech-addressing"
    case speechReportedOrder = "speech-reported-order"
    case speechStating = "speech-stating"
    case giving
    case given
    case preposition
    case connective
    case copula
    case narrative
    case provision
    case future
    case attendance
    case pronoun
    case quantifier
    case verb
    case verbOffice = "verb-office"
    case adverb
    case mask
    // Heads of noun phrases.
    case headOrgan = "head-organ"
    case headGroup = "head-group"
    case headNone = "head-none"
    case headMeeting = "head-meeting"
    case headPaper = "head-paper"
    case headTitle = "head-title"
    case trailerAdverb = "trailer-adverb"
    case trailerConnective = "trailer-connective"

    /// Which table a section's words go to, and what they are good for there.
    enum Use {
        case name(WordClass)
        case county
        case character(NameCharacter)
        case doubleSurname
        case vocabulary
        case directive(WordTags)
        case head(WordTags)
        case trailer(WordTags)
    }

    var use: Use {
        switch self {
        case .surname: .character(.surname)
        case .surnameCommon: .character([.commonSurname, .surname])
        case .surnameDouble: .doubleSurname
        case .nameLabel: .name(.nameLabel)
        case .givenCommon: .character(.given)
        case .givenUnlikely: .character(.unlikely)
        case .namePlaceEnd: .character(.placeEnd)
        case .transliteration: .character(.transliteration)
        case .title: .name(.title)
        case .titleGroup: .name(.groupTitle)
        case .titleSoft: .name(.address)
        case .titleNot: .name(.notTitle)
        case .personVerb: .name(.afterPerson)
        case .speech: .name(.speech)
        case .reporter: .name(.byline)
        case .organ: .name(.organ)
        case .field: .name(.field)
        case .organSuffix: .name(.organSuffix)
        case .organCharacter: .name(.organCharacter)
        case .unitWord: .name(.unit)
        case .region: .name(.region)
        case .county: .county
        case .regionSuffix: .name(.regionSuffix)
        case .regionCharacter: .name(.regionCharacter)
        case .venueSuffix: .name(.venueSuffix)
        case .country: .name(.country)
        case .placeKnown: .name(.knownPlace)
        case .boundary: .name(.boundary)
        case .common: .name(.common)
        case .vocabulary: .vocabulary
        case .modal: .directive(.modal)
        case .modalWeak: .directive(.weakModal)
        case .modalAddressing: .directive([.modal, .addressing])
        case .speechOrdering: .directive(.orders)
        case .speechAddressing: .directive([.orders, .addressing])
        case .speechReportedOrder: .directive([.orders, .weakModal, .addressing])
        case .speechStating: .directive(.states)
        case .giving: .directive(.gives)
        case .given: .directive(.given)
        case .preposition: .directive(.preposition)
        case .connective: .directive(.connective)
        case .copula: .directive(.copula)
        case .narrative: .directive(.narrative)
        case .provision: .directive(.provision)
        case .future: .directive(.future)
        case .attendance: .directive(.attendance)
        case .pronoun: .directive(.pronoun)
        case .quantifier: .directive(.quantifier)
        case .verb: .directive(.verb)
        case .verbOffice: .directive([.verb, .office])
        case .adverb: .directive(.adverb)
        case .mask: .directive(.mask)
        case .headOrgan: .head(.organ)
        case .headGroup: .head(.group)
        case .headNone: .head(.connective)
        case .headMeeting: .head(.meeting)
        case .headPaper: .head(.paper)
        case .headTitle: .head(.title)
        case .trailerAdverb: .trailer(.adverb)
        case .trailerConnective: .trailer(.connective)
        }
    }
}
