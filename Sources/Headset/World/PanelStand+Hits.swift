extension PanelStand {
    /// How far the rim around a panel reaches, and the strip inside its edge, in ems.
    static let rim: Float = 1.2
    static let strip: Float = 0.3
    /// How far along the edges from a corner still counts as the corner, in ems.
    static let corner: Float = 2.5

    /// The nearest shown panel that a ray meets, its front only.
    ///
    /// - Parameter withRim: whether the rim around a panel counts, by which it is grabbed; a picture that lies
    ///   nearer hides the rim of another.
    public func hit(_ ray: Ray, withRim: Bool = true) -> PanelHit? {
        var nearest: PanelHit?
        for panel in panels where panel.isShown {
            guard let hit = Self.hit(ray, panel),
                hit.isInside || (withRim && !hit.edges.isEmpty)
            else { continue }
            if nearest.map({ hit.distance < $0.distance }) ?? true { nearest = hit }
        }
        return nearest
    }

    /// Where a ray meets the plane of one panel, however far beyond its edges: for a drag that leaves it.
    ///
    /// Nil where there is no such shown panel, or the ray leads away from its plane: then keep the last one.
    public func hit(_ ray: Ray, on id: Int) -> PanelHit? {
        guard let index = index(of: id), panels[index].isShown else { return nil }
        return Self.hit(ray, panels[index])
    }

    static func hit(_ ray: Ray, _ panel: WorldPanel) -> PanelHit? {
        guard let met = ray.meetsPlane(of: panel.pose) else { return nil }
        let half = panel.size / 2
        guard half.x > 0, half.y > 0 else { return nil }
        var hit = PanelHit(
            id: panel.id, u: 0.5 + met.x / panel.width, v: 0.5 - met.y / panel.height,
            distance: met.distance, point: ray.point(at: met.distance))
        let (rim, strip) = (rim * panel.em, strip * panel.em)
        guard abs(met.x) <= half.x + rim, abs(met.y) <= half.y + rim else { return hit }
        let zone = SIMD2(half.x - strip, half.y - strip)
        guard abs(met.x) > zone.x || abs(met.y) > zone.y else { return hit }
        // At the edge: near a corner both edges count. A small panel's corners take a third of it at most.
        let corner = SIMD2(
            half.x - min(corner * panel.em, panel.width / 3),
            half.y - min(corner * panel.em, panel.height / 3))
        let (nearX, nearY) = (abs(met.x) > zone.x, abs(met.y) > zone.y)
        if nearX || abs(met.x) > corner.x { hit.edges.insert(met.x < 0 ? .left : .right) }
        if nearY || abs(met.y) > corner.y { hit.edges.insert(met.y < 0 ? .bottom : .top) }
        return hit
    }
}
