import COpenXR

/// The space that all poses are given in: metres, the floor at y = 0, minus z where the user faced when it was set.
struct XRTrackingSpace: @unchecked Sendable {
    let handle: XrSpace
    /// Which of OpenXR's it was made of, for the event that tells of its change.
    let kind: XrReferenceSpaceType
    /// In words, for `doctor` and the log.
    let words: String

    /// How far above the floor eyes are, where the runtime has no idea: of somebody who stands.
    static let assumedEyeHeight: Float = 1.6

    /// The best of what the runtime has.
    ///
    /// LOCAL_FLOOR moves when the user recentres, and knows the floor. STAGE knows the floor, but not where the user
    /// faces. LOCAL is at the height of the eyes, so the floor is assumed.
    init(of session: XRSession) throws(HeadsetError) {
        let instance = session.instance
        var kinds = [XrReferenceSpaceType](repeating: .init(0), count: 16)
        var count: UInt32 = 0
        let listed = instance.functions.enumerateReferenceSpaces(
            session.handle, UInt32(kinds.count), &count, &kinds)
        let offered = listed.isSuccess ? Array(kinds.prefix(Int(count))) : []
        var tries: [(XrReferenceSpaceType, Float, String)] = []
        if instance.extensions.contains(XRExtension.localFloor) {
            tries.append((phosphor_xr_local_floor(), 0, "on the floor"))
        }
        tries.append((XR_REFERENCE_SPACE_TYPE_STAGE, 0, "on the stage"))
        tries.append(
            (
                XR_REFERENCE_SPACE_TYPE_LOCAL, -Self.assumedEyeHeight,
                "\(Self.assumedEyeHeight) m below the eyes"
            ))
        var last = XR_ERROR_RUNTIME_FAILURE
        for (kind, height, words) in tries where offered.contains(kind) {
            var info = XrReferenceSpaceCreateInfo()
            info.type = XR_TYPE_REFERENCE_SPACE_CREATE_INFO
            info.referenceSpaceType = kind
            info.poseInReferenceSpace = Pose(position: SIMD3(0, height, 0)).openXR
            var made: XrSpace?
            last = instance.functions.createReferenceSpace(session.handle, &info, &made)
            if last.isSuccess, let made {
                (handle, self.kind, self.words) = (made, kind, words)
                return
            }
        }
        throw HeadsetError(last, from: "xrCreateReferenceSpace", of: instance.runtime)
    }
}
