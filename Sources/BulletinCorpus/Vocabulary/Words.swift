/// The words of a list that is written with spaces and line breaks between them.
func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
}

/// The characters of a text, each as a string, without spaces and line breaks.
func characters(_ text: String) -> [String] {
    text.filter { !$0.isWhitespace }.map(String.init)
}
