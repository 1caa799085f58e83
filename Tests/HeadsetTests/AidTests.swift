import CEpoxy
import Headset
import Render
import Testing

extension Drawn {
    /// The beam, the dot and the calm room.
    @Suite struct AidTests {
        private let eyes = SIMD3<Float>(0, 1.6, 0)

        /// Draws into a texture whose format takes light, as a host does.
        private func draw(into texture: UInt32, _ body: () throws -> Void) rethrows {
            var framebuffer: GLuint = 0
            glGenFramebuffers(1, &framebuffer)
            glBindFramebuffer(GLenum(GL_FRAMEBUFFER), framebuffer)
            glFramebufferTexture2D(
                GLenum(GL_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_TEXTURE_2D),
                texture, 0)
            glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
            try body()
            glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
            glBindFramebuffer(GLenum(GL_FRAMEBUFFER), 0)
            glDeleteFramebuffers(1, &framebuffer)
        }

        private func pointerPicture(_ headset: SimulatedHeadset) throws -> any HeadsetSwapchain {
            let chain = try headset.makeSwapchain(
                size: PointerPicture.size, mipLevels: PointerPicture.mipLevels, isStatic: true)
            let image = try image(of: chain)
            try draw(into: image.texture) {
                try PointerPicture.draw(accent: Color(0x7dffb2), targetIsLinear: true)
            }
            glBindTexture(GLenum(GL_TEXTURE_2D), image.texture)
            glGenerateMipmap(GLenum(GL_TEXTURE_2D))
            return chain
        }

        /// The room as a swapchain for both eyes of a headset, drawn as a host does.
        private func room(_ headset: SimulatedHeadset, screen: Pose? = nil) throws -> HeadsetLayer {
            let size = headset.recommendedSize
            let chain = try headset.makeSwapchain(
                size: ImageSize(width: 2 * size.width, height: size.height), mipLevels: 1,
                isStatic: false)
            let views = headset.views(at: headset.shownTime)
            let image = try image(of: chain)
            try draw(into: image.texture) {
                let room = try CalmRoom(targetIsLinear: true)
                for eye in 0...1 {
                    glViewport(
                        GLint(eye * size.width), 0, GLsizei(size.width), GLsizei(size.height))
                    room.draw(views.eyes[eye], floor: 0, screen: screen)
                }
            }
            return .world(
                (0...1).map { eye in
                    EyeImage(
                        image: ImagePart(swapchain: chain, x: eye * size.width, size: size),
                        view: views.eyes[eye])
                })
        }

        @Test func theBeamLeadsFromTheHandToTheDot() throws {
            try withContext {
                let headset = try SimulatedHeadset(
                    size: ImageSize(width: 800, height: 800), sight: .even(45))
                _ = headset.pump(now: 0)
                headset.play()
                let picture = try pointerPicture(headset)
                let hand = Pose(
                    position: SIMD3(0.2, 1.3, -0.3), orientation: Quaternion(yaw: 0.1, pitch: 0.1))
                let surface = Pose(position: SIMD3(0, 1.6, -1.5))
                let met = try #require(Ray(aim: hand).meetsPlane(of: surface))
                let point = Ray(aim: hand).point(at: met.distance)
                let beam = try #require(
                    PointerPicture.beam(
                        from: hand, length: met.distance, eyes: eyes, picture: picture))
                let dot = PointerPicture.dot(at: point, on: surface, eyes: eyes, picture: picture)
                headset.play([.quad(beam), .quad(dot)])
                let pixels = try headset.eyePicture(eye: 0)
                try keep(pixels, "pointer")
                func seen(_ point: SIMD3<Float>) -> SIMD4<UInt8> {
                    let away = point - SIMD3(-0.0315, 1.6, 0)
                    return pixels[
                        Int(400 + 400 * away.x / -away.z), Int(400 - 400 * away.y / -away.z)]
                }
                #expect(seen(point).y > 200, "the dot: \(seen(point))")
                for share in [0.2, 0.4, 0.6] as [Float] {
                    let place = Ray(aim: hand).point(at: met.distance * share)
                    #expect(seen(place).y > 60, "the beam at \(share): \(seen(place))")
                    #expect(seen(place + SIMD3(0.03, 0, 0)).y < 10, "and nothing beside it")
                }
                #expect(seen(hand.position).y < 10, "it begins before the hand")
            }
        }

        @Test func tooCloseForABeamThereIsNone() throws {
            try withContext {
                let picture = try pointerPicture(SimulatedHeadset())
                #expect(
                    PointerPicture.beam(from: .identity, length: 0.05, eyes: eyes, picture: picture)
                        == nil)
                #expect(
                    PointerPicture.beam(from: .identity, length: nil, eyes: eyes, picture: picture)
                        != nil)
            }
        }

        @Test func theRoomIsDimAndHasAHorizon() throws {
            try withContext {
                let headset = try SimulatedHeadset(size: ImageSize(width: 672, height: 756))
                _ = headset.pump(now: 0)
                headset.play()
                headset.play([
                    try room(
                        headset,
                        screen: FlatScreen(head: head(), picture: ImageSize(width: 16, height: 9))
                            .pose)
                ])
                let pixels = try headset.eyePicture(eye: 0)
                try keep(pixels, "room")
                var brightest = 0
                for y in 0..<pixels.height {
                    for x in 0..<pixels.width {
                        let p = pixels[x, y]
                        brightest = max(brightest, Int(p.x), Int(p.y), Int(p.z))
                    }
                }
                #expect(brightest < 80, "dim: \(brightest)")
                let horizon = Int(Float(756) * 1.1918 / (1.1918 + 1.3270))
                let (sky, low) = (pixels[336, 40], pixels[336, horizon - 20])
                #expect(low.y > sky.y + 15, "lighter over the horizon: \(low) \(sky)")
                #expect(sky.y > 3 && pixels[336, 700].y > 3, "and never quite black")
            }
        }

        /// What the whole looks like, to be looked at: PHOSPHOR_PICTURES names the folder.
        @Test func aFlatSketchStandsInTheRoom() throws {
            try withContext {
                let headset = try SimulatedHeadset(size: ImageSize(width: 1344, height: 1512))
                _ = headset.pump(now: 0)
                headset.play()
                let screen = FlatScreen(head: head(), picture: ImageSize(width: 160, height: 90))
                let chain = try headset.makeSwapchain(
                    size: ImageSize(width: 160, height: 90), mipLevels: 1, isStatic: false)
                try paint(
                    chain,
                    (0..<16).map { column in
                        let share = Float(column) / 16
                        let color = SIMD4<Float>(0.4 * share, 0.15, 0.3 - 0.25 * share, 1)
                        return (10 * column, 0, 10, 90, color)
                    })
                let picture = try pointerPicture(headset)
                let aim = ScriptedPose(0.25, 1.2, -0.3, yaw: 8, pitch: 6).pose
                let met = try #require(Ray(aim: aim).meetsPlane(of: screen.pose))
                let beam = try #require(
                    PointerPicture.beam(
                        from: aim, length: met.distance, eyes: eyes, picture: picture))
                let dot = PointerPicture.dot(
                    at: Ray(aim: aim).point(at: met.distance), on: screen.pose, eyes: eyes,
                    picture: picture)
                headset.play([
                    try room(headset, screen: screen.pose),
                    .quad(
                        QuadImage(
                            image: ImagePart(swapchain: chain), pose: screen.pose,
                            size: screen.size,
                            isBlended: false)),
                    .quad(beam), .quad(dot),
                ])
                let pixels = try headset.eyePicture(eye: 1)
                try keep(pixels, "flat-screen")
                #expect(headset.violations.isEmpty && pixels[672, 700].z > 60)
            }
        }
    }
}
