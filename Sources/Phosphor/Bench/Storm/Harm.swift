import CSystem
import Glibc
import Guest

/// Harm that is done to guests from outside, while the good sketch moves or something is tried.
enum Harm: String, CaseIterable, Codable {
    case killFront = "front killed"
    case killBack = "back killed"
    case killBoth = "both killed"
    case killInTrial = "guest killed in a trial"
    case stopFront = "front stopped"
    case stopBack = "back stopped in a trial"
    case damageRings = "rings damaged"
    case fillSocket = "socket filled"
    case madRelay = "guest whose messages are damaged"
    case madFlood = "guest that sends without end"
    case madGarbage = "guest that sends garbage"
    case madDeaf = "guest that reads nothing"
    case madExit = "guest that ends at once"
}

extension StormHost {
    /// Does harm; what becomes of it is seen by the loop's next turns.
    func harm(_ harm: Harm, _ random: inout SplitMix) throws {
        switch harm {
        case .killFront, .killBack, .killBoth:
            try run(seconds: Double(random.below(400)) / 1000)
            let roles: [GuestRole] =
                harm == .killFront ? [.front] : harm == .killBack ? [.back] : [.front, .back]
            for role in roles { killGuest(role) }
        case .killInTrial:
            for role in [GuestRole.back, .front] {
                submit(steady(variant: 1000 + random.below(1_000_000)))
                try run(seconds: Double(random.below(60)) / 1000)
                killGuest(role)
                try run(seconds: 0.2)
            }
        case .stopFront:
            stopGuest(.front)
            // By the wall a deadline is three times what it is in processor time.
            try run(seconds: 18 * settings.deadlineScale)
        case .stopBack:
            submit(steady(variant: 1000 + random.below(1_000_000)))
            stopGuest(.back)
            try run(seconds: 1)
        case .damageRings:
            for _ in 0..<200 {
                damageRings(&random)
                try run(seconds: 0.005)
            }
        case .fillSocket:
            stopGuest(.back)
            stopGuest(.front)
            for _ in 0..<20_000 { supervisor.rewind() }
        case .madRelay, .madFlood, .madGarbage, .madDeaf, .madExit:
            try AtomicFile.write(
                Array("\(harm.rawValue)\n\(random.next())\n".utf8), to: madGuestOrder)
            // The guest that comes in its place finds the order, and is the mad one.
            killGuest(random.below(2) == 0 ? .front : .back)
            for step in 0..<5 {
                try run(seconds: 0.3)
                submit(steady(variant: 2000 + step + random.below(1_000_000)))
            }
            try run(seconds: 0.3)
            unlink(madGuestOrder)
            // What is still mad goes, so that the next program meets real guests.
            for role in GuestRole.allCases { killGuest(role) }
        }
    }

    private func killGuest(_ role: GuestRole) {
        guard let pid = supervisor.statistics.pids[role] else { return }
        watch.killed(pid, at: phosphor_now())
        kill(pid, SIGKILL)
    }

    private func stopGuest(_ role: GuestRole) {
        if let pid = supervisor.statistics.pids[role] { kill(pid, SIGSTOP) }
    }

    /// Writes random bytes over headers and pixels of each ring that this host has open, whatever guests do to it.
    private func damageRings(_ random: inout SplitMix) {
        for descriptor in Descriptors.open
        where Descriptors.target(descriptor).contains("phosphor-ring") {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_size > 0,
                let memory = mmap(
                    nil, Int(status.st_size), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
                memory != MAP_FAILED
            else { continue }
            // Headers are at the start of pages, and which pages those are is the ring's own affair.
            for page in 0..<Int(status.st_size) / 4096 where page == 0 || random.below(2) == 0 {
                for _ in 0..<2 {
                    memory.storeBytes(
                        of: random.next(), toByteOffset: page * 4096 + random.below(10) * 8,
                        as: UInt64.self)
                }
            }
            for _ in 0..<1024 {
                memory.storeBytes(
                    of: UInt8(truncatingIfNeeded: random.next()),
                    toByteOffset: random.below(Int(status.st_size)), as: UInt8.self)
            }
            munmap(memory, Int(status.st_size))
        }
    }
}

/// This process's open descriptors, as /proc lists them (proc(5)).
enum Descriptors {
    /// Their numbers.
    static var open: [Int32] { list("/proc/self/fd").compactMap(Int32.init).sorted() }

    /// What one refers to; empty where it is gone.
    static func target(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
    }

    /// How many a process has; 0 where it cannot be told.
    static func count(of pid: pid_t) -> Int { list("/proc/\(pid)/fd").count }

    /// The names in a folder of /proc; none where it cannot be read.
    static func list(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
