/// Makes every loop count its rounds, and end when an invocation's loops have taken too many together.
///
/// Works on tokens. All tokens of the user stay, in order and on their lines (the name `main` apart, where it becomes a
/// wrapper's), and the line map tells what was put in between. A `for` gets a statement before its body, so that
/// nothing of its header needs to be understood; a `while` gets a condition before its own, so that it need not be told
/// from the end of a `do`. Either is whole inside the parentheses' branch and macro, which is why macros that hold
/// loops or beginnings of loops work, and bodies that begin in several branches of an `#if`.
///
/// The first loop that passes the limit notes its number, once, in a variable that `main` writes out at its end.
///
/// Loops with constant bounds need no counter; see `ConstantLoops` for the rule and its bound.
///
/// Limitations: a loop whose header's parentheses are not closed in its own macro or branch runs uncounted, and so does
/// all of a text that defines words of the language anew that are needed here; `AssembledStage.unguarded` says so.
/// Loops inside one expression of the preprocessor's making (`##`) are not seen.
public enum LoopGuard {
    /// The rounds that an invocation may take: llvmpipe itself ends one after 65,535.
    public static let standardLimit = 50_000

    /// The same program with its loops counted; stages without loops are left byte for byte.
    ///
    /// Pure, and linear in the length of the text.
    public static func guarded(
        _ program: AssembledProgram, limit: Int = LoopGuard.standardLimit
    ) -> AssembledProgram {
        var result = program
        for index in result.passes.indices {
            result.passes[index].stages = guarded(program.passes[index].stages, limit: limit)
        }
        return result
    }

    private static func guarded(_ stages: [AssembledStage], limit: Int) -> [AssembledStage] {
        let plans = stages.map { stage -> StageGuard? in
            guard !stage.isGenerated, stage.loopGuard == nil, mentionsLoop(stage.text) else {
                return nil
            }
            return StageGuard(stage)
        }
        guard plans.contains(where: { $0 != nil }) else { return stages }
        // One block for all stages of a program: its name and binding must be free in each.
        let names = GuardNames(stages.map(\.text))
        return zip(stages, plans).map { stage, plan in
            plan?.applied(names: names, limit: limit) ?? stage
        }
    }

    /// Whether a text can hold a loop at all: a look at the bytes that spares most texts the rest.
    private static func mentionsLoop(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for index in bytes.indices.dropLast() {
                switch (bytes[index], bytes[index + 1]) {
                // fo, wh, do; and a backslash, which can part a word.
                case (0x66, 0x6F), (0x77, 0x68), (0x64, 0x6F), (Byte.backslash, _): return true
                default: break
                }
            }
            return false
        }
    }
}

/// Names and a binding that no stage of a program uses.
struct GuardNames {
    /// What all names begin with.
    let prefix: String
    /// A storage buffer's binding; nil where none is certainly free.
    let binding: Int?
    /// Whether the sketch has the uniform's name itself, by which a replay is asked for.
    let usesReplayName: Bool

    static let replay = "phosphor_guard_report"

    init(_ texts: [String]) {
        var number = 0
        func candidate() -> String { "phg\(number == 0 ? "" : String(number))_" }
        while texts.contains(where: { $0.utf8.contains(candidate()) }) { number += 1 }
        prefix = candidate()
        binding = Self.freeBinding(texts)
        usesReplayName = texts.contains { $0.utf8.contains(Self.replay) }
    }

    var counter: String { prefix + "c" }
    var tripped: String { prefix + "n" }
    /// Begins as all blocks do that are none of the user's, so that it counts as no state of theirs.
    var buffer: String { "phosphor_guard_" + prefix + "B" }
    var report: String { prefix + "r" }
    var write: String { prefix + "w" }
    var main: String { prefix + "main" }
}

extension Collection where Element == UInt8 {
    /// Where a word begins in these bytes.
    fileprivate func place(of word: String) -> Index? {
        let word = Array(word.utf8)
        guard let first = word.first else { return nil }
        var index = startIndex
        while index < endIndex {
            if self[index] == first, self[index...].starts(with: word) { return index }
            formIndex(after: &index)
        }
        return nil
    }

    fileprivate func contains(_ word: String) -> Bool { place(of: word) != nil }
}
