import Glibc

extension Supervisor {
    /// A question about a buffer that waits for its answer, and who was asked it.
    struct BufferQuestion {
        let name: String
        let first: Int
        let rows: Int
        var asked: (pid: pid_t, revision: Int)?
    }

    /// Asks what rows of a storage buffer hold that the shown revision keeps; `takeReading` has the answer some pumps
    /// later.
    ///
    /// Where another guest comes to the front before it has answered, that one is asked. A question takes the place of the
    /// one before.
    ///
    /// - Parameter name: the buffer's name: that of its block, or of a capture.
    /// - Returns: false where nothing is shown.
    @discardableResult
    public func readBuffer(_ name: String, first: Int = 0, rows: Int = 16) -> Bool {
        (reading, question) = (nil, nil)
        guard shownRevision != nil else { return false }
        question = BufferQuestion(
            name: name, first: max(0, first), rows: max(0, min(rows, BufferReading.mostRows)))
        askQuestion()
        return true
    }

    /// Asks the front, if it was not asked already.
    func askQuestion() {
        guard let question, let front, front.isAlive, front.info != nil, let shownRevision,
            front.loaded.contains(shownRevision),
            question.asked?.pid != front.pid || question.asked?.revision != shownRevision
        else { return }
        self.question?.asked = (front.pid, shownRevision)
        tell(
            front,
            .readBuffer(
                revision: shownRevision, name: question.name, first: question.first,
                rows: question.rows))
    }

    /// Takes a guest's answer; of an older front it says what was, and not what is.
    func answered(_ reading: BufferReading, by guest: GuestProcess, _ index: Int) {
        guard index == frontIndex, question?.asked?.pid == guest.pid else { return }
        question = nil
        self.reading = reading
    }

    /// The answer to `readBuffer`, once; nil while there is none.
    public func takeReading() -> BufferReading? {
        defer { reading = nil }
        return reading
    }
}
