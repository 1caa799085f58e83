/// The newest finished frame of the revision that is shown.
///
/// The pixels lie in memory that a guest shares, and stay as they are until `Supervisor.releasePicture()`.
public struct Picture {
    /// `4 * width * height` bytes: RGBA, sRGB-encoded, bottom row first; alpha means nothing.
    public let pixels: UnsafeRawPointer
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// Counts the resizes.
    public let generation: UInt32
    /// Grows with each new picture; the same number means the same picture.
    public let sequence: UInt64
    /// The revision that drew it.
    public let revision: Int
    /// The request that it answers (`Supervisor.requestFrame`); 0 for a trial's frame.
    public let request: UInt64
    /// What it was drawn for, a trial's frame included.
    ///
    /// With two views the left half is the left eye's picture and the right half the right one's, each `width / 2` wide;
    /// with fewer it is one picture.
    public let state: DrawState
    /// The GPU's time for it in nanoseconds; nil where it is not known.
    public let gpuNanoseconds: UInt64?
}

/// Figures of a supervisor, for `status` and for tests.
public struct SupervisorStatistics: Sendable, Equatable {
    /// Guests started in place of one that died.
    public var restarts = 0
    /// Guests that died or were killed.
    public var deaths = 0
    /// Frames that came back from the front, trial frames left out.
    public var frames = 0
    /// Process numbers of the guests that are alive.
    public var pids: [GuestRole: Int32] = [:]
    /// The GPU time of the newest frame in nanoseconds; nil where it is not known.
    public var gpuNanoseconds: UInt64?
    /// The wall time of the newest frame in the guest, its answer included, in nanoseconds.
    public var frameNanoseconds: UInt64 = 0
}
