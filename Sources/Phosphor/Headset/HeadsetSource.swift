import CSystem
import FoundationEssentials
import Headset

/// Where a headset comes from: a runtime of this machine, or one that is not there (PHOSPHOR_HEADSET=simulated).
enum HeadsetSource {
    case runtime
    case simulated(SimulatedSource)

    /// What the environment says.
    static func chosen() throws -> HeadsetSource {
        let environment = ProcessInfo.processInfo.environment
        guard let text = environment["PHOSPHOR_HEADSET"], !text.isEmpty else { return .runtime }
        let source = try SimulatedSource(text)
        if let path = environment["PHOSPHOR_HEADSET_SCRIPT"], !path.isEmpty {
            let bytes = try AtomicFile.read(Folders.absolute(path), limit: 1 << 20)
            source.script = try HeadsetScript(text: String(decoding: bytes, as: UTF8.self))
        }
        return .simulated(source)
    }

    /// Whether this machine has a runtime at all: where not, there is nothing to look for again and again.
    ///
    /// As the loader finds it: the variable, then a file in the folders for settings.
    static func hasRuntime() -> Bool {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["XR_RUNTIME_JSON"], !path.isEmpty { return true }
        func folders(_ name: String, _ standard: String) -> [String] {
            (environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? standard).split(separator: ":")
                .map(String.init)
        }
        let places =
            folders("XDG_CONFIG_HOME", "\(Folders.home)/.config")
            + folders("XDG_CONFIG_DIRS", "/etc/xdg") + ["/usr/local/etc", "/etc"]
        return places.contains { place in
            ["active_runtime.json", "active_runtime.x86_64.json", "active_runtime.aarch64.json"]
                .contains { AtomicFile.stamp("\(place)/openxr/1/\($0)") != nil }
        }
    }
}

/// A headset that is not there, and what its user does.
///
/// `simulated`, or with size of an eye's picture and rate: `simulated:576x648@60`.
final class SimulatedSource {
    var script = HeadsetScript.still
    /// Whether its runtime is there.
    var isThere = true
    private var size = ImageSize(width: 1344, height: 1512)
    private var rate = 60.0
    private(set) weak var headset: SimulatedHeadset?

    init(_ text: String) throws {
        let mistake = Failure(
            "PHOSPHOR_HEADSET is '\(text)'; it can be simulated, or simulated:576x648@60")
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.first == "simulated" else { throw mistake }
        guard parts.count == 2 else { return }
        let figures = parts[1].split(separator: "@", maxSplits: 1)
        let sides = (figures.first ?? "").split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2, sides.allSatisfy({ (16...2048).contains($0) }) else {
            throw mistake
        }
        size = ImageSize(width: sides[0], height: sides[1])
        guard figures.count == 2 else { return }
        guard let rate = Double(figures[1]), (1...240).contains(rate) else { throw mistake }
        self.rate = rate
    }

    func open() throws(HeadsetError) -> any HeadsetDriver {
        let made = try SimulatedHeadset(
            refreshRate: rate, size: size, beats: .timer, script: script)
        headset = made
        return made
    }

    /// Does what a line of a script says, now.
    func simulate(_ line: String) throws(HeadsetError) {
        if line == "back" { return isThere = true }
        for entry in try HeadsetScript(text: "0 \(line)").lines {
            if case .fault(let fault) = entry.event {
                if case .lost = fault { isThere = false }
                headset?.happen(fault)
            } else {
                // Kept from the start on, for the headset that comes after this one.
                script.add(0, entry.event)
                if let headset {
                    headset.script.add(
                        headset.seconds(at: HeadsetTime(phosphor_now())), entry.event)
                }
            }
        }
    }
}
