import CEpoxy
import GLSL
import Render

/// Drawing a frame: pass after pass, each for every eye.
extension GuestWorker {
    /// How large everything is in a program's frame at present.
    func sizes(of program: LoadedProgram) -> FrameSizes {
        program.sizes(
            layout, largest: info.maximumTextureSize, version: common.valuesVersion
        ) {
            self.common.value($0, of: program).first
        }
    }

    /// Draws a program into the targets, or into the pictures that it keeps; `drawn` says where.
    ///
    /// All state that a program could depend on is set anew. Compute stages run once a frame; the rest once an eye.
    func draw(_ program: LoadedProgram, state: DrawState, region: TrialRegion) {
        let kept = trialState ?? (liveProgram === program ? liveState : nil)
        common.channels.show(state.keyboard)
        kept?.beginFrame()
        resetDrawing()
        let sizes = sizes(of: program)
        let scene = FrameScene(program, sizes, kept, framePictures, common)
        kept?.bindBuffers()
        drawn = targets
        frameDepth.begin(isWanted: state.wantsDepth && region == .whole, eyes: targets.count)
        let cameras = EyeCamera.all(
            of: state, standingAt: program.payload?.eye, layout: layout)
        for (index, pass) in program.passes.enumerated() {
            if yieldsToMail, hasYielded || yields() { break }
            let size = sizes.passes[index]
            let frames = cameras.map {
                FrameValues(
                    state: state, width: size.width, height: size.height,
                    picture: .init(width: layout.width, height: layout.height),
                    channels: common.channels, channelSources: pass.channelSources,
                    camera: $0.seen(by: size, in: layout), scene: scene)
            }
            (scene.pass, scene.eye) = (index, 0)
            if let frame = frames.first { pass.compute(frame, isSmall: region != .whole) }
            // Whatever the left eye's picture writes, the right eye's begins where that began.
            let twice = frames.count > 1 && pass.writesStorage ? kept : nil
            twice?.copyBuffers()
            for (eye, frame) in zip(targets.indices, frames) where pass.draws {
                if eye > 0 { twice?.bindCopies() }
                scene.eye = eye
                draw(pass, frame, scene, region)
            }
            // What was captured is in the other buffer of its pair.
            if pass.capture != nil { kept?.bindBuffers() } else { twice?.bindBuffers() }
            if pass.writesBeside { glMemoryBarrier(GLbitfield.max) }
        }
        show(scene)
        // What stages wrote into buffers is there for the next frame.
        if kept != nil { glMemoryBarrier(GLbitfield.max) }
        scene.release()
    }

    /// Whether somebody waits for this guest to end what it does for later.
    private func yields() -> Bool {
        glFinish()
        hasYielded = hasMail(within: 0)
        return hasYielded
    }

    private func resetDrawing() {
        for capability in [
            GL_BLEND, GL_DEPTH_TEST, GL_STENCIL_TEST, GL_CULL_FACE, GL_RASTERIZER_DISCARD,
            GL_FRAMEBUFFER_SRGB, GL_SAMPLE_ALPHA_TO_COVERAGE, GL_COLOR_LOGIC_OP,
        ] { glDisable(GLenum(capability)) }
        glEnable(GLenum(GL_SCISSOR_TEST))
        glEnable(GLenum(GL_PROGRAM_POINT_SIZE))
        glColorMask(GLboolean(GL_TRUE), GLboolean(GL_TRUE), GLboolean(GL_TRUE), GLboolean(GL_TRUE))
        glBindVertexArray(vertexArray)
        glClearColor(0, 0, 0, 1)
    }

    /// Draws one eye's picture of a pass.
    private func draw(
        _ pass: LoadedPass, _ frame: FrameValues, _ scene: FrameScene, _ region: TrialRegion
    ) {
        let plan = scene.program.pictures[scene.pass]
        let size = scene.sizes.passes[scene.pass]
        let capturesOnly = pass.plan.capture?.drawsNothing == true
        // The left eye's draw has captured it all.
        if capturesOnly, scene.eye > 0 { return }
        let picture = scene.picture(scene.pass, eye: scene.eye)
        guard plan.isDirect || picture != nil else { return }
        let target = picture?.next ?? targets[scene.eye]
        let places =
            capturesOnly
            ? [.init(x: 0, y: 0, width: size.width, height: size.height)]
            : region.rectangles(width: size.width, height: size.height)
        let sampled = framePictures.sampled(pass, size)
        let isShown = scene.pass == scene.program.passes.count - 1
        // What is shown is black where nothing is drawn; what others mix in is nothing there.
        let color = pass.plan.clear ?? SIMD4(0, 0, 0, isShown ? 1 : 0)
        if plan.target.isPersistent, pass.plan.clear == nil {
            picture?.carryOver()
            sampled?.take(from: target)
            if let sampled { sampled.bind() } else { target.bind() }
        } else {
            if let sampled { sampled.bind() } else { target.bind() }
            for place in places {
                place.scissor()
                plan.target.format.clear(color)
            }
        }
        if !pass.isReplaying { pass.plan.blend.apply() }
        pass.plan.cull.apply()
        if capturesOnly { glEnable(GLenum(GL_RASTERIZER_DISCARD)) }
        pass.use(frame)
        if pass.plan.hasDepth {
            let samples = sampled == nil ? 1 : framePictures.samples(pass)
            framePictures.depth(size, samples: samples).lend {
                drawVertices(of: pass, scene, places)
                guard isShown, frameDepth.isWanted else { return }
                frameDepth.keep(
                    scene.eye, of: size, samples: samples,
                    halved: (width: (layout.width + 1) / 2, height: (layout.height + 1) / 2))
                if let sampled { sampled.bind() } else { target.bind() }
            }
        } else {
            drawVertices(of: pass, scene, places)
        }
        for capability in [GL_BLEND, GL_CULL_FACE, GL_RASTERIZER_DISCARD] {
            glDisable(GLenum(capability))
        }
        sampled?.resolve(into: target)
        picture?.flip()
        picture?.makeMipmaps()
    }

    private func drawVertices(
        of pass: LoadedPass, _ scene: FrameScene, _ places: [TrialRegion.Rectangle]
    ) {
        guard let call = PassDraw(pass, scene) else { return }
        let capture = scene.eye == 0 ? pass.capture : nil
        let buffer = capture.flatMap { scene.buffer($0.plan.buffer) }
        for place in places {
            place.scissor()
            if pass.plan.hasDepth { glClear(GLbitfield(GL_DEPTH_BUFFER_BIT)) }
            if let buffer {
                let (mode, each) = pass.capturedPrimitive(call.primitive)
                buffer.capture(mode, counted: call.captured(by: pass), each: each) { call.draw() }
            } else {
                call.draw()
            }
        }
        buffer?.flip()
    }

    /// Brings the last pass's picture to where it is delivered from.
    private func show(_ scene: FrameScene) {
        let last = scene.program.pictures.count - 1
        for eye in targets.indices {
            guard last >= 0, scene.program.pictures[last].isDrawn else {
                targets[eye].bind()
                glDisable(GLenum(GL_SCISSOR_TEST))
                PixelFormat.rgba8.clear(SIMD4(0, 0, 0, 1))
                continue
            }
            guard let picture = scene.picture(last, eye: eye) else { continue }
            let source = picture.previous
            if picture.form.format == .rgba8, picture.width == layout.width,
                picture.height == layout.height
            {
                drawn[eye] = source
                continue
            }
            targets[eye].bind()
            glDisable(GLenum(GL_SCISSOR_TEST))
            glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), source.name)
            let isSame = (picture.width, picture.height) == (layout.width, layout.height)
            glBlitFramebuffer(
                0, 0, GLint(picture.width), GLint(picture.height), 0, 0, GLint(layout.width),
                GLint(layout.height), GLbitfield(GL_COLOR_BUFFER_BIT),
                GLenum(isSame ? GL_NEAREST : GL_LINEAR))
        }
    }
}

extension LoadedPass {
    /// What a capture writes, in GL's words, and how many vertices each has.
    func capturedPrimitive(_ drawn: Geometry.Primitive) -> (mode: GLenum, vertices: Int) {
        var mode = drawn.base
        var value: GLint = 0
        if hasGeometryStage {
            glGetProgramiv(drawingProgram, GLenum(GL_GEOMETRY_OUTPUT_TYPE), &value)
            mode =
                value == GL_POINTS
                ? GLenum(GL_POINTS) : GLenum(value == GL_LINE_STRIP ? GL_LINES : GL_TRIANGLES)
        } else if hasTessellation {
            glGetProgramiv(drawingProgram, GLenum(GL_TESS_GEN_POINT_MODE), &value)
            if value != 0 {
                mode = GLenum(GL_POINTS)
            } else {
                glGetProgramiv(drawingProgram, GLenum(GL_TESS_GEN_MODE), &value)
                mode = GLenum(value == GL_ISOLINES ? GL_LINES : GL_TRIANGLES)
            }
        }
        return (mode, mode == GLenum(GL_POINTS) ? 1 : mode == GLenum(GL_LINES) ? 2 : 3)
    }
}
