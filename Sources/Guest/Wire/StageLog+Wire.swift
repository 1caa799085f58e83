import GLSL

/// The most logs of one message: six stages and a link for each of 64 passes, rounded.
private let mostLogs = 448

extension WireWriter {
    /// Logs with the room of one packet shared out in order; what does not fit is cut and said.
    mutating func logs(_ logs: [StageLog]) {
        let note = "\n(The log is longer; the rest was cut.)"
        var room = WireLimits.logs
        let logs = logs.prefix(mostLogs)
        size(logs.count)
        for log in logs {
            integer(UInt8(clamping: log.pass))
            integer(log.stage.map { UInt8($0.order) } ?? UInt8.max)
            var text = log.text
            if text.utf8.count > room {
                text =
                    text.cut(toBytes: max(0, room - note.utf8.count))
                    + (room > note.utf8.count ? note : "")
            }
            self.text(text, limit: WireLimits.logs)
            room = max(0, room - text.utf8.count)
        }
    }

    mutating func optional(_ value: UInt64?) {
        flag(value != nil)
        if let value { integer(value) }
    }
}

extension WireReader {
    mutating func logs() throws(WireError) -> [StageLog] {
        let count = try size("number of logs", in: 0...mostLogs)
        var logs: [StageLog] = []
        for _ in 0..<count {
            let pass = Int(try integer(UInt8.self))
            let stage = try stageOrLink()
            logs.append(StageLog(pass: pass, stage: stage, text: try text(limit: WireLimits.logs)))
        }
        return logs
    }

    private mutating func stageOrLink() throws(WireError) -> Stage? {
        let order: UInt8 = try integer()
        if order == UInt8.max { return nil }
        guard let stage = Stage(order: Int(order)) else { throw .value("stage") }
        return stage
    }

    mutating func optional() throws(WireError) -> UInt64? {
        try flag() ? try integer() : nil
    }
}

extension Stage {
    /// The stage at a place of the pipeline, from 0; nil for none.
    init?(order: Int) {
        guard let stage = Stage.allCases.first(where: { $0.order == order }) else { return nil }
        self = stage
    }
}
