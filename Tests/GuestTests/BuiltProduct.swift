import Glibc

@testable import Guest

/// The executable that was built together with these tests.
enum BuiltProduct {
    /// The path of `phosphor`, beside the test bundle that runs now.
    static let phosphor: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(
            decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let candidates = [path] + CommandLine.arguments
        for candidate in candidates {
            guard let slash = candidate.lastIndex(of: "/") else { continue }
            let product = String(candidate[..<slash]) + "/phosphor"
            if access(product, X_OK) == 0 { return product }
        }
        // A wrong path fails in the first test, with its name in the message.
        return path + "/phosphor"
    }()

    /// Guests of the built product, with short deadlines and no shader cache, so that each run is the first.
    static func configuration(deadline: Double = 5) -> GuestConfiguration {
        var configuration = GuestConfiguration()
        configuration.executable = phosphor
        configuration.cacheFolder = nil
        // A machine that builds beside its tests must not starve guests past their deadlines.
        configuration.nice = 0
        configuration.environment = ["MESA_SHADER_CACHE_DISABLE": "true"]
        var deadlines = Deadlines()
        (deadlines.compile, deadlines.link) = (deadline, deadline)
        (deadlines.firstDraw, deadlines.draw) = (deadline, deadline)
        configuration.deadlines = deadlines
        configuration.openingDeadlines = deadlines
        return configuration
    }
}
