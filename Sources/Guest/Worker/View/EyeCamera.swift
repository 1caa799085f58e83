/// What one eye sees by, in the world: metres (or what the host's rig makes of them), x right, y up, z towards the viewer.
struct EyeCamera {
    let projection: Matrix
    let view: Matrix
    /// Where the eye is.
    let eye: SIMD3<Double>
    /// 0 for the left eye, and where there is only one.
    let index: Int
    /// How many cameras somebody wants; 0 for the one that stands in where nobody does.
    let count: Int
    /// From a pixel of the eye's own picture, depth 0 and 1, to the direction in which it lies, times some w.
    private(set) var ray: Matrix

    private init(
        projection: Matrix, view: Matrix, index: Int, count: Int, layout: SlotLayout
    ) {
        (self.projection, self.view) = (projection, view)
        (self.index, self.count) = (index, count)
        let back = view.inverse ?? .identity
        eye = SIMD3(back[0, 3], back[1, 3], back[2, 3])
        var pixel = Matrix.identity
        (pixel[0, 0], pixel[0, 3]) = (2 / Double(layout.width), -1)
        (pixel[1, 1], pixel[1, 3]) = (2 / Double(layout.height), -1)
        // Without the move, which would cost the direction its last digits far from the origin.
        ray = (view.turn.inverse ?? .identity) * (projection.inverse ?? .identity) * pixel
    }

    /// The camera that stands in where nobody wants one: upright, looking along minus z, 60 degrees high.
    init(standingAt place: SIMD3<Float>?, layout: SlotLayout) {
        let place = SIMD3<Double>(place ?? Self.eyes)
        self.init(
            projection: .perspective(
                height: .pi / 3, aspect: Double(layout.width) / Double(layout.height), near: 0.05,
                far: 1000),
            view: .translation(-place.x, -place.y, -place.z), index: 0, count: 0, layout: layout)
    }

    /// The same camera for a pass whose target has another size than the picture.
    func seen(by target: FrameSizes.Size, in layout: SlotLayout) -> EyeCamera {
        guard (target.width, target.height) != (layout.width, layout.height) else { return self }
        var scale = Matrix.identity
        scale[0, 0] = Double(layout.width) / Double(target.width)
        scale[1, 1] = Double(layout.height) / Double(target.height)
        var camera = self
        camera.ray = ray * scale
        return camera
    }

    /// Where the eyes of somebody are who stands at the origin, in metres.
    static let eyes = SIMD3<Float>(0, 1.6, 0)

    /// The cameras of a frame, one for each picture of the layout.
    static func all(
        of state: DrawState, standingAt place: SIMD3<Float>?, layout: SlotLayout
    ) -> [EyeCamera] {
        guard !state.views.isEmpty else {
            return [EyeCamera(standingAt: place, layout: layout)]
        }
        return state.views.prefix(layout.eyes).map {
            EyeCamera(
                projection: Matrix($0.projection), view: Matrix($0.view), index: $0.eye,
                count: state.views.count, layout: layout)
        }
    }
}
