import CSystem
import Foundation
import Glibc
import Headset

/// The head and the hands that the simulated headset has, moved exactly: Monado's remote device on TCP port 4242.
///
/// One little-endian record of 376 bytes holds the whole state (Monado 24 and 25, `r_interface.h`, "mndrmt3"); each one
/// sent replaces the last. Poses are given in metres and in the space of the runtime's stage: x right, y up from the
/// floor, z towards the viewer.
final class RemoteHeadset {
    /// A controller (valve/index_controller) with its hand.
    struct Controller {
        var pose: Pose
        var isActive = true
        /// Names of what is pressed.
        var pressed: Set<Button> = []
        /// 0 to 1.
        var trigger: Float = 0
        /// 0 to 1: how far it is squeezed, and how hard.
        var squeeze: Float = 0
        /// -1 to 1, right and up.
        var stick = SIMD2<Float>()

        enum Button: Int, CaseIterable {
            case systemClick, systemTouch, aClick, aTouch, bClick, bTouch, triggerClick,
                triggerTouch, stickClick, stickTouch, trackpadTouch
        }

        /// Points it from where it is at a place.
        mutating func point(at target: SIMD3<Float>) {
            pose.orientation = RemoteHeadset.looking(along: target - pose.position)
        }
    }

    var head = Pose(position: SIMD3(0, 1.6, 0))
    var left = Controller(pose: Pose(position: SIMD3(-0.2, 1.3, -0.3)))
    var right = Controller(pose: Pose(position: SIMD3(0.2, 1.3, -0.3)))
    private let socket: Int32

    struct Failure: Error, CustomStringConvertible { var description: String }

    /// Connects to the runtime that runs, which says how things are, and puts the head where it stands by default.
    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(4242).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var isConnected = false
        // The runtime opens the port a little after its own socket.
        for _ in 0..<500 where !isConnected {
            isConnected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            if !isConnected { usleep(20_000) }
        }
        guard isConnected else { throw Failure(description: "nobody listens on port 4242") }
        var one: Int32 = 1
        setsockopt(
            socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        // It sends its state of the start and of now.
        var pending = 2 * Self.size
        var buffer = [UInt8](repeating: 0, count: pending)
        while pending > 0 {
            let count = recv(socket, &buffer, pending, 0)
            guard count > 0 else { throw Failure(description: "the runtime closed port 4242") }
            pending -= count
        }
        try send()
    }

    deinit { close(socket) }

    /// Has the runtime take over the state as it stands here.
    func send() throws {
        let record = self.record
        precondition(record.count == Self.size)
        let sent = record.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == record.count else {
            throw Failure(description: "the runtime does not take moves any more")
        }
    }

    /// Turns the head, in degrees: to the left, and up.
    func turn(left yaw: Float, up pitch: Float = 0) throws {
        head.orientation = Quaternion(yaw: yaw * .pi / 180, pitch: pitch * .pi / 180)
        try send()
    }

    /// The rotation that looks along a direction, upright.
    static func looking(along direction: SIMD3<Float>) -> Quaternion {
        let flat = (direction.x * direction.x + direction.z * direction.z).squareRoot()
        return Quaternion(
            yaw: Float(atan2(Double(-direction.x), Double(-direction.z))),
            pitch: Float(atan2(Double(direction.y), Double(flat))))
    }

    private static let size = 376

    private var record: [UInt8] {
        var bytes = Array("mndrmt3\0".utf8)
        // Two views, each a pose and a field of view, and whether they count: the runtime's own are meant.
        for _ in 0..<2 {
            bytes.append(floats: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
            bytes += [0, 0, 0, 0]
        }
        bytes.append(pose: head)
        bytes += [0, 0, 0, 0]
        for controller in [left, right] { bytes.append(controller: controller) }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(floats: [Float]) {
        for value in floats {
            Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { self += $0 }
        }
    }

    fileprivate mutating func append(pose: Pose) {
        let (rotation, position) = (pose.orientation.vector, pose.position)
        append(floats: [rotation.x, rotation.y, rotation.z, rotation.w])
        append(floats: [position.x, position.y, position.z])
    }

    fileprivate mutating func append(controller: RemoteHeadset.Controller) {
        append(pose: controller.pose)
        // Velocities, then how far each finger is bent.
        append(floats: [0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0])
        append(floats: [controller.trigger, controller.squeeze, controller.squeeze])
        append(floats: [controller.stick.x, controller.stick.y])
        // The trackpad's force and place.
        append(floats: [0, 0, 0])
        self += [1, controller.isActive ? 1 : 0]
        self += RemoteHeadset.Controller.Button.allCases.map {
            controller.pressed.contains($0) ? 1 : 0
        }
        self += [0, 0, 0]
    }
}
