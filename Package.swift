// swift-tools-version: 6.2
import Foundation
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// One of our own Swift targets; arrows point down only (see CONTRIBUTING.md).
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [])
    -> Target
{
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], resources: resources,
        swiftSettings: settings)
}

/// What the fuzzer tries.
let fuzzed: [Target.Dependency] = ["GLSL", "TextGrid", "Editor", "Terminal", "Render", "Guest"]

let package = Package(
    name: "phosphor",
    products: [.executable(name: "phosphor", targets: ["Phosphor"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "CEpoxy", linkerSettings: [.linkedLibrary("epoxy")]),
        .target(
            name: "CGLFW",
            linkerSettings: [
                .linkedLibrary("glfw"), .linkedLibrary("X11"), .linkedLibrary("xkbcommon"),
            ]),
        .systemLibrary(
            name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
        .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16")]),
        .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
        .target(name: "CSystem"),
        .target(
            name: "COpenXR",
            linkerSettings: [.linkedLibrary("openxr_loader"), .linkedLibrary("X11")]),
        // Headers only: the library is loaded at run time, where there is one.
        .target(name: "CVulkan"),
        // Which archives glslang consists of differs between its versions; its pkg-config file lists them.
        .systemLibrary(
            name: "CGlslangLibrary", pkgConfig: "glslang", providers: [.apt(["glslang-dev"])]),
        .target(
            name: "CGlslang", dependencies: ["CGlslangLibrary"],
            linkerSettings: ["glslang-default-resource-limits", "stdc++", "m", "pthread"].map {
                .linkedLibrary($0)
            }),

        module("TextGrid"),
        module("GLSL"),
        module("Editor", ["TextGrid", "GLSL"]),
        module("Terminal", ["TextGrid", "GLSL"]),
        module("Render", ["TextGrid", "CEpoxy", "CFreeType", "CPNG", "CJPEG"]),
        module("Headset", ["Render", "CEpoxy", "CSystem", "COpenXR"]),
        // Nothing of GL: what was written must be there also when nothing can be drawn.
        module("Journal", ["GLSL", "Editor", .product(name: "GRDB", package: "GRDB.swift")]),
        module("Guest", ["GLSL", "Render", "CEpoxy", "CSystem", "CGlslang", "CVulkan"]),
        .executableTarget(
            name: "Phosphor",
            dependencies: [
                "TextGrid", "GLSL", "Editor", "Terminal", "Render", "Journal", "Guest", "Headset",
                "CEpoxy", "CGLFW",
                "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: settings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        tests("TextGridTests", ["TextGrid"]),
        tests("GLSLTests", ["GLSL"], resources: [.copy("Corpus")]),
        tests("EditorTests", ["Editor", "GLSL", "TextGrid"]),
        tests("TerminalTests", ["Terminal", "GLSL", "TextGrid"]),
        tests("RenderTests", ["Render", "TextGrid", "CEpoxy"], resources: [.copy("Golden")]),
        tests(
            "JournalTests",
            ["Journal", "Editor", "GLSL", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("HeadsetTests", ["Headset", "Render", "CEpoxy", "CSystem", "COpenXR"]),
        tests("GuestTests", ["Guest", "GLSL", "Render", "CSystem", "CEpoxy"]),
        tests(
            "SessionTests",
            ["CSystem", "Render", .product(name: "GRDB", package: "GRDB.swift")],
            resources: [.copy("Golden")]),
        // PhosphorProcess.swift and XDisplay.swift in it are links to those of SessionTests.
        tests("HeadsetSessionTests", ["CSystem", "Headset", "Render"]),
        .testTarget(
            name: "FuzzTests",
            dependencies: fuzzed + [
                "Phosphor", "TestSupport", .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            path: "Fuzz",
            exclude: ["Driver", "README.md"], resources: [.copy("Corpus")],
            swiftSettings: settings),
    ]
)

// Built by scripts/fuzz alone: the targets of Fuzz/ as one program with libFuzzer's main. What it tries of Phosphor's own
// target is compiled into it, so that target and all tests are left out.
if ProcessInfo.processInfo.environment["PHOSPHOR_FUZZ"] != nil {
    package.products = [.executable(name: "phosphor-fuzz", targets: ["PhosphorFuzz"])]
    package.targets.removeAll { $0.type == .test || $0.type == .executable }
    package.targets.append(
        .executableTarget(
            name: "PhosphorFuzz",
            dependencies: fuzzed + [
                "CSystem", .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            path: ".",
            sources: [
                "Fuzz/Targets", "Fuzz/Driver", "Sources/Phosphor/Files/Settings.swift",
                "Sources/Phosphor/Files/Folders.swift", "Sources/Phosphor/Files/AtomicFile.swift",
                "Sources/Phosphor/Files/FileError.swift", "Sources/Phosphor/Plan",
            ],
            swiftSettings: settings + [.define("FUZZING")]))
}
