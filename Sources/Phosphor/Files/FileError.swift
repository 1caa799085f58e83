import Glibc

/// Why a file could not be read or written: what happened, where, what to do.
struct FileError: Error, CustomStringConvertible, Sendable {
    let description: String

    init(_ description: String) { self.description = description }

    /// After a failed call of the C library; reads `errno`.
    static func system(_ what: String, _ path: String) -> FileError {
        let reason = errno
        let advice =
            switch reason {
            case ENOENT: "no such file"
            case EACCES, EPERM, EROFS: "not permitted; save it elsewhere with Ctrl+Shift+S"
            case ENOSPC, EDQUOT: "no space left; free some and save again, the old file is whole"
            case EISDIR: "it is a folder"
            default: String(cString: strerror(reason))
            }
        return FileError("\(what) \(Folders.shown(path)): \(advice)")
    }
}
