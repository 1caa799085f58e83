import Foundation
import GLSL
import Terminal
import TestSupport
import Testing

@Suite("The status line")
struct StatusTests {
    @Test("Keys stand in their documented order, unknown numbers are null")
    func order() {
        let problem = Status.Problem(
            stage: "frag", file: "a.frag", line: 3, column: 5, message: "say \"x\"")
        var status = Status(
            revision: 12, verdict: "error", shown: 11, lastGood: 11, dialect: "shadertoy",
            errors: [problem], gpuMilliseconds: 1.2, budgetMilliseconds: 8,
            host: Status.Host(frames: 1234, missed: 0, longestMilliseconds: 9.1),
            stage: "frag", editor: true, time: 1.5, size: [640, 360], state: "kept")
        #expect(
            status.line == """
                {"revision":12,"verdict":"error","shown":11,"lastGood":11,"dialect":"shadertoy",\
                "errors":[{"stage":"frag","file":"a.frag","line":3,"column":5,\
                "message":"say \\"x\\""}],"gpuMilliseconds":1.2,"budgetMilliseconds":8.0,\
                "host":{"frames":1234,"missed":0,"longestMilliseconds":9.1,"resets":0},\
                "guest":{"restarts":0,"frames":null},"file":null,"stage":"frag","modified":false,"editor":true,\
                "paused":false,"time":1.5,"size":[640,360],"quarantined":false,\
                "journal":null,"messages":0,"notice":null,\
                "pinned":null,"panic":false,"state":"kept","guard":null,\
                "headset":{"phase":"off","name":null,"reason":null,"refreshRate":null,"frames":0,\
                "missed":0,"p99Milliseconds":null,"scale":null,"autoScale":true,"views":null,\
                "depth":false,"images":null,"text":null,"keyboard":true,"head":[],"panel":[],\
                "panelMilliseconds":null}}
                """)
        status.gpuMilliseconds = .nan
        status.shown = nil
        #expect(status.line.contains(#""gpuMilliseconds":null"#))
        #expect(status.line.contains(#""shown":null"#))
    }

    @Test("Any status is valid JSON that reads back as itself", arguments: 0..<100)
    func roundTrip(seed: Int) throws {
        var random = Seeded(seed: seed)
        var status = Status(
            revision: random.number(1...1000), verdict: "good", dialect: random.text(),
            gpuMilliseconds: random.chance(50) ? nil : abs(random.finite()),
            file: random.chance(50) ? nil : random.text(), time: random.finite(),
            size: [random.number(1...9), random.number(1...9)], notice: random.text(upTo: 40))
        for _ in 0..<random.number(0...3) {
            let place = random.chance(50) ? nil : random.number(1...99)
            status.errors.append(
                Status.Problem(
                    Diagnostic(
                        stage: random.pick([nil, .vertex]), file: random.text(), line: place,
                        column: place, message: random.text(upTo: 40))))
        }
        let line = status.line
        #expect(!line.contains("\n"))
        let read = try JSONDecoder().decode(ReadStatus.self, from: Data(line.utf8))
        #expect(read.revision == status.revision && read.dialect == status.dialect)
        #expect(read.gpuMilliseconds == status.gpuMilliseconds && read.time == status.time)
        #expect(read.file == status.file && read.notice == status.notice)
        #expect(read.size == status.size)
        let problems = read.errors.map {
            Status.Problem(
                stage: $0.stage, file: $0.file, line: $0.line, column: $0.column,
                message: $0.message)
        }
        #expect(problems == status.errors)
    }
}

/// What of the line is made by chance here, read by somebody else's reader of JSON.
private struct ReadStatus: Decodable {
    struct Problem: Decodable {
        var stage, file: String?
        var line, column: Int?
        var message: String
    }

    var revision: Int
    var dialect: String
    var errors: [Problem]
    var gpuMilliseconds: Double?
    var file: String?
    var time: Double
    var size: [Int]
    var notice: String?
}
