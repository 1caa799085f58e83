import Journal

/// Where the journal's reports wait until there is a workspace to take them.
final class JournalInbox {
    private var reports: [JournalReport] = []
    weak var workspace: Workspace? {
        didSet {
            for report in reports { workspace?.handle(report) }
            reports = []
        }
    }

    /// The journal that the settings ask for; nil for none.
    func journal(_ settings: Settings, _ mailbox: Mailbox) -> Journal? {
        guard settings.journalMegabytes > 0 else { return nil }
        var configuration = Journal.Configuration(path: Folders.journal)
        configuration.megabytes = settings.journalMegabytes
        return Journal(configuration, report: mailbox.door { [self] in take($0) })
    }

    private func take(_ report: JournalReport) {
        if let workspace { workspace.handle(report) } else { reports.append(report) }
    }
}
