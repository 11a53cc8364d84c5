import Foundation
import TestSupport
import Testing

/// The report in a real browser: it shows, prints, asks nothing of the network, and each claim leads somewhere.
@Suite(.timeLimit(.minutes(10))) struct ReportBrowserTests {
    private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(.enabled(if: browser != nil, "needs Chromium: apt-get install chromium"))
    func aBrowserShowsIt() async throws {
        let browser = try #require(Self.browser)
        let folder = try TemporaryFolder()
        let (data, page) = (folder.path("data"), folder.path("report.html"))
        let corpus = Golden.folder.appending(path: "corpus.ndjson").path
        let up = try await run("bulletins", ["up", "--data-dir", data, corpus], in: folder)
        #expect(up.status == 0, "\(up.messages)")
        let report = try await run("bulletins", ["report", "--data-dir", data, "-o", page], in: folder)
        #expect(report.status == 0, "\(report.messages)")
        func open(_ arguments: [String]) async throws -> CommandResult {
            try await run(
                browser,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--disable-background-networking", "--enable-logging=stderr",
                    "--user-data-dir=\(folder.path("profile"))",
                    // Whatever it would ask for is not there.
                    "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=1200,2400",
                ] + arguments + ["file://\(page)"],
                environment: ["HOME": folder.path("home")],
                in: folder,
                within: .seconds(180)
            )
        }
        let dumped = try await open(["--dump-dom"])
        #expect(dumped.status == 0, "\(dumped.messages.suffix(2_000))")
        #expect(!dumped.messages.contains("CONSOLE"), "\(dumped.messages.suffix(2_000))")
        let ids = Set(dumped.output.matches(of: /\bid="([^"]+)"/).map { String($0.output.1) })
        let targets = Set(dumped.output.matches(of: /href="#([^"]+)"/).map { String($0.output.1) })
        #expect(targets.count > 20 && targets.isSubset(of: ids), "\(targets.subtracting(ids).prefix(5))")
        #expect(
            dumped.output.contains("<svg") && !dumped.output.contains("<script") && !dumped.output.contains(" src=")
        )
        let picture = folder.path("report.png")
        let shot = try await open(["--screenshot=\(picture)"])
        let image = try Data(contentsOf: URL(filePath: picture))
        // PNG's header (RFC 2083, section 11.2.1): the width and the height that were asked for. White alone is 15 kB.
        #expect(shot.status == 0 && image.count > 60_000, "\(image.count)")
        #expect(image[16..<24].elementsEqual([0, 0, 4, 176, 0, 0, 9, 96]))
        let print = folder.path("report.pdf")
        let printed = try await open(["--print-to-pdf=\(print)"])
        let pdf = try Data(contentsOf: URL(filePath: print))
        #expect(printed.status == 0 && pdf.starts(with: Array("%PDF".utf8)) && pdf.count > 20_000, "\(pdf.count)")
    }
}
