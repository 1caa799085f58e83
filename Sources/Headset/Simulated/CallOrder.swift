import Glibc

/// Watches the order in which a simulated headset is called, as a runtime would with an error: what is wrong is a trap
/// in debug builds, or is written down for a test that asks for it.
final class CallOrder {
    private(set) var violations: [String] = []
    var traps = true
    private let thread = pthread_self()

    /// Writes down `what` unless all is well; whether it is.
    @discardableResult
    func require(_ isWell: Bool, _ what: @autoclosure () -> String) -> Bool {
        if !isWell { note(what()) }
        return isWell
    }

    func note(_ what: String) {
        violations.append(what)
        if traps { assertionFailure("A headset is called in a wrong order: \(what)") }
    }

    func requireThread(_ call: StaticString = #function) {
        require(
            pthread_equal(pthread_self(), thread) != 0,
            "\(call) is called on another thread than the one that made the headset")
    }
}
