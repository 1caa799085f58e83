public import GLSL
import Glibc

/// What went wrong with a guest, its messages or its ring, as people read it.
public struct GuestError: Error, CustomStringConvertible, Sendable {
    /// What happened, where, and what to do.
    public let description: String
    /// What the compilers said, where they are the reason.
    public var diagnostics: [Diagnostic] = []

    /// Makes an error with its whole message.
    public init(_ description: String, diagnostics: [Diagnostic] = []) {
        self.description = description
        self.diagnostics = diagnostics
    }

    /// An error of a system call, with errno's own words.
    init(system what: String) {
        let reason = errno
        self.init("\(what): \(String(cString: strerror(reason))).")
    }
}
