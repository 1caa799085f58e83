/// How pictures come from the guests to the host.
public enum FrameTransport: Sendable, Equatable {
    /// Read back, copied through the ring's memory and uploaded again, which works everywhere; and why so.
    case memory(why: String)
    /// The guests draw into pictures that the host draws from.
    case shared

    /// The way, in a word or two.
    public var words: String {
        switch self {
        case .memory: "memfd"
        case .shared: "shared (memory objects)"
        }
    }

    /// Why it is not the other way; empty where there is nothing to wish for.
    public var why: String {
        switch self {
        case .memory(let why): why
        case .shared: ""
        }
    }

    /// What has the user's word, for tests and for drivers that get it wrong: `memfd` shares nothing, `shared` shares on
    /// software GL, too.
    static let variable = "PHOSPHOR_FRAMES"
}
