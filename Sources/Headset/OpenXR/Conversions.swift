import COpenXR

extension Pose {
    /// From OpenXR's; nil where it is no pose at all, which a runtime may give while it starts.
    init?(_ pose: XrPosef) {
        let turn = Quaternion(
            vector: SIMD4(
                pose.orientation.x, pose.orientation.y, pose.orientation.z, pose.orientation.w))
        let place = SIMD3(pose.position.x, pose.position.y, pose.position.z)
        let length = (turn.vector * turn.vector).sum()
        guard length > 0.5, length < 2, (place * place).sum().isFinite else { return nil }
        self.init(position: place, orientation: turn.normalized)
    }

    /// OpenXR's; a rotation of length 1 in any case, since a runtime refuses the whole frame for one that is not.
    var openXR: XrPosef {
        let turn = orientation.normalized.vector
        let place = (position * position).sum().isFinite ? position : .zero
        return XrPosef(
            orientation: XrQuaternionf(x: turn.x, y: turn.y, z: turn.z, w: turn.w),
            position: XrVector3f(x: place.x, y: place.y, z: place.z))
    }
}

extension FieldOfView {
    /// From OpenXR's; nil where it sees nothing.
    init?(_ fov: XrFovf) {
        guard fov.angleRight > fov.angleLeft, fov.angleUp > fov.angleDown else { return nil }
        self.init(
            left: fov.angleLeft, right: fov.angleRight, up: fov.angleUp, down: fov.angleDown)
    }

    var openXR: XrFovf {
        XrFovf(angleLeft: left, angleRight: right, angleUp: up, angleDown: down)
    }
}

extension ImagePart {
    /// The part as OpenXR has it; nil where it does not lie within its image, for which a runtime refuses the frame.
    var openXR: XrRect2Di? {
        guard x >= 0, y >= 0, size.width > 0, size.height > 0,
            x + size.width <= swapchain.size.width, y + size.height <= swapchain.size.height
        else { return nil }
        return XrRect2Di(
            offset: XrOffset2Di(x: Int32(x), y: Int32(y)),
            extent: XrExtent2Di(width: Int32(size.width), height: Int32(size.height)))
    }
}
