import Foundation
import Operations
import TestSupport
import Testing

/// `docs/configuration.md` tells of every setting what the code knows of it.
@Suite struct ConfigurationPageTests {
    @Test(arguments: KnownSettings.all.map(\.key))
    func everySettingHasItsRow(key: String) throws {
        let setting = try #require(KnownSettings.all.first { $0.key == key })
        let page = try String(contentsOf: RepositoryFiles.url("docs/configuration.md"), encoding: .utf8)
        let row = try #require(
            page.split(separator: "\n").first { $0.hasPrefix("| `\(key)` |") },
            "docs/configuration.md has no row for \(key)"
        )
        let texts = [setting.flag, setting.environmentName] + (key == "rejected-topic" ? [] : setting.defaultTexts)
        for text in texts { #expect(row.contains("`\(text)`"), "\(text)") }
    }
}
