import CSystem
import Glibc

/// This program, as it can be started again: by its own file, or through the loader that it was started through.
///
/// With `ld-linux… --library-path FOLDERS phosphor` the kernel knows the loader alone: it is what /proc/self/exe names,
/// and its words come first in /proc/self/cmdline, from where Swift's `CommandLine` takes them. So what is ours is told
/// by `main`'s own count of arguments, and children are started with the loader's words before theirs.
public enum OwnProgram {
    /// What it was started with: its own name, then its arguments.
    public static let arguments: [String] = {
        let words = phosphor_arguments()
        return (0..<Int(phosphor_argument_count())).compactMap { index in
            words?[index].map { String(cString: $0) }
        }
    }()

    /// The path of its executable file, links resolved.
    public static let path: String = {
        guard !loaderWords.isEmpty else { return starter }
        let own = commandLine[loaderWords.count]
        guard let text = realpath(own, nil) else { return own }
        defer { free(text) }
        return String(cString: text)
    }()

    /// The path of what the kernel runs to start it: the same, or the loader's.
    public static let starter: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return arguments.first ?? "phosphor" }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }()

    /// The folders that its loader was told to take libraries from; empty where it was started by its own file.
    public static let libraryFolders: [String] = {
        var folders: [String] = []
        for (option, value) in zip(loaderWords, loaderWords.dropFirst())
        where option == "--library-path" {
            folders += value.split(separator: ":").map(String.init)
        }
        return folders
    }()

    /// The words that start it again with other arguments, the name first; for `starter`.
    public static func words(_ arguments: [String]) -> [String] {
        loaderWords.isEmpty ? ["phosphor"] + arguments : loaderWords + [path] + arguments
    }

    /// Starts it again with a socket as descriptor 3 (posix_spawn(3)); call it on the main thread only.
    ///
    /// - Parameters:
    ///   - arguments: without its name.
    ///   - environment: as `NAME=value`; nil for this process's own.
    /// - Returns: the process's number, or -1 with errno.
    public static func spawn(
        _ arguments: [String], environment: [String]? = nil, socket: Int32
    ) -> Int32 {
        // Not by the path: a program that was built anew meanwhile is another one.
        spawn("/proc/self/exe", words(arguments), environment: environment, socket: socket)
    }

    /// Starts any executable so.
    static func spawn(
        _ file: String, _ words: [String], environment: [String]?, socket: Int32
    ) -> Int32 {
        withCStrings(words) { argv in
            guard let environment else {
                return phosphor_spawn(file, argv, phosphor_environment(), socket)
            }
            return withCStrings(environment) { phosphor_spawn(file, argv, $0, socket) }
        }
    }

    /// The loader and its options; empty where there was none.
    private static let loaderWords: [String] = {
        let count = commandLine.count - arguments.count
        return count > 0 && !arguments.isEmpty ? Array(commandLine.prefix(count)) : []
    }()

    /// All words that the kernel was given, a loader's included.
    private static let commandLine: [String] = {
        let descriptor = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return arguments }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        // Each word ends with a zero; empty ones count.
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }()
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
