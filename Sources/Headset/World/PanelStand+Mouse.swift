import Glibc

/// The same by keyboard and mouse alone: a panel is taken, moved about the head by the mouse, pushed and pulled by the
/// wheel, resized by the wheel with Ctrl, and let go.
extension PanelStand {
    /// Radians that a panel moves about the head with each pixel that the mouse moves.
    public static let radiansPerPixel: Float = 0.0016
    /// How much farther one notch of the wheel pushes, and how much larger it makes, as a share.
    public static let notch: Float = 0.08

    /// The panel that the mouse has hold of.
    public var carried: Int? { holds.mouse.map { panels[$0].id } }

    /// Takes hold of a shown panel; whether there was one.
    @discardableResult
    public mutating func carry(_ id: Int) -> Bool {
        defer { checkInvariants() }
        guard let index = index(of: id), panels[index].isShown else { return false }
        holds.mouse = index
        return true
    }

    /// Moves the panel on the sphere about the eyes, facing them; angles in radians, right and up positive.
    public mutating func drag(right: Float, up: Float, eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard let index = holds.mouse, right.isFinite, up.isFinite, eyes.isUsable else { return }
        let now = Pose.facing(eyes, from: panels[index].pose.position).orientation
        let orientation = Quaternion(
            yaw: now.yaw - right, pitch: (now.pitch + up).clamped(to: -1.2...1.2))
        let distance = length(panels[index].pose.position - eyes).clamped(to: Self.distances)
        panels[index].pose = Pose(
            position: eyes + distance * orientation.forward, orientation: orientation)
        panels[index].isMoved = true
    }

    /// Pushes the panel away from the eyes, or pulls it nearer; its text stays as large as it looks.
    ///
    /// - Parameter amount: a share of the distance; 0.1 is a tenth farther.
    public mutating func push(_ amount: Float, eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard let index = holds.mouse, amount.isFinite, eyes.isUsable else { return }
        let away = panels[index].pose.position - eyes
        let distance = max(length(away), 1e-3)
        let now = (distance * exp(amount.clamped(to: -1...1))).clamped(to: Self.distances)
        panels[index].pose.position = eyes + away * (now / distance)
        panels[index].em *= now / distance
        panels[index].isMoved = true
    }

    /// Resizes the panel that the mouse holds, text and all; 1.1 is a tenth larger.
    public mutating func scale(_ factor: Float, eyes: SIMD3<Float>) {
        guard let id = carried else { return }
        scale(id, by: factor, eyes: eyes)
    }

    /// Lets go of the panel, which stays where it is.
    public mutating func drop(eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard let index = holds.mouse else { return }
        holds.mouse = nil
        settle(index, eyes: eyes)
    }
}
