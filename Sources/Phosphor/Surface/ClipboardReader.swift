import CGLFW
import CSystem
import Glibc
import Guest

/// Reads the clipboard in a process of its own, since its owner may be frozen and X would have us wait for it.
///
/// The child is this executable again (`phosphor clipboard`); it sends the text in packets over its socket and ends.
/// After a second without an end it is killed.
final class ClipboardReader {
    let descriptor: Int32
    private let pid: pid_t
    private let deadline: UInt64
    private var bytes: [UInt8] = []
    private let reply: (String?) -> Void
    private static let packet = 32 * 1024

    init?(reply: @escaping (String?) -> Void) {
        var pair: [Int32] = [-1, -1]
        guard phosphor_socket_pair(&pair, 256 * 1024) == 0 else { return nil }
        pid = OwnProgram.spawn(["clipboard"], socket: pair[1])
        close(pair[1])
        descriptor = pair[0]
        deadline = phosphor_now() + 1_000_000_000
        self.reply = reply
        guard pid > 0 else {
            close(descriptor)
            return nil
        }
    }

    /// Takes what has come; true when the reading is over and the reply given.
    func pump(now: UInt64) -> Bool {
        var buffer = [UInt8](repeating: 0, count: Self.packet)
        while true {
            var attached: Int32 = -1
            let count = phosphor_receive(descriptor, &buffer, buffer.count, &attached)
            if attached >= 0 { close(attached) }
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 {
                return finish(String(decoding: bytes, as: UTF8.self))
            } else if errno == EAGAIN {
                return now < deadline && bytes.count < 16 << 20 ? false : finish(nil)
            } else {
                return finish(nil)
            }
        }
    }

    private func finish(_ text: String?) -> Bool {
        var status: Int32 = 0
        kill(pid, SIGKILL)
        _ = phosphor_reap(pid, 1, &status)
        close(descriptor)
        reply(text)
        return true
    }

    /// The child's whole life: reads the clipboard and sends it over descriptor 3.
    static func runChild() -> Never {
        phosphor_glfw_prefer_x11()
        guard phosphor_die_with_parent(getppid()) == 0, glfwInit() == GLFW_TRUE else { exit(1) }
        glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE)
        glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API)
        guard let window = glfwCreateWindow(1, 1, "phosphor clipboard", nil, nil) else { exit(1) }
        let text = glfwGetClipboardString(window).map { String(cString: $0) } ?? ""
        var bytes = ArraySlice(text.utf8)
        // Blocks where the host is slow to read: this is nobody's main thread.
        while !bytes.isEmpty {
            let part = Array(bytes.prefix(packet))
            while phosphor_send(3, part, part.count, -1) < 0 {
                guard errno == EAGAIN else { exit(1) }
                var entry = pollfd(fd: 3, events: Int16(POLLOUT), revents: 0)
                poll(&entry, 1, -1)
            }
            bytes = bytes.dropFirst(part.count)
        }
        exit(0)
    }
}
