/// Which keys are down, by the numbers that Shadertoy has for them (JavaScript's key codes, 0 to 255).
public struct KeyboardState: Sendable, Equatable {
    /// A set of keys.
    public struct Keys: Sendable, Equatable {
        /// One bit a key.
        var bits = SIMD4<UInt64>.zero

        /// No keys.
        public init() {}

        /// Whether a key is among them; no key beyond 255 is.
        public func contains(_ key: Int) -> Bool {
            (0..<256).contains(key) && bits[key / 64] >> UInt64(key % 64) & 1 == 1
        }

        /// Adds a key, or takes it away; keys beyond 255 do not count.
        public mutating func set(_ key: Int, _ isIn: Bool = true) {
            guard (0..<256).contains(key) else { return }
            let bit: UInt64 = 1 << UInt64(key % 64)
            if isIn { bits[key / 64] |= bit } else { bits[key / 64] &= ~bit }
        }
    }

    /// Held down.
    public var held = Keys()
    /// Pressed in this frame.
    public var pressed = Keys()
    /// Pressed an odd number of times.
    public var toggled = Keys()

    /// No keys.
    public init() {}
}

extension WireWriter {
    mutating func keyboard(_ keys: KeyboardState) {
        for row in [keys.held, keys.pressed, keys.toggled] {
            for index in 0..<4 { integer(row.bits[index]) }
        }
    }
}

extension WireReader {
    mutating func keyboard() throws(WireError) -> KeyboardState {
        var keys = KeyboardState()
        keys.held = try keyRow()
        keys.pressed = try keyRow()
        keys.toggled = try keyRow()
        return keys
    }

    private mutating func keyRow() throws(WireError) -> KeyboardState.Keys {
        var keys = KeyboardState.Keys()
        for index in 0..<4 { keys.bits[index] = try integer() }
        return keys
    }
}
