import GLSL

/// One attempt to break the loop: texts to set, keys to type, or harm to do to a guest.
struct HostileProgram {
    /// What is done with it.
    enum Action {
        /// Whole texts are put in the place of the sketch's, by stage; as a file of just these bytes.
        case set([Stage: [UInt8]])
        /// A text is set, then keys are typed behind it at 20 a second.
        case type(before: String, keys: [String])
        /// A guest is harmed while the good sketch is shown.
        case harm(Harm)
    }

    /// Where it comes from: `generator`, `mutation`, `typing` or `fault`.
    var source: String
    /// Which of the source's kinds it is.
    var kind: String
    var action: Action

    /// What a person needs to see it again: the text, or the keys.
    var text: String {
        switch action {
        case .set(let texts):
            texts.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "// \($0.key.rawValue)\n" + String(decoding: $0.value, as: UTF8.self) }
                .joined(separator: "\n")
        case .type(let before, let keys): before + keys.joined()
        case .harm(let harm): harm.rawValue
        }
    }
}

/// The programs of a storm: the same seed and index always give the same one, so that a storm can be gone on with.
struct HostilePrograms {
    let seed: UInt64
    private let shaders: [String]

    /// In which order sources take turns: g generator, m mutation, t typing, f fault.
    private static let order = Array("gmgtgfgmggmfgtgmgfmg".utf8)

    /// - Parameter shaders: good ones, which are mutated and typed.
    init(seed: UInt64, shaders: [String]) { (self.seed, self.shaders) = (seed, shaders) }

    /// The program of a number.
    func program(_ index: Int) -> HostileProgram {
        let letter = Self.order[index % Self.order.count]
        // Each kind gets its turn, whatever the seed: the place among those of the same source.
        let inBlock = Self.order[..<(index % Self.order.count)].count { $0 == letter }
        let each = Self.order.count { $0 == letter }
        let turn = index / Self.order.count * each + inBlock
        var random = SplitMix(seed: seed &* 0x9E37_79B9 &+ UInt64(index))
        switch letter {
        case UInt8(ascii: "g"):
            let kinds = HostileKind.all
            let kind = kinds[(turn + Int(seed % 1024)) % kinds.count]
            return HostileProgram(
                source: "generator", kind: kind.name, action: .set(kind.make(&random)))
        case UInt8(ascii: "m"):
            let (kind, text) = Mutation.make(of: shaders, &random)
            return HostileProgram(
                source: "mutation", kind: kind, action: .set([.fragment: Array(text.utf8)]))
        case UInt8(ascii: "t"):
            let keys = Typing.keys(of: shaders[(turn + Int(seed % 1024)) % shaders.count])
            let count = min(40, keys.count)
            let start = Int(random.next() % UInt64(keys.count - count + 1))
            return typing(keys, start, count, "40 keys")
        default:
            let harms = Harm.allCases
            let harm = harms[(turn + Int(seed % 1024)) % harms.count]
            return HostileProgram(source: "fault", kind: harm.rawValue, action: .harm(harm))
        }
    }

    /// Every prefix of every good shader: 200 keys a program, each beginning where the one before ended.
    func everyPrefix() -> [HostileProgram] {
        shaders.enumerated().flatMap { index, text in
            let keys = Typing.keys(of: text)
            return stride(from: 0, to: keys.count, by: 200).map {
                typing(keys, $0, min(200, keys.count - $0), "shader \(index + 1)")
            }
        }
    }

    private func typing(_ keys: [String], _ start: Int, _ count: Int, _ kind: String)
        -> HostileProgram
    {
        HostileProgram(
            source: "typing", kind: kind,
            action: .type(
                before: keys[..<start].joined(), keys: Array(keys[start..<(start + count)])))
    }

    /// The ten good shaders: those that come with Phosphor and its templates, and the benchmark's own.
    static func goodShaders() throws -> [String] {
        guard let share = Folders.share else {
            throw Failure("the shipped sketches are not found; see `phosphor doctor`")
        }
        let names = [
            "welcome", "clouds", "rings", "glow", "tunnel", "waves/waves", "city",
            "templates/shadertoy", "templates/plain",
        ]
        return try names.map {
            String(decoding: try AtomicFile.read("\(share)/shaders/\($0).frag"), as: UTF8.self)
        } + [KeystrokeBench.trivial]
    }
}

/// Text as somebody types it.
enum Typing {
    /// The keys: a character each, without the blanks that begin a line, which auto-indent writes.
    static func keys(of text: String) -> [String] {
        var keys: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            keys += line.drop { $0 == " " || $0 == "\t" }.map { String($0) }
            keys.append("\n")
        }
        return keys
    }
}
