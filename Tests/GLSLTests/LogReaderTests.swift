import Foundation
import TestSupport
import Testing

@testable import GLSL

private let map = LineMap(runs: [
    .init(source: 0, firstLine: 1, file: "glow.frag", fileLine: 1, count: 20, textLine: 9)
])

private func corpus(_ name: String) throws -> String {
    let folder = try #require(
        Bundle.module.url(forResource: "Corpus", withExtension: nil))
    return try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
}

/// One diagnostic as the corpus writes it: parts by bars, a dash for what is missing.
private func written(_ d: Diagnostic) -> String {
    let parts: [String?] = [
        d.severity.rawValue, d.stage?.rawValue, d.file, d.line.map(String.init),
        d.column.map(String.init), d.token, d.message,
    ]
    return parts.map { $0 ?? "-" }.joined(separator: "|")
}

@Test(arguments: [
    "mesa", "mesa-link", "nvidia", "nvidia-link", "amd", "amd-link", "intel", "angle", "apple",
    "glslang", "glslang-link", "glslc", "mali", "continued", "unknown",
])
func aLogIsReadAsTheFileBesideItSays(_ name: String) throws {
    let read = LogReader.read(try corpus(name + ".log"), stage: .fragment, map: map)
    let expected = try corpus(name + ".expected").split(separator: "\n").map(String.init)
    #expect(read.map(written) == expected)
}

@Test func carriageReturnsInALogChangeNothing() throws {
    for name in ["mesa", "nvidia-link", "amd", "glslang"] {
        let log = try corpus(name + ".log")
        let windows = log.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        #expect(
            LogReader.read(windows, stage: nil, map: map)
                == LogReader.read(log, stage: nil, map: map))
    }
}

@Test func aLinkersLogUsesEachStagesOwnMap() throws {
    let vertex = LineMap(runs: [
        .init(source: 0, firstLine: 1, file: "a.vert", fileLine: 1, count: 9, textLine: 1)
    ])
    let log = try corpus("nvidia-link.log")
    let read = LogReader.read(log, maps: [.vertex: vertex, .fragment: map])
    #expect(read.map(\.file) == ["a.vert", "glow.frag", "glow.frag", nil])
}

@Test func withoutAMapTheDriversLinesStand() {
    let read = LogReader.read("0:7(2): error: `x' undeclared", stage: .vertex, map: nil)
    #expect(read.map(\.line) == [7])
    #expect(read.map(\.file) == [nil])
}

@Test func aGeneratedStagesErrorsHaveNoPlace() {
    let log = "0:7(2): error: `x' undeclared"
    let read = LogReader.read(log, stage: .vertex, map: .generated)
    #expect(read == [Diagnostic(stage: .vertex, token: "x", message: "`x' undeclared")])
}

@Test(arguments: 0..<300)
func noLogTrapsTheReader(seed: Int) {
    var random = Seeded(seed: seed)
    let pieces = [
        "0:", "12", "(", ")", ":", " ", "error", "ERROR:", "C1008", "(#143)", "'", "`", "\"", "\n",
        "Fragment info", "----", "é", "\u{0}", "99999999999999999999", "glow.frag", "\r\n", "x",
        ".",
        "warning", "9223372036854775807", ",", "\t", "#", "Vertex shader",
    ]
    var log = ""
    for _ in 0..<Int.random(in: 0...60, using: &random) {
        log += pieces.randomElement(using: &random) ?? ""
    }
    let read = LogReader.read(log, stage: .fragment, map: map)
    #expect(read.count <= LogReader.limit)
    for diagnostic in read {
        #expect(!diagnostic.message.isEmpty)
        #expect(diagnostic.line.map { (1...20).contains($0) } ?? true)
        _ = diagnostic.wrongRange(in: log)
    }
}

@Test(arguments: 0..<50)
func noBytesTrapTheReader(seed: Int) {
    var random = Seeded(seed: seed)
    let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
    _ = LogReader.read(String(decoding: bytes, as: UTF8.self), stage: nil, map: nil)
}
