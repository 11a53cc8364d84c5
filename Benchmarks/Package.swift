// swift-tools-version: 6.1

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own, so that nobody who builds Bulletins builds this.
let package = Package(
    name: "bulletins-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "bulletins", path: ".."),
        // Without its traits: they count allocations by packages that many mirrors lack.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .target(
            name: "BenchmarkTexts",
            dependencies: [
                .product(name: "BulletinCorpus", package: "bulletins"),
                .product(name: "BulletinEvents", package: "bulletins"),
                .product(name: "BulletinParser", package: "bulletins"),
                .product(name: "BulletinText", package: "bulletins"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(name: "ProcessUsage", swiftSettings: swiftSettings),
        .executableTarget(
            name: "bulletin-consume",
            dependencies: [
                "ProcessUsage",
                .product(name: "BulletinEvents", package: "bulletins"),
                .product(name: "Kafka", package: "bulletins"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "bulletin-stages",
            dependencies: [
                "BenchmarkTexts", "ProcessUsage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "TextBenchmarks",
            dependencies: [
                "BenchmarkTexts",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/TextBenchmarks",
            swiftSettings: swiftSettings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
