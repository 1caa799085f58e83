import FoundationEssentials
import Glibc
import Guest
import Journal
import Logging
import Render

/// What a host needs, put together; shared with the benchmarks.
struct HostSetup {
    let font: Font
    let supervisor: Supervisor
    let workspace: Workspace

    init(
        surface: any Surface, log: Logger, settings: Settings, memory: Memory, sketch: OpenSketch,
        guests: GuestConfiguration = HostSetup.guestConfiguration, startsGuests: Bool = true,
        mailbox: Mailbox = Mailbox(), journal: Journal? = nil
    ) throws {
        font = try Font.bundled(searching: HostSetup.fontFolders)
        supervisor = try Supervisor(
            configuration: guests, width: surface.width, height: surface.height)
        supervisor.memoryLimit = settings.guestMemory
        workspace = Workspace(
            surface: surface, supervisor: supervisor, mailbox: mailbox, log: log,
            settings: settings,
            memory: memory, sketch: sketch, journal: journal)
        if startsGuests { supervisor.start() }
    }

    /// Where fonts may lie: with the program, then where Debian puts the same one.
    static var fontFolders: [String] {
        (Folders.share.map { [$0 + "/fonts"] } ?? []) + ["/usr/share/fonts/truetype/jetbrains-mono"]
    }

    /// Guests as this installation runs them.
    static var guestConfiguration: GuestConfiguration {
        var configuration = GuestConfiguration()
        configuration.cacheFolder = Folders.cache + "/shaders"
        // For tests, which cannot wait for as long as a person with a slow driver.
        if let text = ProcessInfo.processInfo.environment["PHOSPHOR_DEADLINE_SCALE"],
            let scale = Double(text), scale > 0
        {
            configuration.deadlines = Deadlines.software.scaled(by: scale)
            configuration.handoverLimit *= max(1, scale)
        }
        return configuration
    }
}
