// swift-tools-version: 6.2
import PackageDescription

/// A vendor is a folder in Sources, one in Tests, a name here, and an entry in Sources/Library/Credentials.swift.
let vendors = ["Sensay", "Connect", "Seam", "Pulse"]

/// What every Swift target is compiled with: each import shows where it is needed, each unsafe access is marked, and
/// no warning passes.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A module and its tests: what it uses is all that it may import.
func module(_ name: String, uses: [Target.Dependency] = [], testsUse: [Target.Dependency] = []) -> [Target] {
    [
        .target(name: name, dependencies: uses, swiftSettings: strict),
        .testTarget(
            name: name + "Tests", dependencies: [.byName(name: name)] + uses + testsUse, swiftSettings: strict),
    ]
}

let package = Package(
    name: "understudy",
    products: [
        .executable(name: "understudy", targets: ["Program"]), .library(name: "Understudy", targets: ["Understudy"]),
    ],
    targets: [
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        // The folders do not bear the modules' names, because some file systems and linkers take `Understudy` and
        // `understudy` for one.
        .executableTarget(
            name: "Program",
            dependencies: ["Understudy", "Admin", "VendorKit", "UserStore", "JSON", "HTTPServer"]
                + vendors.map { .byName(name: $0) },
            path: "Sources/understudy", swiftSettings: strict),
        .target(
            name: "Understudy",
            dependencies: ["Admin", "VendorKit", "UserStore", "HTTPServer"] + vendors.map { .byName(name: $0) },
            path: "Sources/Library", swiftSettings: strict),
        .testTarget(name: "UnderstudyTests", dependencies: ["Understudy"], swiftSettings: strict),
        .target(
            name: "TestSupport",
            dependencies: ["VendorKit", "UserStore", "JSON", "HTTPServer"],
            path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "ProgramTests",
            dependencies: ["Program", "TestSupport", "VendorKit", "UserStore", "JSON", "HTTPServer"]
                + vendors.map { .byName(name: $0) },
            swiftSettings: strict),
    ]
        + module("JSON")
        + module("HTTPServer", uses: ["CLinux"])
        + module("SQLite", uses: ["CSQLite"])
        + module("UserStore", uses: ["SQLite"])
        + module("VendorKit", uses: ["HTTPServer", "JSON", "UserStore"], testsUse: ["TestSupport"])
        + module(
            "Admin", uses: ["VendorKit", "HTTPServer", "JSON", "UserStore"],
            testsUse: ["TestSupport"] + vendors.map { .byName(name: $0) })
        + vendors.flatMap {
            module($0, uses: ["VendorKit", "HTTPServer", "JSON", "UserStore"], testsUse: ["TestSupport"])
        },
    swiftLanguageModes: [.v6]
)
