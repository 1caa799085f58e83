import CSystem
import Glibc

extension GuestConfiguration {
    /// Spawns a child (posix_spawn(3)) with these arguments and this process's number, and its socket on descriptor 3.
    ///
    /// Call it on the main thread only, with which the child dies.
    func spawn(_ arguments: [String]) throws(GuestError) -> (pid: pid_t, channel: Channel) {
        var sockets: [Int32] = [-1, -1]
        guard phosphor_socket_pair(&sockets, 256 << 10) == 0 else {
            throw GuestError(system: "A guest's socket could not be made")
        }
        let channel = Channel(descriptor: sockets[0])
        defer { close(sockets[1]) }
        let arguments = arguments + [String(getpid())]
        let environment = spawnEnvironment()
        let pid =
            if let executable {
                OwnProgram.spawn(
                    executable, ["phosphor"] + arguments, environment: environment,
                    socket: sockets[1])
            } else {
                OwnProgram.spawn(arguments, environment: environment, socket: sockets[1])
            }
        guard pid > 0 else {
            throw GuestError(
                system: "\(executable ?? OwnProgram.path) could not be started as a guest")
        }
        return (pid, channel)
    }
}
