import CGlslang
import GLSL

/// Asks glslang for messages that the driver did not give.
///
/// Guests only: glslang dies of some inputs.
enum Linter {
    /// Makes glslang build its tables for the usual version, which costs 30 to 100 ms once.
    static func warmUp() {
        let text = "#version 450 core\nvoid main() {}\n"
        let stages = [Stage.vertex, .fragment].map { ProgramPayload.Text(stage: $0, text: text) }
        _ = logs(
            of: ProgramPayload(passes: [.init(name: "warm", stages: stages)]))
    }

    /// glslang's logs of all stages that it complains of.
    ///
    /// - Parameters:
    ///   - passes: which passes it is asked about; nil for all.
    ///   - isInTheWay: asked before each pass: whether to end here.
    static func logs(
        of payload: ProgramPayload, passes: Set<Int>? = nil, isInTheWay: () -> Bool = { false }
    ) -> [StageLog] {
        var logs: [StageLog] = []
        var buffer = [CChar](repeating: 0, count: WireLimits.logs)
        for (index, pass) in payload.passes.enumerated() where passes?.contains(index) != false {
            if isInTheWay() { break }
            for stage in pass.stages {
                var text = stage.text
                let verdict = text.withUTF8 { utf8 in
                    utf8.withMemoryRebound(to: CChar.self) { characters in
                        phosphor_glslang_check(
                            Int32(stage.stage.order), characters.baseAddress, characters.count,
                            &buffer,
                            buffer.count)
                    }
                }
                guard verdict == 0 else { continue }
                let log = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
                logs.append(
                    StageLog(
                        pass: index, stage: stage.stage, text: String(decoding: log, as: UTF8.self))
                )
            }
        }
        return logs
    }
}
