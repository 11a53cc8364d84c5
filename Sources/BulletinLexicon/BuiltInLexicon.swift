/// The lexicon files of `Data/`, in the form that users extend them with, compiled into the programs so that they can be
/// moved alone.
public enum BuiltInLexicon {
    /// Each file's name and its bytes, which are UTF-8.
    public static let files: [(name: String, bytes: [UInt8])] = [
        ("names.txt", PackageResources.names_txt),
        ("titles.txt", PackageResources.titles_txt),
        ("organs.txt", PackageResources.organs_txt),
        ("places.txt", PackageResources.places_txt),
        ("words.txt", PackageResources.words_txt),
        ("vocabulary.txt", PackageResources.vocabulary_txt),
        ("directives.txt", PackageResources.directives_txt),
        ("verbs.txt", PackageResources.verbs_txt),
        ("masks.txt", PackageResources.masks_txt),
        ("heads.txt", PackageResources.heads_txt),
    ]
}
