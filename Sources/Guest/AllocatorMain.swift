import CEpoxy
import CSystem
import CVulkan
import Glibc
import Render

/// The allocator's side of the executable: `phosphor allocator PARENT`, with the socket on descriptor 3.
///
/// OpenGL can import pictures but cannot make any that others could import; Vulkan can. It is opened in this process,
/// which has no other use: a Vulkan driver that crashes or hangs takes neither the host nor a guest along, the host
/// never loads it, and no guest, which runs what users write, ever says how large anything is. Memory outlives this
/// process: its descriptor keeps it.
///
/// Before the first answer the way through both drivers is tried here, so that the host does not import what kills
/// whoever imports it.
public enum AllocatorMain {
    /// How long nobody has to ask for anything before this process ends, in milliseconds; it is started again then.
    private static let patience: Int32 = 20_000

    /// Allocates until the host has no more use for it.
    ///
    /// The last argument is the host's process number.
    public static func run(arguments: [String]) -> Never {
        guard let parent = arguments.last.flatMap(pid_t.init), phosphor_die_with_parent(parent) == 0
        else {
            complain("the allocator is started by phosphor itself, not by hand.")
            exit(2)
        }
        // Vulkan's start takes a processor for some 100 ms, which nobody waits for.
        _ = phosphor_set_nice(10)
        let channel = Channel(descriptor: GuestMain.socket)
        var allocator: Allocator?
        while true {
            var request = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, patience) != 0 else { _exit(0) }
            switch channel.receive() {
            case .none: continue
            case .ended: _exit(0)
            case .malformed: _exit(3)
            case .packet(let bytes, let descriptor):
                if descriptor >= 0 { close(descriptor) }
                guard let request = try? MemoryRequest(decoding: bytes) else { _exit(3) }
                let answer: MemoryAnswer
                var payload: Int32 = -1
                do {
                    let ready = try allocator ?? Allocator(device: request.device)
                    allocator = ready
                    let memory: SharedMemory
                    (payload, memory) = try ready.allocate(request.width, request.height)
                    answer = MemoryAnswer(number: request.number, memory: memory)
                } catch {
                    answer = MemoryAnswer(number: request.number, reason: "\(error)")
                }
                // The host empties its socket with every frame.
                while !channel.send(answer.encoded(), descriptor: payload) {
                    guard errno == EAGAIN else { _exit(0) }
                    var room = pollfd(fd: channel.descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&room, 1, 1000)
                }
                if payload >= 0 { close(payload) }
            }
        }
    }

    private static func complain(_ text: String) {
        let line = Array("phosphor allocator: \(text)\n".utf8)
        _ = write(2, line, line.count)
    }
}

/// Vulkan's device, and what it allocates.
private final class Allocator {
    private let device: DeviceIdentity
    private let vulkan: OpaquePointer

    /// Opens the device and tries it.
    init(device: DeviceIdentity) throws {
        self.device = device
        vulkan = try Self.reasoned { reason, room in
            phosphor_vulkan_open(device.driver, device.device, reason, room)
        }
        try rehearse()
    }

    deinit { phosphor_vulkan_close(vulkan) }

    /// Memory for a picture, and its descriptor, which the caller closes.
    func allocate(_ width: Int, _ height: Int) throws -> (Int32, SharedMemory) {
        var bytes: UInt64 = 0
        var isDedicated: Int32 = 0
        let descriptor: Int32 = try Self.reasoned { reason, room in
            let descriptor = phosphor_vulkan_allocate(
                vulkan, UInt32(width), UInt32(height), &bytes, &isDedicated, reason, room)
            return descriptor >= 0 ? descriptor : nil
        }
        let memory = SharedMemory(bytes: bytes, isDedicated: isDedicated != 0, device: device)
        return (descriptor, memory)
    }

    /// Imports the same memory twice, draws into the one picture and looks at the other.
    private func rehearse() throws {
        let context = try Render.EGLContext(robust: true)
        defer { withExtendedLifetime(context) {} }
        guard DeviceIdentity.current() == device else {
            throw GuestError("guests draw with another device than the host")
        }
        try compare()
    }

    private func compare() throws {
        let side = 64
        let (descriptor, memory) = try allocate(side, side)
        func image(_ descriptor: Int32) throws -> SharedImage {
            try SharedImage(
                descriptor: descriptor, bytes: memory.bytes, width: side, height: side,
                isDedicated: memory.isDedicated)
        }
        let (one, other) = (try image(dup(descriptor)), try image(descriptor))
        let target = try Framebuffer(color: one.texture)
        for method in PicturePattern.Method.allCases {
            let pattern = PicturePattern(number: 0x9e37_79b9, method: method)
            pattern.draw(into: target)
            glFinish()
            let look = try PatternLook(for: pattern, in: other.texture)
            glFinish()
            guard look.result() == true else {
                throw GuestError("what is drawn into shared memory is not what is seen in it")
            }
        }
    }

    /// Calls C, which may have a reason for giving nothing.
    private static func reasoned<Value>(
        _ call: (UnsafeMutablePointer<CChar>, Int) -> Value?
    ) throws(GuestError) -> Value {
        var reason = [CChar](repeating: 0, count: 256)
        let room = reason.count
        let value = reason.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { call($0, room) }
        }
        guard let value else {
            throw GuestError(
                String(
                    decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            )
        }
        return value
    }
}
