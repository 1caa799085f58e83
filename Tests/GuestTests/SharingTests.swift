import CEpoxy
import CSystem
import GLSL
import Glibc
import Render
import TestSupport
import Testing

@testable import Guest

/// Pictures that guests and host share, with real guests and the real allocator, on Mesa's llvmpipe and lavapipe.
@Suite(.serialized)
struct SharingTests {
    /// A host with a context of its own.
    private final class SharingHost {
        let bench: Bench
        private let context: Render.EGLContext
        var supervisor: Supervisor { bench.supervisor }

        init(
            width: Int = 64, height: Int = 48, environment: [String: String] = [:],
            shares: Bool = true
        ) throws {
            context = try Render.EGLContext()
            var configuration = BuiltProduct.configuration()
            configuration.environment["PHOSPHOR_FRAMES"] = "shared"
            configuration.environment.merge(environment) { $1 }
            bench = try Bench(width: width, height: height, configuration: configuration)
            if shares { supervisor.shareImages() }
        }

        /// Before the context goes, whose objects some of what is held is.
        func end() {
            supervisor.stopSharing()
            supervisor.endWholly()
        }

        /// Runs until all guests share their pictures, and one that is shared is there.
        func settle() -> Bool {
            bench.run {
                defer { supervisor.releasePicture() }
                return supervisor.isSharingSettled && supervisor.picture?.texture != nil
            }
        }

        /// The newest picture's bytes, and its size.
        var pixels: [UInt8] {
            guard let picture = supervisor.picture else { return [] }
            defer { supervisor.releasePicture() }
            let count = picture.width * picture.height * 4
            return Array(UnsafeRawBufferPointer(start: picture.pixels, count: count))
        }

        var notices: [String] {
            bench.events.compactMap { event in
                guard case .notice(let text) = event else { return nil }
                return text
            }
        }
    }

    /// A picture in which no two pixels need be alike, and that is another one for each seed.
    private func noise(_ seed: Int) throws -> AssembledProgram {
        try Shaders.fragment(
            """
            out vec4 color;
            void main() {
                uvec2 p = uvec2(gl_FragCoord.xy);
                uint h = p.x * 374761393u + p.y * 668265263u + \(seed)u * 2246822519u;
                h = (h ^ (h >> 13)) * 1274126177u;
                color = vec4(uvec4(h, h >> 8, h >> 16, h >> 24) & 255u) / 255.0;
            }
            """)
    }

    /// Red counts the pictures before, by the one before this.
    private func counter() throws -> AssembledProgram {
        try Shaders.fragment(
            """
            out vec4 color;
            uniform sampler2D backbuffer;
            void main() {
                float old = texelFetch(backbuffer, ivec2(gl_FragCoord.xy), 0).r;
                color = vec4(mod(old * 255.0 + 1.0, 250.0) / 255.0, gl_FragCoord.xy / 255.0, 1);
            }
            """)
    }

    private func texturePixels(_ texture: Texture) throws -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: texture.width * texture.height * 4)
        let framebuffer = try Framebuffer(color: texture)
        pixels.withUnsafeMutableBytes { bytes in
            if let memory = bytes.baseAddress { framebuffer.read(into: memory) }
        }
        return pixels
    }

    @Test(
        "shared pictures are byte for byte those that come through memory",
        arguments: [(1, 64, 48), (2, 1, 1), (3, 7, 3), (4, 333, 5), (5, 3, 517), (6, 641, 361)])
    func sameBytes(seed: Int, width: Int, height: Int) throws {
        let program = try noise(seed)
        var seen: [[UInt8]] = []
        for shares in [true, false] {
            let host = try SharingHost(width: width, height: height, shares: shares)
            defer { host.end() }
            try #require(host.bench.show(1, program))
            if shares {
                try #require(host.settle(), "\(host.supervisor.frames.why) \(host.notices)")
                #expect(host.supervisor.frames == .shared)
            } else {
                #expect(host.supervisor.frames.words == "memfd")
            }
            // A trial's frame first, which goes another way than later ones.
            try #require(host.bench.show(2, try Shaders.flat(9, 9, 9)))
            try #require(host.bench.show(3, program))
            seen.append(host.pixels)
            let first = host.supervisor.pictureSequence
            try #require(host.bench.run { host.supervisor.pictureSequence > first + 3 })
            #expect(host.pixels == seen.last)
        }
        #expect(seen[0].count == width * height * 4)
        #expect(seen[0] == seen[1])
    }

    @Test("a slow frame that is under way when sharing begins is seen where it was drawn")
    func underWay() throws {
        let host = try SharingHost()
        defer { host.end() }
        let slow = try Shaders.fragment(
            """
            out vec4 color;
            void main() {
                float x = gl_FragCoord.x;
                for (int i = 0; i < 8000; i++) x = sin(x + 0.1);
                color = vec4(1, x < 9.0 ? 1 : 0, 0, 1);
            }
            """)
        // Seen only once the front draws: so a frame is under way whenever a step is done, the last one, too.
        let supervisor = host.supervisor
        var stepsInFrames = 0
        supervisor.sharing?.seen = { [unowned supervisor] look in
            guard case .draw = supervisor.front?.job else { return nil }
            stepsInFrames += 1
            return look.result()
        }
        try #require(host.bench.show(1, slow))
        var (last, colors) = (UInt64(0), Set<[UInt8]>())
        let isShared = host.bench.run(until: 60) {
            guard host.supervisor.pictureSequence != last else { return false }
            last = host.supervisor.pictureSequence
            colors.insert(host.bench.pixel(20, 30))
            defer { host.supervisor.releasePicture() }
            return host.supervisor.picture?.texture != nil
        }
        #expect(isShared, "\(host.supervisor.frames)")
        #expect(stepsInFrames > 0)
        #expect(colors == [[255, 255, 0]])
    }

    @Test("what a sketch keeps from frame to frame goes on, and is seen, in shared pictures")
    func keptPictures() throws {
        let host = try SharingHost()
        defer { host.end() }
        try #require(host.bench.show(1, try counter()))
        try #require(host.settle(), "\(host.supervisor.frames.why)")
        var last: (sequence: UInt64, count: Int)?
        var steps: [Int] = []
        host.bench.run {
            let sequence = host.supervisor.pictureSequence
            let pixel = host.bench.pixel(20, 30)
            guard pixel.count == 3, sequence != last?.sequence else { return false }
            if let last, sequence == last.sequence + 1 {
                steps.append((Int(pixel[0]) + 250 - last.count) % 250)
            }
            last = (sequence, Int(pixel[0]))
            return steps.count > 20
        }
        #expect(steps.count > 20)
        #expect(Set(steps) == [1])
        #expect(host.bench.pixel(20, 30).dropFirst() == [20, 30])
    }

    @Test("a picture that is held stays as it is: over later frames, its guest's death, a resize")
    func held() throws {
        let host = try SharingHost()
        defer { host.end() }
        try #require(
            host.bench.show(
                1,
                try Shaders.fragment(
                    """
                    out vec4 color;
                    void main() { color = vec4(fract(iTime), gl_FragCoord.xy / 64.0, 1); }
                    """)))
        try #require(host.settle(), "\(host.supervisor.frames.why)")
        var picture = host.supervisor.picture
        host.supervisor.releasePicture()
        let texture = try #require(picture?.texture)
        let before = try texturePixels(texture)
        func next(_ count: UInt64) -> Bool {
            let first = host.supervisor.pictureSequence
            return host.bench.run {
                host.bench.time += 0.01
                return host.supervisor.pictureSequence > first + count
            }
        }
        #expect(next(30), "two slots are enough to go on")
        #expect(try texturePixels(texture) == before)
        #expect(host.supervisor.drill(.kill, .front))
        #expect(next(10))
        #expect(try texturePixels(texture) == before)
        host.supervisor.resize(width: 80, height: 50)
        #expect(host.bench.run { host.supervisor.picture?.width == 80 })
        #expect(try texturePixels(texture) == before)
        picture = nil
        host.supervisor.releasePicture()
        #expect(next(10))
    }

    @Test(
        "a guest that dies while its picture is shown leaves it, whatever the moment",
        arguments: 0..<3)
    func deaths(seed: Int) throws {
        var random = Seeded(seed: seed)
        let host = try SharingHost()
        defer { host.end() }
        try #require(host.bench.show(1, try noise(seed)))
        try #require(host.settle(), "\(host.supervisor.frames.why)")
        let expected = host.pixels
        for _ in 0..<4 {
            let victim = host.supervisor.statistics.pids[random.bool() ? .front : .back]
            guard let victim else { continue }
            kill(victim, SIGKILL)
            host.bench.run { !host.supervisor.statistics.pids.values.contains(victim) }
            #expect(host.pixels == expected)
        }
        // Those that come after them share again.
        #expect(host.settle())
        #expect(host.pixels == expected)
    }

    @Test(
        "what was drawn from a shared picture is there, though the picture goes before it is done")
    func goesWhileDrawnFrom() throws {
        let host = try SharingHost(width: 641, height: 361)
        defer { host.end() }
        let program = try noise(7)
        let renderer = try PictureRenderer()
        let (side, times) = (2048, 30)
        let screen = try Framebuffer(width: side, height: side)
        func drawn(from texture: Texture) {
            screen.bind()
            for _ in 0..<times { renderer.draw(texture, surface: (side, side)) }
        }
        try #require(host.bench.show(1, program))
        var pictures: [[UInt8]] = []
        for isLate in [true, false] {
            if !isLate { host.supervisor.shareImages() }
            try #require(host.settle(), "\(host.supervisor.frames.why)")
            var picture = host.supervisor.picture
            host.supervisor.releasePicture()
            drawn(from: try #require(picture?.texture))
            if isLate { glFinish() }
            picture = nil
            host.supervisor.stopSharing()
            var pixels = [UInt8](repeating: 0, count: side * side * 4)
            pixels.withUnsafeMutableBytes { bytes in
                if let memory = bytes.baseAddress { screen.read(into: memory) }
            }
            pictures.append(pixels)
        }
        #expect(pictures[0] == pictures[1])
    }

    @Test("storms of resizes end in shared pictures of the last size", arguments: 0..<3)
    func resizes(seed: Int) throws {
        var random = Seeded(seed: seed)
        let host = try SharingHost()
        defer { host.end() }
        try #require(host.bench.show(1, try Shaders.flat(10, 20, 30)))
        var size = (0, 0)
        for _ in 0..<40 {
            size = (1 + random.below(300), 1 + random.below(300))
            host.supervisor.resize(width: size.0, height: size.1)
            let pumps = random.below(6)
            var pumped = 0
            host.bench.run {
                pumped += 1
                return pumped > pumps
            }
        }
        #expect(
            host.bench.run {
                defer { host.supervisor.releasePicture() }
                guard let picture = host.supervisor.picture else { return false }
                return picture.texture != nil && (picture.width, picture.height) == size
            })
        let pixels = host.pixels
        #expect(pixels.count == size.0 * size.1 * 4)
        #expect(
            stride(from: 0, to: pixels.count, by: 4).allSatisfy {
                pixels[$0...($0 + 2)] == [10, 20, 30]
            })
    }

    @Test("a host that loses its context goes on with memory, and shares again with the next one")
    func contextLoss() throws {
        let host = try SharingHost()
        defer { host.end() }
        try #require(host.bench.show(1, try noise(1)))
        try #require(host.settle(), "\(host.supervisor.frames.why)")
        let expected = host.pixels
        host.supervisor.stopSharing()
        #expect(host.supervisor.picture == nil)
        #expect(host.bench.run { host.supervisor.picture != nil })
        #expect(host.supervisor.picture?.texture == nil)
        #expect(host.pixels == expected)
        host.supervisor.shareImages()
        #expect(host.settle())
        #expect(host.pixels == expected)
    }

    @Test("without a driver of Vulkan, or by the user's wish, pictures go through memory")
    func notShared() throws {
        for (name, value, words) in [
            ("VK_ICD_FILENAMES", "/nonexistent", "Vulkan"), ("PHOSPHOR_FRAMES", "memfd", "says so"),
            ("PHOSPHOR_FRAMES", "", "on software GL a guest could spoil more than pixels"),
        ] {
            let host = try SharingHost(environment: [name: value])
            defer { host.end() }
            try #require(host.bench.show(1, try noise(1)))
            #expect(host.bench.run { host.supervisor.isSharingSettled })
            #expect(host.supervisor.frames.why.contains(words), "\(host.supervisor.frames)")
            #expect(host.supervisor.picture?.texture == nil)
            #expect(host.pixels.count == 64 * 48 * 4)
            #expect(host.notices.isEmpty, "nothing is wrong, so nobody is told")
        }
    }

    @Test("an allocator that dies costs nothing but the sharing, and that is said")
    func allocatorDeath() throws {
        let host = try SharingHost()
        defer { host.end() }
        host.bench.supervisor.submit(1, program: try noise(1))
        try #require(host.bench.run { host.supervisor.sharing?.allocator != nil })
        // Where its socket closes before it can be reaped, another one is tried.
        #expect(
            host.bench.run {
                if let pid = host.supervisor.sharing?.allocator?.pid { kill(pid, SIGKILL) }
                return host.supervisor.isSharingSettled
            })
        #expect(host.supervisor.frames.why.contains("the allocator ended"))
        #expect(host.notices.contains { $0.contains("Pictures go through memory") })
        #expect(host.bench.run { host.supervisor.picture != nil })
        #expect(host.pixels.count == 64 * 48 * 4)
    }

    @Test("guests that die while they begin to share end the attempt, not the picture")
    func deathsAtSteps() throws {
        let host = try SharingHost()
        defer { host.end() }
        host.bench.supervisor.submit(1, program: try noise(1))
        var killed = 0
        #expect(
            host.bench.run {
                for role in [GuestRole.front, .back] {
                    let guest = role == .front ? host.supervisor.front : host.supervisor.back
                    if case .share = guest?.job, host.supervisor.drill(.kill, role) { killed += 1 }
                }
                return host.supervisor.sharing == nil
            })
        #expect(killed > 1)
        #expect(host.notices.contains { $0.contains("a guest died of it") })
        #expect(
            host.bench.run { host.supervisor.picture != nil && host.supervisor.shownRevision == 1 })
        #expect(host.supervisor.frames.words == "memfd")
    }

    @Test("a guest that cannot share says why, and stays what it was")
    func refusal() throws {
        let host = try SharingHost(shares: false)
        defer { host.end() }
        try #require(host.bench.show(1, try noise(1)))
        let other = try #require(
            DeviceIdentity(
                driver: Array(repeating: 1, count: 16), device: Array(repeating: 2, count: 16)))
        let guest = try #require(host.supervisor.front)
        try #require(host.bench.run(asking: false) { guest.isIdle })
        let generation = host.supervisor.generation
        let share = Share(
            generation: generation,
            step: .take(
                slot: 0, memory: SharedMemory(bytes: 4096, isDedicated: false, device: other),
                PicturePattern(number: 1, method: .clears)))
        try #require(
            guest.begin(
                .share(generation: generation), .share(share), phase: .drawing,
                deadlines: .software, now: phosphor_now()))
        let first = host.supervisor.pictureSequence
        #expect(host.bench.run { host.supervisor.pictureSequence > first + 2 })
        #expect(host.supervisor.statistics.deaths == 0)
    }

    @Test("memory that could shrink under its reader is not taken")
    func sealing() throws {
        let file = phosphor_memfd("test", 8192)
        defer { close(file) }
        #expect(phosphor_keep_size(file, 8193) == -1)
        #expect(phosphor_keep_size(file, 8192) == 0)
        #expect(ftruncate(file, 4096) == -1)
    }
}
