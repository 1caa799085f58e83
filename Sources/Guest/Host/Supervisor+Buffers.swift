extension Supervisor {
    /// Asks what rows of a storage buffer hold that the shown revision keeps; `takeReading` has the answer some pumps
    /// later, or none where the front dies or is another by then.
    ///
    /// - Parameter name: the buffer's name: that of its block, or of a capture.
    /// - Returns: false where there is nobody to ask.
    @discardableResult
    public func readBuffer(_ name: String, first: Int = 0, rows: Int = 16) -> Bool {
        reading = nil
        guard let front, front.isAlive, front.info != nil, shownRevision != nil else {
            return false
        }
        tell(
            front,
            .readBuffer(
                name: name, first: max(0, first), rows: max(0, min(rows, BufferReading.mostRows))))
        return front.isAlive
    }

    /// The answer to `readBuffer`, once; nil while there is none.
    public func takeReading() -> BufferReading? {
        defer { reading = nil }
        return reading
    }
}
