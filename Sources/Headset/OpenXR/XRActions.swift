import COpenXR

/// What controllers do, by meaning (`XrActionSet` with its actions), for both hands.
///
/// Made on the main thread, then used by the beat's thread alone.
final class XRActions {
    let session: XRSession
    let tracking: XRTrackingSpace
    private let set: XrActionSet
    /// /user/hand/left and /user/hand/right.
    let hands: [XrPath]
    private var actions: [Meaning: XrAction] = [:]
    private var aimSpaces: [XrSpace] = []
    private var gripSpaces: [XrSpace] = []
    /// Whether trigger and squeeze were held at the last beat: see `isHeld`.
    private var held: [SIMD2<UInt8>] = [SIMD2(), SIMD2()]

    /// One action each; the name is OpenXR's and never changes, since users' own bindings refer to it.
    enum Meaning: String, CaseIterable {
        case aim, grip, select, grab, stick, press, toggle, call, menu, haptic

        var type: XrActionType {
            switch self {
            case .aim, .grip: XR_ACTION_TYPE_POSE_INPUT
            // Analogue, with a threshold of our own: a runtime's has no hysteresis, and a trembling finger would click.
            case .select, .grab: XR_ACTION_TYPE_FLOAT_INPUT
            case .stick: XR_ACTION_TYPE_VECTOR2F_INPUT
            case .press, .toggle, .call, .menu: XR_ACTION_TYPE_BOOLEAN_INPUT
            case .haptic: XR_ACTION_TYPE_VIBRATION_OUTPUT
            }
        }

        /// What a runtime's own binding page calls it.
        var label: String {
            switch self {
            case .aim: "Point"
            case .grip: "Hand"
            case .select: "Select"
            case .grab: "Take hold of a panel"
            case .stick: "Walk and turn"
            case .press: "Reset"
            case .toggle: "Editor on and off"
            case .call: "Ask for the keyboard"
            case .menu: "Editor; held: walk, turn, scroll"
            case .haptic: "Tick"
            }
        }
    }

    /// Makes the actions, suggests bindings, and attaches all to the session, which can be done once in its life.
    init(session: XRSession, tracking: XRTrackingSpace) throws(HeadsetError) {
        (self.session, self.tracking) = (session, tracking)
        let instance = session.instance
        hands = [instance.path("/user/hand/left"), instance.path("/user/hand/right")]
        var info = XrActionSetCreateInfo()
        info.type = XR_TYPE_ACTION_SET_CREATE_INFO
        put("phosphor", into: &info.actionSetName)
        put("Phosphor", into: &info.localizedActionSetName)
        var made: XrActionSet?
        let result = instance.functions.createActionSet(instance.handle, &info, &made)
        guard result.isSuccess, let made else {
            throw HeadsetError(result, from: "xrCreateActionSet", of: instance.runtime)
        }
        set = made
        for meaning in Meaning.allCases { actions[meaning] = try makeAction(meaning) }
        suggestBindings()
        for hand in hands {
            aimSpaces.append(try makeSpace(.aim, hand))
            gripSpaces.append(try makeSpace(.grip, hand))
        }
        var sets: [XrActionSet?] = [set]
        let attached = sets.withUnsafeMutableBufferPointer { sets in
            var info = XrSessionActionSetsAttachInfo()
            info.type = XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO
            info.countActionSets = 1
            info.actionSets = UnsafePointer(sets.baseAddress)
            return instance.functions.attachActionSets(session.handle, &info)
        }
        guard attached.isSuccess else {
            throw HeadsetError(attached, from: "xrAttachSessionActionSets", of: instance.runtime)
        }
    }

    private func makeAction(_ meaning: Meaning) throws(HeadsetError) -> XrAction {
        let instance = session.instance
        var made: XrAction?
        let result = hands.withUnsafeBufferPointer { hands in
            var info = XrActionCreateInfo()
            info.type = XR_TYPE_ACTION_CREATE_INFO
            put(meaning.rawValue, into: &info.actionName)
            put(meaning.label, into: &info.localizedActionName)
            info.actionType = meaning.type
            info.countSubactionPaths = UInt32(hands.count)
            info.subactionPaths = hands.baseAddress
            return instance.functions.createAction(set, &info, &made)
        }
        guard result.isSuccess, let made else {
            throw HeadsetError(
                result, from: "xrCreateAction \(meaning.rawValue)", of: instance.runtime)
        }
        return made
    }

    private func makeSpace(_ meaning: Meaning, _ hand: XrPath) throws(HeadsetError) -> XrSpace {
        let instance = session.instance
        var info = XrActionSpaceCreateInfo()
        info.type = XR_TYPE_ACTION_SPACE_CREATE_INFO
        info.action = actions[meaning]
        info.subactionPath = hand
        info.poseInActionSpace = Pose.identity.openXR
        var made: XrSpace?
        let result = instance.functions.createActionSpace(session.handle, &info, &made)
        guard result.isSuccess, let made else {
            throw HeadsetError(result, from: "xrCreateActionSpace", of: instance.runtime)
        }
        return made
    }

    /// A profile that the runtime does not know, or a path that it lacks, costs that profile alone.
    private func suggestBindings() {
        let instance = session.instance
        for profile in XRProfile.all {
            let bindings = profile.bindings.map { meaning, path in
                XrActionSuggestedBinding(
                    action: actions[meaning], binding: instance.path(path))
            }
            bindings.withUnsafeBufferPointer { bindings in
                var info = XrInteractionProfileSuggestedBinding()
                info.type = XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING
                info.interactionProfile = instance.path(profile.path)
                info.countSuggestedBindings = UInt32(bindings.count)
                info.suggestedBindings = bindings.baseAddress
                _ = instance.functions.suggestBindings(instance.handle, &info)
            }
        }
    }

    // MARK: Reading

    /// Both hands as they are now, with poses for the moment of a frame.
    ///
    /// Without the focus (`XR_SESSION_NOT_FOCUSED`) the controllers belong to somebody else, and both hands sleep.
    func read(at time: XrTime) -> [HandState] {
        var active = XrActiveActionSet(actionSet: set, subactionPath: 0)
        let result = withUnsafePointer(to: &active) { active in
            var info = XrActionsSyncInfo()
            info.type = XR_TYPE_ACTIONS_SYNC_INFO
            info.countActiveActionSets = 1
            info.activeActionSets = active
            return session.instance.functions.syncActions(session.handle, &info)
        }
        guard result == XR_SUCCESS else {
            held = [SIMD2(), SIMD2()]
            return [HandState(), HandState()]
        }
        return [hand(0, at: time), hand(1, at: time)]
    }

    private func hand(_ index: Int, at time: XrTime) -> HandState {
        var hand = HandState()
        let functions = session.instance.functions
        var pose = XrActionStatePose()
        pose.type = XR_TYPE_ACTION_STATE_POSE
        var info = question(.aim, index)
        let isThere = functions.getPose(session.handle, &info, &pose).isSuccess
        hand.isActive = isThere && pose.isActive != 0
        guard hand.isActive else {
            held[index] = SIMD2()
            return hand
        }
        hand.aim = locate(aimSpaces[index], at: time)
        hand.grip = locate(gripSpaces[index], at: time)
        held[index] = SIMD2(
            isHeld(float(.select, index), before: held[index].x != 0) ? 1 : 0,
            isHeld(float(.grab, index), before: held[index].y != 0) ? 1 : 0)
        (hand.isSelecting, hand.isGrabbing) = (held[index].x != 0, held[index].y != 0)
        hand.stick = stick(index)
        hand.isStickPressed = boolean(.press, index)
        hand.isToggling = boolean(.toggle, index)
        hand.isCalling = boolean(.call, index)
        hand.isMenu = boolean(.menu, index)
        return hand
    }

    /// Has a hand's controller tick.
    func tick(_ tick: XRTick) {
        guard hands.indices.contains(tick.hand) else { return }
        var vibration = XrHapticVibration()
        vibration.type = XR_TYPE_HAPTIC_VIBRATION
        // Zero or less would mean "as short as possible", or an error.
        vibration.duration = XrDuration(min(max(tick.seconds, 0.001), 5) * 1e9)
        vibration.frequency = Float(XR_FREQUENCY_UNSPECIFIED)
        vibration.amplitude = min(max(tick.strength, 0), 1)
        var info = XrHapticActionInfo()
        info.type = XR_TYPE_HAPTIC_ACTION_INFO
        info.action = actions[.haptic]
        info.subactionPath = hands[tick.hand]
        withUnsafePointer(to: &vibration) { pointer in
            let header = UnsafeRawPointer(pointer).assumingMemoryBound(to: XrHapticBaseHeader.self)
            _ = session.instance.functions.applyHaptics(session.handle, &info, header)
        }
    }

    /// Which controller is in a hand, by a name for people; nil for none.
    func controller(_ index: Int) -> String? {
        var state = XrInteractionProfileState()
        state.type = XR_TYPE_INTERACTION_PROFILE_STATE
        let instance = session.instance
        guard
            instance.functions.getCurrentProfile(session.handle, hands[index], &state).isSuccess,
            let path = instance.string(state.interactionProfile)
        else { return nil }
        return XRProfile.name(path)
    }

    // MARK: Single states

    private func question(_ meaning: Meaning, _ hand: Int) -> XrActionStateGetInfo {
        var info = XrActionStateGetInfo()
        info.type = XR_TYPE_ACTION_STATE_GET_INFO
        info.action = actions[meaning]
        info.subactionPath = hands[hand]
        return info
    }

    private func boolean(_ meaning: Meaning, _ hand: Int) -> Bool {
        var info = question(meaning, hand)
        var state = XrActionStateBoolean()
        state.type = XR_TYPE_ACTION_STATE_BOOLEAN
        let result = session.instance.functions.getBoolean(session.handle, &info, &state)
        return result.isSuccess && state.isActive != 0 && state.currentState != 0
    }

    private func float(_ meaning: Meaning, _ hand: Int) -> Float {
        var info = question(meaning, hand)
        var state = XrActionStateFloat()
        state.type = XR_TYPE_ACTION_STATE_FLOAT
        let result = session.instance.functions.getFloat(session.handle, &info, &state)
        return result.isSuccess && state.isActive != 0 ? state.currentState : 0
    }

    private func stick(_ hand: Int) -> SIMD2<Float> {
        var info = question(.stick, hand)
        var state = XrActionStateVector2f()
        state.type = XR_TYPE_ACTION_STATE_VECTOR2F
        let result = session.instance.functions.getVector(session.handle, &info, &state)
        guard result.isSuccess, state.isActive != 0, state.currentState.x.isFinite,
            state.currentState.y.isFinite
        else { return .zero }
        return SIMD2(state.currentState.x, state.currentState.y)
    }

    /// Where a space is in tracking space; nil while either half of that is not known.
    private func locate(_ space: XrSpace, at time: XrTime) -> Pose? {
        var location = XrSpaceLocation()
        location.type = XR_TYPE_SPACE_LOCATION
        let result = session.instance.functions.locateSpace(
            space, tracking.handle, time, &location)
        let valid = XR_SPACE_LOCATION_ORIENTATION_VALID_BIT | XR_SPACE_LOCATION_POSITION_VALID_BIT
        guard result.isSuccess, location.locationFlags & valid == valid else { return nil }
        return Pose(location.pose)
    }

    /// Whether a trigger counts as held: from 60 % on, until it is below 40 %.
    private func isHeld(_ value: Float, before: Bool) -> Bool { value > (before ? 0.4 : 0.6) }
}

/// Puts a text into one of OpenXR's arrays of characters, which Swift has as a tuple.
private func put<Characters>(_ text: String, into characters: inout Characters) {
    withUnsafeMutableBytes(of: &characters) { bytes in
        for (index, byte) in text.utf8.prefix(bytes.count - 1).enumerated() {
            bytes[index] = byte
        }
    }
}

/// A tick that a controller shall give.
struct XRTick {
    let hand: Int
    let strength: Float
    let seconds: Double
}
