import GLSL
import Guest

/// What is said of sound, which this version does not listen to.
extension Workspace {
    /// What the sketch on screen hears; nil where it does not listen.
    var soundWord: String? {
        guard let trial = supervisor.shownRevision, listeningTrials.contains(trial) else {
            return nil
        }
        return "silence"
    }
}

extension AssembledProgram {
    /// Whether it reads sound: a wave, or a spectrum.
    var listens: Bool {
        passes.contains { pass in
            pass.bindings.contains {
                switch $0.source {
                case .sampler(.audio, _), .sampler(.wave, _), .sampler(.spectrum, _): true
                default: false
                }
            }
        }
    }
}
