// swift-tools-version: 6.1

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "bulletins",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bulletin-ingestor", targets: ["bulletin-ingestor"]),
        .executable(name: "bulletin-indexer", targets: ["bulletin-indexer"]),
        .executable(name: "bulletins", targets: ["bulletins"]),
        .executable(name: "bulletin-corpus", targets: ["bulletin-corpus"]),
        .library(name: "BulletinCorpus", targets: ["BulletinCorpus"]),
        .library(name: "BulletinEvents", targets: ["BulletinEvents"]),
        .library(name: "BulletinParser", targets: ["BulletinParser"]),
        .library(name: "BulletinText", targets: ["BulletinText"]),
        .library(name: "Kafka", targets: ["Kafka"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries, each behind a thin module.
        .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CUchardet", pkgConfig: "uchardet", providers: [.apt(["libuchardet-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // What the project exists for.
        .target(name: "BulletinEvents", swiftSettings: swiftSettings),
        .target(
            name: "BulletinText",
            dependencies: ["CUchardet", "CLibXML2"],
            swiftSettings: swiftSettings
        ),
        .target(name: "BulletinLexicon", resources: [.embedInCode("Data")], swiftSettings: swiftSettings),
        .target(
            name: "BulletinParser",
            dependencies: [
                "BulletinText", "BulletinEvents", "BulletinLexicon",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "ReadModel",
            dependencies: [
                "CSQLite", "CZlib", "BulletinText", "BulletinEvents",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),

        // Made-up bulletins, for tests and measurements.
        .target(name: "BulletinCorpus", dependencies: ["BulletinText"], swiftSettings: swiftSettings),

        // The log.
        .target(
            name: "Kafka",
            dependencies: [
                "CRdKafka",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: swiftSettings
        ),

        // The services.
        .target(
            name: "Operations",
            dependencies: [
                "Console",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),
        // What a service needs to be asked over a network: tokens, TLS, limits, problems.
        .target(
            name: "HTTPService",
            dependencies: [
                "Operations", "Console",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),
        // Questions to the read model over HTTP.
        .target(
            name: "QueryService",
            dependencies: [
                "HTTPService", "ReadModel", "BulletinEvents", "Operations", "Console",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Description")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Ingestor",
            dependencies: [
                "CLibArchive", "Kafka", "BulletinParser", "BulletinEvents", "BulletinText",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "IngestorService",
            dependencies: [
                "HTTPService", "Ingestor", "Kafka", "BulletinParser", "BulletinEvents", "Operations", "Console",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("HTTP/Description")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Indexer",
            dependencies: [
                "Kafka", "ReadModel", "BulletinEvents", "Operations",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "EmbeddedPipeline",
            dependencies: [
                "Kafka", "Ingestor", "Indexer", "ReadModel",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),

        // Asks indexers over HTTP.
        .target(
            name: "QueryClient",
            dependencies: [
                "Console", "Operations", "ReadModel",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: swiftSettings
        ),

        // What people see.
        .target(name: "Console", swiftSettings: swiftSettings),
        .target(
            name: "Reports",
            dependencies: ["ReadModel", "BulletinEvents", "Console"],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "CommandSupport",
            dependencies: [
                "Console", "Operations", "Kafka", "ReadModel", "BulletinParser", "Ingestor", "Indexer",
                "EmbeddedPipeline",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "bulletin-ingestor",
            dependencies: [
                "CommandSupport", "HTTPService", "Ingestor", "IngestorService", "Kafka", "Operations", "Console",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "bulletin-indexer",
            dependencies: [
                "CommandSupport", "HTTPService", "Indexer", "Kafka", "QueryService", "ReadModel", "Operations",
                "Console",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "bulletins",
            dependencies: [
                "CLibEdit", "CommandSupport", "EmbeddedPipeline", "Ingestor", "Indexer", "Kafka", "QueryClient",
                "ReadModel", "Reports", "BulletinEvents", "Operations", "Console",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "bulletin-corpus",
            dependencies: [
                "BulletinCorpus", "CommandSupport", "Console",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),

        // Injects faults into real indexers: scripts/chaos.sh.
        .executableTarget(
            name: "bulletin-chaos",
            dependencies: [
                "CZlib", "Kafka", "ReadModel", "BulletinEvents", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Chaos",
            swiftSettings: swiftSettings
        ),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["BulletinEvents"],
            path: "Tests/TestSupport",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "KafkaTests",
            dependencies: ["Kafka", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "BulletinTextTests",
            dependencies: ["BulletinText", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "BulletinEventsTests",
            dependencies: ["BulletinEvents", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "BulletinParserTests",
            dependencies: [
                "BulletinParser", "BulletinCorpus", "BulletinEvents", "BulletinLexicon", "BulletinText", "TestSupport",
            ],
            exclude: ["Gold", "Pages"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "BulletinCorpusTests",
            dependencies: ["BulletinCorpus", "BulletinText", "bulletin-corpus", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "CFaultVFS",
            path: "Tests/CFaultVFS",
            linkerSettings: [.linkedLibrary("sqlite3")]
        ),
        .testTarget(
            name: "ReadModelTests",
            dependencies: [
                "ReadModel", "BulletinCorpus", "BulletinEvents", "BulletinText", "CFaultVFS", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "IngestorTests",
            dependencies: ["CLibArchive", "Ingestor", "BulletinParser", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "IngestorServiceTests",
            dependencies: [
                "IngestorService", "HTTPService", "Ingestor", "BulletinParser", "BulletinEvents", "Kafka", "Operations",
                "TestSupport",
                "bulletin-ingestor", "bulletins",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "IndexerTests",
            dependencies: [
                "Indexer", "Kafka", "CRdKafka", "Operations", "ReadModel", "BulletinEvents", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "QueryServiceTests",
            dependencies: [
                "QueryService", "QueryClient", "HTTPService", "Operations", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "OperationsTests",
            dependencies: ["Operations", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "ReadModel", "BulletinEvents", "Console", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ConsoleTests",
            dependencies: ["Console", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "bulletins", "bulletin-ingestor", "bulletin-indexer", "bulletin-corpus",
                "Kafka", "BulletinEvents", "ReadModel", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Golden"],
            swiftSettings: swiftSettings
        ),
    ],
    swiftLanguageModes: [.v6]
)

// Only `scripts/fuzz.sh` builds the fuzz target: it needs sanitizers that nothing else must be built with.
if Context.environment["BULLETINS_FUZZING"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Fuzzing/CLibFuzzer"),
        .target(
            name: "FuzzDriver",
            dependencies: ["CLibFuzzer"],
            path: "Fuzzing/FuzzDriver",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "bulletin-fuzzer",
            dependencies: ["FuzzDriver", "BulletinText", "BulletinParser", "BulletinEvents"],
            path: "Fuzzing/bulletin-fuzzer",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "search-fuzzer",
            dependencies: ["FuzzDriver", "BulletinCorpus", "BulletinEvents", "BulletinParser", "ReadModel"],
            path: "Fuzzing/search-fuzzer",
            swiftSettings: swiftSettings
        ),
    ]
}
