import ArgumentParser

/// What `phosphor bench storm` can be told.
struct StormOptions: ParsableArguments {
    @Option(help: "storm: how many programs.")
    var programs = 500

    @Option(help: "storm: which programs; the same number makes the same ones.")
    var seed: UInt64 = 1

    @Option(
        help: "storm: goes on with the storm in this file, or begins it, and keeps it up to date.",
        completion: .file())
    var resume: String?

    @Option(
        help: "storm: how much of the real deadlines guests have; 1 for all of their seconds.")
    var deadlineScale = 0.1

    @Flag(
        help: "storm: behind the other programs, type every prefix of ten good shaders, in an hour."
    )
    var everyPrefix = false

    @Flag(help: "storm: print a line a program.")
    var verbose = false

    func validate() throws {
        guard (1...1_000_000).contains(programs) else {
            throw ValidationError("--programs is from 1 to 1000000.")
        }
        guard deadlineScale >= 0.01, deadlineScale <= 10 else {
            throw ValidationError("--deadline-scale is from 0.01 to 10.")
        }
    }
}
