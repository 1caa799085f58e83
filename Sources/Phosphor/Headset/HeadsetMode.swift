import ArgumentParser

/// Whether a headset is used.
enum HeadsetMode: String, ExpressibleByArgument, CaseIterable {
    /// Where there is one.
    case auto
    case off
    /// Where there is none, that is said, and waited for.
    case require
}
