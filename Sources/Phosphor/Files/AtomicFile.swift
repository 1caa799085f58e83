import CSystem
import Glibc

/// Reading and writing whole files, so that a crash or a full disk leaves the old file or the new, never half of one.
enum AtomicFile {
    /// What tells one state of a file from another.
    struct Stamp: Equatable, Sendable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    /// A file's stamp; nil where there is no file.
    static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }

    /// Reads a regular file of at most `limit` bytes.
    static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
        // Not blocking, so that a named pipe that nobody writes to cannot hold us.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system("Cannot open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("Cannot read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError("Cannot open \(Folders.shown(path)): it is not a regular file")
        }
        guard status.st_size <= limit else {
            throw FileError(
                "Cannot open \(Folders.shown(path)): it has \(status.st_size >> 20) MB, and the limit for a shader is "
                    + "\(limit >> 20) MB")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .system("Cannot read", path)
            }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// Writes a file by way of a temporary one beside it: written, synced, renamed, the folder synced.
    ///
    /// Permissions are kept, symbolic links followed. On any error the old file is as it was.
    @discardableResult
    static func write(_ bytes: [UInt8], to path: String) throws(FileError) -> Stamp {
        let target = resolve(path)
        var mode: mode_t = 0o644
        var status = stat()
        let isThere = stat(target, &status) == 0
        if isThere {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw FileError("Cannot save \(Folders.shown(path)): it is not a regular file")
            }
            mode = status.st_mode & 0o7777
            // The rename would succeed in a folder that we may write to; the file says that it must not.
            guard access(target, W_OK) == 0 else { throw .system("Cannot save", path) }
        }
        // A name that nobody can guess, and never through a link: in a folder that all may write to, somebody could
        // have laid one.
        let random = UInt64.random(in: .min ... .max)
        let temporary =
            "\(Folders.parent(of: target))/.\(Folders.name(of: target).prefix(200)).\(String(random, radix: 36))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .system("Cannot save", path) }
        do throws(FileError) {
            try fill(descriptor, bytes, path)
            // Root who saves a user's file leaves it the user's; for anybody else this changes nothing.
            if isThere { _ = fchown(descriptor, status.st_uid, status.st_gid) }
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
                throw .system("Cannot save", path)
            }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, target) == 0 else {
            let error = FileError.system("Cannot save", path)
            unlink(temporary)
            throw error
        }
        let folder = open(Folders.parent(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        guard let stamp = stamp(target) else { throw .system("Cannot save", path) }
        return stamp
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], _ path: String)
        throws(FileError)
    {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .system("Cannot save", path) }
            done += count
        }
    }

    /// The file that a chain of symbolic links ends at, even one that is not there yet.
    private static func resolve(_ path: String) -> String {
        var path = path
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink(path, &buffer, buffer.count)
            guard count > 0 else { return path }
            let link = String(
                decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = link.hasPrefix("/") ? link : Folders.parent(of: path) + "/" + link
        }
        return path
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(FileError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path != "/" else { throw .system("Cannot make the folder", path) }
        try makeFolder(Folders.parent(of: path))
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw .system("Cannot make the folder", path)
        }
    }
}
