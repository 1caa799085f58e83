import CEpoxy
import Glibc
import Headset
import Render
import Testing

/// A swapchain filled by drawing rectangles of light into it; colours as sRGB bytes, alpha premultiplied in light.
@discardableResult
func paint(
    _ chain: any HeadsetSwapchain, mipmaps: Bool = false,
    _ rectangles: [(x: Int, y: Int, width: Int, height: Int, color: SIMD4<Float>)]
) throws -> any HeadsetSwapchain {
    let image = try image(of: chain)
    var framebuffer: GLuint = 0
    glGenFramebuffers(1, &framebuffer)
    glBindFramebuffer(GLenum(GL_FRAMEBUFFER), framebuffer)
    glFramebufferTexture2D(
        GLenum(GL_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_TEXTURE_2D), image.texture,
        0)
    glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
    glEnable(GLenum(GL_SCISSOR_TEST))
    for r in rectangles {
        glScissor(GLint(r.x), GLint(r.y), GLsizei(r.width), GLsizei(r.height))
        glClearColor(r.color.x, r.color.y, r.color.z, r.color.w)
        glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
    }
    glDisable(GLenum(GL_SCISSOR_TEST))
    glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
    glBindFramebuffer(GLenum(GL_FRAMEBUFFER), 0)
    glDeleteFramebuffers(1, &framebuffer)
    if mipmaps {
        glBindTexture(GLenum(GL_TEXTURE_2D), image.texture)
        glGenerateMipmap(GLenum(GL_TEXTURE_2D))
    }
    return chain
}

/// Linear light as a byte of sRGB (IEC 61966-2-1).
func byte(_ light: Float) -> Int {
    let encoded = light <= 0.003_130_8 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
    return Int((encoded * 255).rounded())
}

func isNear(_ pixel: SIMD4<UInt8>, _ red: Int, _ green: Int, _ blue: Int, _ tolerance: Int = 2)
    -> Bool
{
    abs(Int(pixel.x) - red) <= tolerance && abs(Int(pixel.y) - green) <= tolerance
        && abs(Int(pixel.z) - blue) <= tolerance
}

extension Drawn {
    /// What an eye is shown is what geometry predicts.
    @Suite struct EyePictureTests {
        private let side = 200
        private var size: ImageSize { ImageSize(width: side, height: side) }

        /// A headset whose eyes see 45 degrees to each side, so that a pixel is a hundredth of tangent.
        private func headset(_ script: HeadsetScript = .still) throws -> SimulatedHeadset {
            let headset = try SimulatedHeadset(size: size, sight: .even(45), script: script)
            _ = headset.pump(now: 0)
            headset.play()
            return headset
        }

        private func chain(
            _ headset: SimulatedHeadset, _ width: Int, _ height: Int, levels: Int = 1
        )
            throws -> any HeadsetSwapchain
        {
            try headset.makeSwapchain(
                size: ImageSize(width: width, height: height), mipLevels: levels, isStatic: false)
        }

        /// A plain rectangle of one colour in light.
        private func plain(
            _ headset: SimulatedHeadset, _ color: SIMD4<Float>, at pose: Pose, size: SIMD2<Float>,
            isBlended: Bool = false
        ) throws -> HeadsetLayer {
            let chain = try paint(chain(headset, 4, 4), [(0, 0, 4, 4, color)])
            return .quad(
                QuadImage(
                    image: ImagePart(swapchain: chain), pose: pose, size: size, isBlended: isBlended
                ))
        }

        /// The rectangle of pixels that a predicate holds for.
        private func extent(_ pixels: Pixels, _ holds: (SIMD4<UInt8>) -> Bool) -> (
            left: Int, right: Int, top: Int, bottom: Int
        )? {
            var found: (left: Int, right: Int, top: Int, bottom: Int)?
            for y in 0..<pixels.height {
                for x in 0..<pixels.width where holds(pixels[x, y]) {
                    let old = found ?? (x, x, y, y)
                    found = (
                        min(old.left, x), max(old.right, x), min(old.top, y), max(old.bottom, y)
                    )
                }
            }
            return found
        }

        @Test func aRectangleIsWhereItStandsForEachEye() throws {
            try withContext {
                let headset = try headset()
                let red = try plain(
                    headset, SIMD4(1, 0, 0, 1),
                    at: Pose(position: SIMD3(0.2, 1.8, -2)), size: SIMD2(0.8, 0.4))
                headset.play([red])
                for eye in 0...1 {
                    let pixels = try headset.eyePicture(eye: eye)
                    let red = extent(pixels) { $0.x > 128 }
                    let found = try #require(red)
                    // Tangents from the eye, at a hundred pixels each.
                    let x = 0.2 - Float(eye == 0 ? -0.0315 : 0.0315)
                    let (left, right) = (100 + (x - 0.4) / 2 * 100, 100 + (x + 0.4) / 2 * 100)
                    #expect(
                        abs(Float(found.left) - left) <= 1
                            && abs(Float(found.right + 1) - right) <= 1)
                    #expect(found.top == 80 && found.bottom == 99, "\(found)")
                    #expect(isNear(pixels[100, 90], 255, 0, 0) && isNear(pixels[10, 10], 0, 0, 0))
                }
            }
        }

        /// A head turned by 20 degrees to the left sees what was ahead 20 degrees to the right.
        @Test func aTurnedHeadSeesRectanglesAndWorldTurned() throws {
            try withContext {
                let script = try HeadsetScript(
                    text: "0 head 0 1.6 0 0 0 0\n0.1 head 0 1.6 0 0 0 0\n1.1 head 0 1.6 0 50 0 0")
                let headset = try headset(script)
                // The world: a green mark straight ahead, as drawn with a head that looks ahead.
                let views = headset.views(at: 1_000_000_000)
                let world = try paint(
                    chain(headset, 400, 200),
                    [(0, 0, 400, 200, SIMD4(0, 0, 0.2, 1))]
                        + [0, 200].map { ($0 + 98, 98, 4, 4, SIMD4(0, 1, 0, 1)) })
                let eyes = (0...1).map { eye in
                    EyeImage(
                        image: ImagePart(swapchain: world, x: 200 * eye, size: size),
                        view: views.eyes[eye])
                }
                let red = try plain(
                    headset, SIMD4(1, 0, 0, 1), at: Pose(position: SIMD3(0, 21.6, -100)),
                    size: SIMD2(4, 4))
                headset.play([.world(eyes), red])
                let turned = headset.whenTurned(by: 20)
                let pixels = try headset.eyePicture(eye: 0, late: turned - headset.shownTime)
                try keep(pixels, "turned")
                let expected = 100 + 100 * tan(Float(20) * .pi / 180)
                for holds in [{ $0.x > 128 && $0.y < 50 }, { $0.y > 128 && $0.x < 50 }]
                    as [(SIMD4<UInt8>) -> Bool]
                {
                    // Not within the macro, which would print all pixels.
                    let extent = extent(pixels, holds)
                    let found = try #require(extent)
                    let middle = Float(found.left + found.right + 1) / 2
                    #expect(abs(middle - expected) < 2, "\(middle), not \(expected)")
                }
                // Where the world was not drawn there is nothing.
                #expect(isNear(pixels[3, 100], 0, 0, 0))
                #expect(isNear(pixels[190, 100], 0, 0, byte(0.2)))
            }
        }

        /// A head that goes aside sees what is near move against what is far, as its depth says.
        @Test(arguments: [true, false]) func aWorldWithDepthIsMovedAlong(hasDepth: Bool) throws {
            try withContext {
                let script = try HeadsetScript(
                    text:
                        "0 head 0 1.6 0 0 0 0\n0.1 head 0 1.6 0 0 0 0\n1.1 head 0.2 1.6 0 0 0 0")
                let headset = try headset(script)
                let views = headset.views(at: 1_000_000_000)
                // A green post one metre ahead, on a ground ten metres ahead with a red mark beside the post.
                let world = try paint(
                    chain(headset, 400, 200),
                    [(0, 0, 400, 200, SIMD4(0, 0, 0.2, 1))]
                        + [0, 200].map { ($0 + 96, 0, 8, 200, SIMD4(0, 1, 0, 1)) }
                        + [0, 200].map { ($0 + 146, 96, 8, 8, SIMD4(1, 0, 0, 1)) })
                headset.takesDepth = hasDepth
                let depthChain = try headset.makeDepthSwapchain(
                    size: ImageSize(width: 200, height: 100))
                #expect((depthChain != nil) == hasDepth)
                let (near, far): (Float, Float) = (0.1, 100)
                if let depthChain {
                    func depth(_ metres: Float) -> UInt16 {
                        UInt16((far * (metres - near) / (metres * (far - near)) * 65535).rounded())
                    }
                    let places = (0..<200 * 100).map { place in
                        (46...53).contains(place % 100) ? depth(1) : depth(10)
                    }
                    let image = try image(of: depthChain)
                    places.withUnsafeBytes { bytes in
                        guard let bytes = bytes.baseAddress else { return }
                        Texture.fill(image.texture, width: 200, height: 100, depth: bytes)
                    }
                    _ = consume image
                }
                let eyes = (0...1).map { eye in
                    EyeImage(
                        image: ImagePart(swapchain: world, x: 200 * eye, size: size),
                        view: views.eyes[eye],
                        depth: depthChain.map {
                            DepthImage(
                                image: ImagePart(
                                    swapchain: $0, x: 100 * eye,
                                    size: ImageSize(width: 100, height: 100)),
                                near: near, far: far)
                        })
                }
                headset.play([.world(eyes)])
                var time = headset.shownTime
                while headset.views(at: time).eyes[0].pose.position.x < 0.1 - 0.0315 {
                    time += 1_000_000
                }
                let pixels = try headset.eyePicture(eye: 0, late: time - headset.shownTime)
                try keep(pixels, "moved-\(hasDepth)")
                let post = extent(pixels) { $0.y > 128 && $0.x < 50 }
                let mark = extent(pixels) { $0.x > 128 && $0.y < 50 }
                let (green, red) = (try #require(post), try #require(mark))
                // A hundred pixels of tangent: 10 cm aside are 10 pixels at one metre, one pixel at ten.
                let (moved, still): (Float, Float) = hasDepth ? (90, 149) : (100, 150)
                #expect(abs(Float(green.left + green.right + 1) / 2 - moved) <= 1.5, "\(green)")
                #expect(abs(Float(red.left + red.right + 1) / 2 - still) <= 1.5, "\(red)")
            }
        }

        @Test func lightIsBlendedAsLight() throws {
            try withContext {
                let headset = try headset()
                let ground = try plain(
                    headset, SIMD4(0.5, 0.5, 0.5, 1), at: Pose(position: SIMD3(0, 1.6, -2)),
                    size: SIMD2(4, 4))
                // Half of a light of 0.8, premultiplied.
                let glass = SIMD4<Float>(0.4, 0, 0.1, 0.5)
                let place = Pose(position: SIMD3(0, 1.6, -1))
                let over = try plain(headset, glass, at: place, size: SIMD2(1, 1), isBlended: true)
                headset.play([ground, over])
                var pixels = try headset.eyePicture(eye: 0)
                #expect(
                    isNear(pixels[100, 100], byte(0.65), byte(0.25), byte(0.35)),
                    "\(pixels[100, 100])")
                #expect(isNear(pixels[20, 100], byte(0.5), byte(0.5), byte(0.5)))
                // Where alpha does not count, it covers.
                headset.play([ground, try plain(headset, glass, at: place, size: SIMD2(1, 1))])
                pixels = try headset.eyePicture(eye: 1)
                #expect(isNear(pixels[100, 100], byte(0.4), 0, byte(0.1)))
            }
        }

        @Test func aRectangleIsSeenFromItsFrontOnly() throws {
            try withContext {
                let headset = try headset()
                let back = Pose(
                    position: SIMD3(0, 1.6, -1), orientation: Quaternion(yaw: .pi))
                headset.play([try plain(headset, SIMD4(1, 1, 1, 1), at: back, size: SIMD2(1, 1))])
                #expect(isNear(try headset.eyePicture(eye: 0)[100, 100], 0, 0, 0))
                // Nor is it seen by who stands behind it and looks away.
                let away = Pose(position: SIMD3(0, 1.6, 1))
                headset.play([try plain(headset, SIMD4(1, 1, 1, 1), at: away, size: SIMD2(1, 1))])
                #expect(isNear(try headset.eyePicture(eye: 0)[100, 100], 0, 0, 0))
            }
        }

        @Test func aPictureStandsUprightAndOnlyItsPartIsShown() throws {
            try withContext {
                let headset = try headset()
                let chain = try paint(
                    chain(headset, 64, 64),
                    [
                        (0, 0, 64, 64, SIMD4(1, 1, 1, 1)), (16, 16, 32, 16, SIMD4(1, 0, 0, 1)),
                        (16, 32, 32, 16, SIMD4(0, 0, 1, 1)),
                    ])
                let part = ImagePart(
                    swapchain: chain, x: 16, y: 16, size: ImageSize(width: 32, height: 32))
                headset.play([
                    .quad(
                        QuadImage(
                            image: part, pose: Pose(position: SIMD3(0, 1.6, -1)), size: SIMD2(1, 1),
                            isBlended: false))
                ])
                let pixels = try headset.eyePicture(eye: 0)
                #expect(isNear(pixels[100, 70], 0, 0, 255) && isNear(pixels[100, 130], 255, 0, 0))
                let white = extent(pixels) { $0.y > 40 }
                #expect(white == nil, "what lies beside the part stays out")
            }
        }

        /// A fine pattern far away is grey, and not noise.
        @Test func mipmapsCalmWhatIsFarAway() throws {
            try withContext {
                let headset = try headset()
                let lines = (0..<64).map { (4 * $0, 0, 2, 256, SIMD4<Float>(1, 1, 1, 1)) }
                let chain = try paint(
                    chain(headset, 256, 256, levels: 9), mipmaps: true,
                    [(0, 0, 256, 256, SIMD4(0, 0, 0, 1))] + lines)
                headset.play([
                    .quad(
                        QuadImage(
                            image: ImagePart(swapchain: chain),
                            pose: Pose(position: SIMD3(0, 1.6, -2)), size: SIMD2(0.6, 0.6),
                            isBlended: false))
                ])
                let pixels = try headset.eyePicture(eye: 0)
                for x in 92...104 {
                    #expect(isNear(pixels[x, 100], byte(0.5), byte(0.5), byte(0.5), 6))
                }
            }
        }

        /// The last frame's picture stays while the host draws the next one.
        @Test func theHostsNextImageDoesNotShowYet() throws {
            try withContext {
                let headset = try headset()
                let chain = try chain(headset, 4, 4)
                let quad = HeadsetLayer.quad(
                    QuadImage(
                        image: ImagePart(swapchain: chain), pose: Pose(position: SIMD3(0, 1.6, -1)),
                        size: SIMD2(1, 1), isBlended: false))
                try paint(chain, [(0, 0, 4, 4, SIMD4(0, 1, 0, 1))])
                headset.play([quad])
                try paint(chain, [(0, 0, 4, 4, SIMD4(1, 0, 0, 1))])
                #expect(isNear(try headset.eyePicture(eye: 0)[100, 100], 0, 255, 0))
                headset.play([quad])
                #expect(isNear(try headset.eyePicture(eye: 0)[100, 100], 255, 0, 0))
            }
        }

        @Test func theHostsStateIsLeftAsItWas() throws {
            try withContext {
                let target = try Framebuffer(width: 8, height: 8)
                let headset = try headset()
                target.bind()
                glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
                glDisable(GLenum(GL_BLEND))
                _ = try headset.eyePicture(eye: 0)
                #expect(GLQuery.integer(GL_DRAW_FRAMEBUFFER_BINDING) == Int(target.name))
                #expect(glIsEnabled(GLenum(GL_FRAMEBUFFER_SRGB)) == 0)
                #expect(glIsEnabled(GLenum(GL_BLEND)) == 0)
                #expect(glGetError() == GLenum(GL_NO_ERROR))
            }
        }
    }
}

extension SimulatedHeadset {
    /// The time at which a head that turns by 50 degrees a second from 0.1 s on has turned by an angle.
    fileprivate func whenTurned(by angle: Double) -> HeadsetTime {
        shownTime + HeadsetTime((0.1 + angle / 50 - seconds(at: shownTime)) * 1e9)
    }
}
