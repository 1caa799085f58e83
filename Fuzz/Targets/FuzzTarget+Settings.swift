// For the fuzzer this is one module with what it tries: a program cannot be a part of another.
#if !FUZZING
    @testable import Phosphor
#endif

extension FuzzTarget {
    /// A mistake in the settings is told with a line that the text has.
    func readSettings(_ bytes: [UInt8]) throws(Broken) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        guard case .failure(let mistake) = Settings.parse(text) else { return }
        let lines = text.utf8.count { $0 == 10 } + 1
        try hold(
            (1...lines + 1).contains(mistake.line), "a mistake on line \(mistake.line) of \(lines)")
    }
}
