extension PanelStand {
    /// Traps in debug builds where a panel is shown that has no place, is not upright or has no size, or where it is held
    /// and hidden.
    public func checkInvariants() {
        for (index, panel) in panels.enumerated() {
            assert(
                panel.pose.isUsable && panel.em.isFinite && panel.em > 0,
                "panel \(panel.id) is nowhere")
            assert(!panel.isShown || panel.arrangement != nil, "panel \(panel.id) has no place")
            assert(
                abs(panel.pose.orientation.rotate(SIMD3(1, 0, 0)).y) < 1e-3,
                "panel \(panel.id) is not upright")
            assert(!holds.holds(index) || panel.isShown, "panel \(panel.id) is held but hidden")
        }
    }
}

extension Pose {
    /// Whether it is a pose of this room; a runtime's numbers may be none when tracking is lost.
    var isUsable: Bool {
        let q = orientation.vector
        return position.isUsable && abs((q * q).sum() - 1) < 0.1
    }
}

extension SIMD3<Float> {
    /// Whether it is a place within a kilometre.
    var isUsable: Bool { abs(x) < 1000 && abs(y) < 1000 && abs(z) < 1000 }
}
