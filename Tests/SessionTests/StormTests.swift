import Foundation
import Testing

/// The storm in short: the host outlives what is done to its guests, and the picture comes back.
@Suite(.serialized) struct StormTests {
    let home: Home
    init() throws { home = try Home() }

    private struct Row: Decodable {
        var what: String
        var figures: [String: Double]
    }

    /// The figures of a storm, by their rows.
    private func storm(_ arguments: [String]) throws -> (
        output: String, rows: [String: [String: Double]]
    ) {
        let process = try PhosphorProcess(
            ["bench", "storm", "--deadline-scale", "0.2", "--json", home.path("storm.json")]
                + arguments, home: home)
        process.send("")
        let done = process.finish()
        try #require(done.status == 0, "\(done.errors)")
        let rows = try JSONDecoder().decode(
            [Row].self, from: Data(contentsOf: URL(fileURLWithPath: home.path("storm.json"))))
        return (done.output, Dictionary(rows.map { ($0.what, $0.figures) }) { $1 })
    }

    @Test(
        "twelve programs, broken off and gone on with: no crash, no hang, and the last good moves")
    func short() throws {
        defer { home.remove() }
        let state = home.path("state.json")
        let first = try storm(["--programs", "6", "--seed", "1", "--resume", state])
        #expect(first.rows["last good at the end"] == ["moving": 1])
        let (output, rows) = try storm([
            "--programs", "12", "--seed", "1", "--resume", state, "--verbose",
        ])
        #expect(
            rows["host"] == ["crashes": 0, "hangs": 0, "stuck": 0], "\(output)")
        #expect(rows["last good at the end"] == ["moving": 1])
        // It was a storm: guests were lost, and programs of each source judged, each once.
        let lost = try #require(rows["guests lost"])
        #expect(lost.values.reduce(0, +) >= 2, "\(output)")
        let verdicts = ["generator", "mutation", "typing", "fault"].map {
            rows["verdicts, \($0)"]?.values.reduce(0, +) ?? 0
        }
        #expect(verdicts.allSatisfy { $0 > 0 } && verdicts.reduce(0, +) == 12, "\(output)")
        #expect(!output.contains("  5 ") && output.contains("  6 "), "\(output)")
        for side in ["hostile", "quiet"] {
            #expect((rows["frames, \(side)"]?["frames"] ?? 0) > 60)
        }
    }
}
