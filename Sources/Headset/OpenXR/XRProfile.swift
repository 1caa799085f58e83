/// A kind of controller (`interaction profile`), with what its buttons are suggested to mean.
///
/// A runtime maps the suggestions of one kind to others that it knows, so these three reach most devices.
struct XRProfile {
    /// OpenXR's path.
    let path: String
    /// Each meaning with a button's path; a meaning may have more than one.
    let bindings: [(XRActions.Meaning, String)]

    private init(
        _ path: String, both: [(XRActions.Meaning, String)],
        left: [(XRActions.Meaning, String)] = [], right: [(XRActions.Meaning, String)] = []
    ) {
        self.path = "/interaction_profiles/" + path
        let sides = [("left", both + left), ("right", both + right)]
        bindings = sides.flatMap { side, list in
            list.map { ($0.0, "/user/hand/\(side)/\($0.1)") }
        }
    }

    private static let poses: [(XRActions.Meaning, String)] = [
        (.aim, "input/aim/pose"), (.grip, "input/grip/pose"), (.haptic, "output/haptic"),
    ]

    static let all = [
        XRProfile(
            "khr/simple_controller",
            // Two buttons for everything: the menu stands in for the thumbstick, too (`HeldMenu`).
            both: poses + [(.select, "input/select/click"), (.menu, "input/menu/click")]),
        XRProfile(
            "valve/index_controller",
            both: poses + [
                (.select, "input/trigger/value"), (.select, "input/trigger/click"),
                // By force: a hand that merely holds an Index controller has a squeeze value of 1 already.
                (.grab, "input/squeeze/force"),
                (.stick, "input/thumbstick"), (.press, "input/thumbstick/click"),
                (.toggle, "input/b/click"), (.call, "input/a/click"),
            ]),
        XRProfile(
            "oculus/touch_controller",
            both: poses + [
                (.select, "input/trigger/value"), (.grab, "input/squeeze/value"),
                (.stick, "input/thumbstick"), (.press, "input/thumbstick/click"),
            ],
            left: [
                (.toggle, "input/y/click"), (.toggle, "input/menu/click"),
                (.call, "input/x/click"),
            ],
            right: [(.toggle, "input/b/click"), (.call, "input/a/click")]),
    ]

    /// A name for people of a kind of controller, given OpenXR's path.
    static func name(_ path: String) -> String {
        switch path.dropFirst("/interaction_profiles/".count) {
        case "khr/simple_controller": return "simple controller"
        case "valve/index_controller": return "Valve Index controller"
        case "oculus/touch_controller": return "Oculus Touch controller"
        case "htc/vive_controller": return "HTC Vive controller"
        case "microsoft/motion_controller": return "Windows Mixed Reality controller"
        case "google/daydream_controller": return "Google Daydream controller"
        case "ext/hand_interaction_ext": return "bare hand"
        // A kind that came after this was written: "maker/some_controller" is near enough to words.
        case let other:
            return String(other.map { $0 == "/" || $0 == "_" ? " " : $0 })
        }
    }
}
