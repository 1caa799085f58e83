/// Reads what compilers and linkers print.
public enum LogReader {
    /// Reads a log into diagnostics, in its order.
    public static func read(_ log: String, stage: Stage?, map: LineMap?) -> [Diagnostic] {
        read(log, stage: stage) { _ in map }
    }

    /// The same for a linker's log, which may speak of every stage.
    public static func read(_ log: String, maps: [Stage: LineMap]) -> [Diagnostic] {
        read(log, stage: nil) { $0.flatMap { maps[$0] } }
    }

    static func read(
        _ log: String, stage: Stage?, map: (Stage?) -> LineMap?
    ) -> [Diagnostic] {
        log.split(whereSeparator: \.isNewline).map {
            Diagnostic(stage: stage, message: String($0))
        }
    }
}
