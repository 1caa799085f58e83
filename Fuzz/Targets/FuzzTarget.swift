/// A place where bytes from elsewhere come in, tried with any bytes at all.
///
/// Each is tried by the fuzzer (`scripts/fuzz`) and, with the files of its corpus, by every run of the tests.
enum FuzzTarget: String, CaseIterable, Sendable {
    case assembler, commands, editor, guards, lexer, logs, meshes, messages, pictures, plans,
        settings

    /// Gives the bytes to what is tried.
    ///
    /// Traps where that traps, and throws where what came of it is wrong.
    func run(_ bytes: [UInt8]) throws(Broken) {
        switch self {
        case .assembler: try assemble(bytes)
        case .commands: try command(bytes)
        case .editor: try edit(bytes)
        case .guards: try guardLoops(bytes)
        case .lexer: try lex(bytes)
        case .logs: try readLog(bytes)
        case .meshes: try readMesh(bytes)
        case .messages: try decode(bytes)
        case .pictures: try decodePicture(bytes)
        case .plans: try readPlan(bytes)
        case .settings: try readSettings(bytes)
        }
    }
}

/// What came of the bytes breaks a promise.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Throws where a promise does not hold.
func hold(_ isTrue: Bool, _ what: @autoclosure () -> String) throws(Broken) {
    guard isTrue else { throw Broken(what()) }
}
