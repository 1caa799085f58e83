import COpenXR

/// Where the eyes are (`xrLocateViews`), and what to say while the runtime does not know.
final class XREyes {
    private let session: XRSession
    private let space: XrSpace
    private var buffer = [XrView](repeating: .init(), count: 2)
    /// The last that were known; before there are any, somebody who stands and looks ahead.
    private var known: [EyeView]

    init(session: XRSession, space: XrSpace) {
        (self.session, self.space) = (session, space)
        let view = FieldOfView(left: -0.8, right: 0.8, up: 0.8, down: -0.8)
        known = [-0.0315, 0.0315].map { x in
            EyeView(
                pose: Pose(position: SIMD3(x, XRTrackingSpace.assumedEyeHeight, 0)),
                fieldOfView: view)
        }
        for index in buffer.indices { buffer[index].type = XR_TYPE_VIEW }
    }

    /// Both eyes at a moment; poses without valid flags are replaced by the last good ones.
    func views(at time: HeadsetTime) -> HeadViews {
        var info = XrViewLocateInfo()
        info.type = XR_TYPE_VIEW_LOCATE_INFO
        info.viewConfigurationType = XRSystem.stereo
        info.displayTime = time
        info.space = space
        var state = XrViewState()
        state.type = XR_TYPE_VIEW_STATE
        var count: UInt32 = 0
        let result = session.instance.guarding {
            $0.locateViews(session.handle, &info, &state, 2, &count, &buffer)
        }
        guard result.isSuccess, count == 2 else { return HeadViews(eyes: known, isTracked: false) }
        let valid = XR_VIEW_STATE_ORIENTATION_VALID_BIT | XR_VIEW_STATE_POSITION_VALID_BIT
        let poses = buffer.map { Pose($0.pose) }
        let isTracked = state.viewStateFlags & valid == valid && !poses.contains(nil)
        for index in 0..<2 {
            // Both halves or none: a new direction at an old place would tilt the line between the eyes.
            if isTracked, let pose = poses[index] { known[index].pose = pose }
            if let view = FieldOfView(buffer[index].fov) { known[index].fieldOfView = view }
        }
        return HeadViews(eyes: known, isTracked: isTracked)
    }
}
