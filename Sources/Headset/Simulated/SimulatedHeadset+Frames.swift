public import Render

extension SimulatedHeadset {
    /// The frame of the last beat.
    public func takeFrame() -> HeadsetFrame? {
        order.requireThread()
        guard order.require(!isLost, "a frame is taken of a headset that is lost"),
            order.require(!isFrameOut, "a frame is taken before the last one has ended"),
            isBeat, phase != .idle
        else { return nil }
        (isBeat, isFrameOut) = (false, true)
        return HeadsetFrame(
            displayTime: time + period, period: period,
            shouldRender: frames > 0 && state.isVisible
        ) { [weak self] in self?.finishFrame(nil, layers: []) }
    }

    /// Ends a frame, after a look at its layers.
    public func end(_ frame: consuming HeadsetFrame, layers: [HeadsetLayer]) {
        order.requireThread()
        let (time, shouldRender) = (frame.displayTime, frame.shouldRender)
        frame.finish()
        order.require(
            shouldRender || layers.isEmpty, "a frame that nobody sees is ended with layers")
        order.require(layers.count <= 16, "a frame has \(layers.count) layers; runtimes take 16")
        finishFrame(time, layers: layers)
    }

    private func finishFrame(_ time: HeadsetTime?, layers: [HeadsetLayer]) {
        guard isFrameOut else { return }
        isFrameOut = false
        frames += 1
        if let time, !layers.isEmpty {
            composed = layers.compactMap(compose)
            (self.layers, shownTime) = (layers, time)
            framesShown += 1
        }
        updatePhase()
    }

    /// What a layer shows from now on; nil where the layer is no good.
    private func compose(_ layer: HeadsetLayer) -> ComposedLayer? {
        switch layer {
        case .world(let eyes):
            guard order.require(eyes.count == 2, "the world has \(eyes.count) pictures, not 2")
            else {
                return nil
            }
            guard let left = part(eyes[0].image), let right = part(eyes[1].image) else {
                return nil
            }
            let depths = eyes.map { $0.depth.flatMap(depth) }
            for eye in eyes {
                let view = eye.view.fieldOfView
                order.require(
                    view.left < view.right && view.down < view.up
                        && Self.isUnit(eye.view.pose.orientation),
                    "the world is submitted with a field of view or a pose that is none")
            }
            return .world([
                ComposedEye(part: left, view: eyes[0].view, depth: depths[0]),
                ComposedEye(part: right, view: eyes[1].view, depth: depths[1]),
            ])
        case .quad(let quad):
            guard let part = part(quad.image),
                order.require(
                    quad.size.x > 0 && quad.size.y > 0 && Self.isUnit(quad.pose.orientation),
                    "a rectangle is submitted without a size, or with a pose that is none")
            else { return nil }
            return .quad(part, quad)
        }
    }

    private func depth(_ depth: DepthImage) -> ComposedEye.Depth? {
        guard
            order.require(
                (depth.image.swapchain as? SimulatedSwapchain)?.isDepth == true,
                "a picture's depth is not in a swapchain of depth"),
            order.require(
                depth.near > 0 && depth.far > depth.near,
                "a picture's depth goes from \(depth.near) to \(depth.far)"),
            let part = part(depth.image)
        else { return nil }
        return ComposedEye.Depth(part: part, near: depth.near, far: depth.far)
    }

    private static func isUnit(_ orientation: Quaternion) -> Bool {
        abs((orientation.vector * orientation.vector).sum() - 1) < 0.01
    }

    private func part(_ part: ImagePart) -> ComposedPart? {
        guard let chain = part.swapchain as? SimulatedSwapchain else {
            order.note("a layer shows another headset's swapchain")
            return nil
        }
        guard
            order.require(
                part.x >= 0 && part.y >= 0 && part.size.width > 0 && part.size.height > 0
                    && part.x + part.size.width <= chain.size.width
                    && part.y + part.size.height <= chain.size.height,
                "a layer shows what lies outside its image"),
            let texture = chain.submitted()
        else { return nil }
        return ComposedPart(texture: texture, x: part.x, y: part.y, size: part.size)
    }

    /// The eyes at a time, as the script has them then.
    public func views(at time: HeadsetTime) -> HeadViews {
        order.requireThread()
        guard state.isTracked else { return HeadViews(eyes: lastViews, isTracked: false) }
        lastViews = eyes(of: moment(at: time).head)
        return HeadViews(eyes: lastViews, isTracked: true)
    }

    /// Both eyes of a head that is given in the script's space, in tracking space.
    func eyes(of head: Pose) -> [EyeView] {
        let head = space.inverse * head
        return [0, 1].map { eye in
            let side = (eye == 0 ? -0.5 : 0.5) * eyeDistance
            return EyeView(
                pose: head * Pose(position: SIMD3(side, 0, 0)), fieldOfView: fieldOfView(eye: eye))
        }
    }

    /// What an eye sees: 0 left, 1 right.
    public func fieldOfView(eye: Int) -> FieldOfView {
        let degree = Float.pi / 180
        switch sight {
        case .even(let angle):
            let side = angle * degree
            return FieldOfView(left: -side, right: side, up: side, down: -side)
        case .wide:
            let (outer, inner) = (52 * degree, 45 * degree)
            return FieldOfView(
                left: eye == 0 ? -outer : -inner, right: eye == 0 ? inner : outer,
                up: 50 * degree, down: -53 * degree)
        }
    }

    /// What an eye is shown: the last frame's layers, seen from where the eye is when that frame is seen.
    ///
    /// - Parameters:
    ///   - eye: 0 left, 1 right.
    ///   - size: of the picture; the recommended one unless told otherwise.
    ///   - late: by how much later it is seen, in nanoseconds; the world is then turned along with the head, and
    ///     panels stand still in the room.
    public func eyePicture(eye: Int, size: ImageSize? = nil, late: HeadsetTime = 0) throws
        -> Pixels
    {
        order.requireThread()
        let seen = state.isTracked ? eyes(of: moment(at: shownTime + late).head) : lastViews
        let composer = try self.composer ?? EyeComposer()
        self.composer = composer
        return try composer.picture(
            of: composed, eye: eye, view: seen[eye], size: size ?? recommendedSize)
    }
}
