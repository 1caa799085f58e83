import CSystem
import Guest
import Terminal

extension Workspace {
    /// The command `drill`: brings about what must not matter, so that people see for themselves that it does not.
    func drill(_ drill: Command.Drill) -> Outcome {
        switch drill {
        case .resetHost:
            isHostResetDrilled = true
            let before = hostResets
            return .waiting(
                Wait(deadline: nil) { [unowned self] _ in hostResets > before ? .done() : nil })
        case .resetFront: return drillGuest(.reset, .front)
        case .resetBack: return drillGuest(.reset, .back)
        case .killFront: return drillGuest(.kill, .front)
        case .killBack: return drillGuest(.kill, .back)
        case .stopFront: return drillGuest(.stop, .front)
        case .stopBack: return drillGuest(.stop, .back)
        }
    }

    private func drillGuest(_ what: GuestDrill, _ role: GuestRole) -> Outcome {
        supervisor.drill(what, role)
            ? .done() : .failed("there is no \(role.rawValue) guest at this moment; try again")
    }
}
