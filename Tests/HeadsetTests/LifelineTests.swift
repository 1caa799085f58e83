import Foundation
import Glibc
import Testing

@testable import Headset

/// A runtime's service that does not answer is let go of, and nothing else.
///
/// One after the other: what appears while a lifeline is made counts as its runtime's.
@Suite(.serialized) struct LifelineTests {
    /// A service that takes connections and says nothing.
    private final class Service {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "phosphor-\(UUID().uuidString.prefix(8))").path
        private let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)

        init() throws {
            let result = Self.withAddress(path) { bind(listener, $0, $1) }
            try #require(result == 0 && listen(listener, 8) == 0)
        }

        deinit {
            close(listener)
            unlink(path)
        }

        func connected() throws -> Int32 {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            try #require(Self.withAddress(path) { connect(descriptor, $0, $1) } == 0)
            return descriptor
        }

        private static func withAddress<Result>(
            _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
        ) -> Result {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
    }

    /// Whether a connection was shut down: then a read ends at once.
    private func isCut(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) == 0
    }

    @Test("a call that waits for a silent service comes back, and other connections stay")
    func silence() throws {
        let service = try Service()
        let before = try service.connected()
        let lifeline = XRLifeline()
        let runtimes = try service.connected()
        lifeline.settle()
        let later = try service.connected()
        defer { for descriptor in [before, runtimes, later] { close(descriptor) } }
        #expect(lifeline.guarding { 7 } == 7 && !lifeline.isCut)
        var byte: UInt8 = 0
        let got = lifeline.guarding(20_000_000) { recv(runtimes, &byte, 1, 0) }
        #expect(got == 0 && lifeline.isCut)
        #expect(!isCut(before) && !isCut(later))
    }

    @Test("also while the connection is only being made, and from outside")
    func beginning() throws {
        let service = try Service()
        let lifeline = XRLifeline()
        var runtimes: Int32 = -1
        let got = try lifeline.guarding(20_000_000) { () throws -> Int in
            runtimes = try service.connected()
            var byte: UInt8 = 0
            return recv(runtimes, &byte, 1, 0)
        }
        #expect(got == 0 && lifeline.isCut)
        close(runtimes)

        let other = XRLifeline()
        let second = try service.connected()
        defer { close(second) }
        other.settle()
        #expect(!isCut(second))
        other.cut()
        #expect(isCut(second) && other.isCut)
    }
}
