public import Render

/// The newest finished frame of the revision that is shown.
///
/// It lies in memory or in a picture that a guest shares, and stays as it is until `Supervisor.releasePicture()`; in a
/// picture also for as long as this value, or a copy of it, lives.
public struct Picture {
    /// The pixels in memory; of no meaning where they are in a picture.
    let memory: UnsafeRawPointer
    let hold: SharedHold?
    /// The shared picture to draw from, RGBA8; nil where the pixels have to be uploaded.
    public var texture: Texture? { hold?.texture }
    /// `4 * width * height` bytes: RGBA, sRGB-encoded, bottom row first; alpha means nothing.
    ///
    /// Of a shared picture they are read back, which waits for the GPU: draw from `texture` where there is one.
    public var pixels: UnsafeRawPointer { hold?.pixels ?? memory }
    /// The picture's depth; nil where none was asked for, or its last pass has none.
    public let depth: PictureDepth?
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

/// How far away is what a picture shows: half as many places a side as pixels, eyes side by side.
public struct PictureDepth {
    /// `2 * width * height` bytes: 0 at the near plane, 65535 at the far one (OpenGL's window depth), bottom row first.
    ///
    /// In memory that a guest writes: any values may be there.
    public let places: UnsafeRawPointer
    /// Places in a row, of all eyes together.
    public let width: Int
    /// Rows.
    public let height: Int
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
