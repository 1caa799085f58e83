import ArgumentParser
import FoundationEssentials
import GLSL
import Glibc
import Guest

/// `phosphor check`: what the driver's compiler says, for other editors and for CI.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compile sketches with the driver and print what it says.",
        discussion: """
            Prints a line for each message, as FILE:LINE:COLUMN: error: MESSAGE. Exits with 0 where all is clean (there \
            may be warnings), 1 where there are errors, 2 for wrong usage. A sketch is compiled and linked as `phosphor \
            run` would, in a process of its own that can neither hang nor crash this one.
            """)

    @Argument(help: "Shader files, or folders with one file a stage.", completion: .file())
    var paths: [String]

    func validate() throws {
        if paths.isEmpty {
            throw ValidationError("Say which sketch to check, as in: phosphor check waves.frag")
        }
    }

    func run() throws {
        var isClean = true
        for path in paths {
            for diagnostic in try diagnostics(path) {
                print(Self.line(diagnostic, path))
                if diagnostic.severity == .error { isClean = false }
            }
        }
        Glibc.exit(isClean ? 0 : 1)
    }

    private func diagnostics(_ path: String) throws -> [Diagnostic] {
        let program: AssembledProgram
        do {
            switch try SketchLoading.program(path, toleratesPlan: true).1 {
            case .success(let assembled): program = assembled
            case .failure(let error): return error.diagnostics
            }
        } catch {
            return [Diagnostic(file: path, message: error.description)]
        }
        let known =
            program.notices
            + SketchLoading.problems(
                of: program, SketchLoading.resources(of: program, path), path)
        do {
            let found = try OneShot.check(program, configuration: HostSetup.guestConfiguration)
            return known.besides(found.diagnostics) + found.diagnostics
        } catch let error as GuestError where !known.isEmpty {
            // What is worth saying may be why.
            return known + [Diagnostic(file: path, message: error.description)]
        }
    }

    /// One message as compilers print it; a message without a place stands on line 1.
    static func line(_ diagnostic: Diagnostic, _ path: String) -> String {
        let file = diagnostic.file ?? path
        let stage =
            diagnostic.file == nil ? diagnostic.stage.map { "\($0.name) stage: " } ?? "" : ""
        return
            "\(file):\(diagnostic.line ?? 1):\(diagnostic.column ?? 1): \(diagnostic.severity.rawValue): "
            + stage + diagnostic.message
    }
}
