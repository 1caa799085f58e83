import COpenXR

/// Headsets behind an OpenXR runtime.
///
/// `find` looks for one and may take long: it loads the runtime's library, which connects to a service. It belongs on a
/// thread in the background. `open` on what it found belongs to the main thread. One at a time: the loader allows a
/// process one instance, so the old driver (or what was found) must be let go of before the next look; `.lost` means
/// that as well.
public enum OpenXRHeadset {
    /// Looks what there is, without taking it.
    ///
    /// May take long; any thread; not while there is a driver.
    public static func probe() -> HeadsetReport { probe(phosphor_xr_loader()) }

    /// Looks for a headset.
    ///
    /// May take long; any thread; not while there is a driver.
    public static func find() throws(HeadsetError) -> FoundHeadset {
        try find(phosphor_xr_loader())
    }

    /// `find` and `open` in one, for where nothing else has to go on meanwhile.
    ///
    /// Main thread, with the GL context current that the host draws with.
    public static func connect(log: (String) -> Void) throws(HeadsetError) -> any HeadsetDriver {
        try find().open(log: log)
    }

    static func probe(_ lookup: XRLookup?) -> HeadsetReport {
        var report = HeadsetReport()
        do throws(HeadsetError) {
            let instance = try XRInstance(try checked(lookup))
            report = HeadsetReport(instance: instance)
            report = HeadsetReport(instance: instance, system: try XRSystem(of: instance))
        } catch {
            report.problem = error
        }
        return report
    }

    static func find(_ lookup: XRLookup?) throws(HeadsetError) -> FoundHeadset {
        let instance = try XRInstance(try checked(lookup))
        let system = try instance.lifeline.guarding(XRLifeline.Patience.start) {
            () throws(HeadsetError) in try XRSystem(of: instance)
        }
        return FoundHeadset(instance: instance, system: system)
    }

    /// An address of a linked function is never nil; Swift does not know that.
    private static func checked(_ lookup: XRLookup?) throws(HeadsetError) -> XRLookup {
        guard let lookup else { throw HeadsetError("There is no OpenXR loader.") }
        return lookup
    }
}

/// A headset that was found and waits to be used; it can go from thread to thread.
///
/// To be let go of once it was opened: like the driver, it holds the one instance that a process may have.
public final class FoundHeadset: Sendable {
    private let instance: XRInstance
    private let system: XRSystem
    /// What is known of it.
    public let report: HeadsetReport

    init(instance: XRInstance, system: XRSystem) {
        (self.instance, self.system) = (instance, system)
        report = HeadsetReport(instance: instance, system: system)
    }

    /// Begins a session; from here on the runtime may show Phosphor's picture.
    ///
    /// Main thread, with the GL context current that the host draws with, which must stay current on that thread and
    /// outlive the driver. GLX and EGL are told apart by which of them has it; an EGL context must be without reset
    /// notification (`EGLContext(robust: false)`), or Monado refuses it. Takes some milliseconds, with some runtimes some
    /// hundred. What is bound to GL's targets may be something else afterwards.
    public func open(log: (String) -> Void) throws(HeadsetError) -> OpenXRDriver {
        let driver = try instance.lifeline.guarding { () throws(HeadsetError) in
            try OpenXRDriver(instance: instance, system: system)
        }
        let report = driver.report
        log(
            "headset: \(report.system ?? "?") through \(report.runtime ?? "?"), "
                + "\(report.bindings.joined()), \(system.recommendedSize.width)x"
                + "\(system.recommendedSize.height) an eye, \(driver.refreshRate) Hz, "
                + "origin \(report.trackingSpace ?? "?")")
        return driver
    }
}
