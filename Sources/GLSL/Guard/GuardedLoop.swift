/// A loop that counts its rounds, and where the user wrote it.
public struct GuardedLoop: Codable, Sendable, Equatable {
    /// The stage that it is in.
    public var stage: Stage
    /// The file's name, as diagnostics have it.
    public var file: String
    /// The line of the loop's keyword in that file, from 1.
    public var line: Int
    /// The loops around it in the same function, by their numbers, the innermost first.
    public var enclosing: [Int]

    /// Makes the description of a loop.
    public init(stage: Stage, file: String, line: Int, enclosing: [Int] = []) {
        (self.stage, self.file, self.line, self.enclosing) = (stage, file, line, enclosing)
    }
}

/// What the loop guard did to a stage, and how the stage tells that a loop passed the limit.
public struct GuardReport: Codable, Sendable, Equatable {
    /// The way in which a stage tells.
    public enum Channel: Codable, Sendable, Equatable {
        /// It writes the number of the loop that passed the limit first into a storage buffer at this binding: an array
        /// of six unsigned integers, one a stage by `Stage.order`, zero where nothing happened.
        case storage(binding: Int)
        /// A fragment stage without storage buffers: where the uniform `phosphor_guard_report` (an int) is 1, its first
        /// colour is the number's low byte, its high byte, 165 and 255, each over 255, in a pixel whose invocation was
        /// stopped, and zero in all others.
        case replay
        /// It cannot tell; it is only stopped.
        case silent
    }

    /// How it tells.
    public var channel: Channel
    /// The rounds that an invocation's loops may take together.
    public var limit: Int
    /// The loops that count; a loop's number is its index here plus one.
    public var loops: [GuardedLoop]

    /// Makes a report.
    public init(channel: Channel, limit: Int, loops: [GuardedLoop]) {
        (self.channel, self.limit, self.loops) = (channel, limit, loops)
    }

    /// The diagnostic for the loop of a number; one without a line for a number that there is not.
    public func runaway(loop number: Int, stage: Stage) -> Diagnostic {
        let rounds = "\(limit / 1000),\(String(1000 + limit % 1000).dropFirst())"
        guard loops.indices.contains(number - 1) else {
            return Diagnostic(
                stage: stage, message: "runaway: a loop passed \(rounds) rounds (line unknown)")
        }
        let loop = loops[number - 1]
        let around = loop.enclosing.compactMap { number in
            loops.indices.contains(number - 1) ? String(loops[number - 1].line) : nil
        }
        let place =
            around.isEmpty
            ? ""
            : ", inside the loop\(around.count > 1 ? "s" : "") of line \(around.joined(separator: ", "))"
        return Diagnostic(
            stage: loop.stage, file: loop.file, line: loop.line,
            message: "runaway: this loop passed \(rounds) rounds\(place)")
    }
}
