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
        let arguments = ["phosphor"] + arguments + [String(getpid())]
        let pid = withCStrings(arguments) { argv in
            withCStrings(spawnEnvironment()) { envp in
                phosphor_spawn(executable, argv, envp, sockets[1])
            }
        }
        guard pid > 0 else {
            throw GuestError(system: "\(executable) could not be started as a guest")
        }
        return (pid, channel)
    }
}

/// Lends C an array of strings that ends with a null pointer.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
