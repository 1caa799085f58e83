import GLSL

/// Reads a sketch's `sketch.toml`.
///
/// Each mistake is a diagnostic on its line; what could be read holds all the same. Keys that are not known are warned
/// of. Limits are those of the wire to guests, told here where the line is known.
struct PlanReader {
    let file: String
    private(set) var plan = SketchPlan()

    /// What a text says.
    ///
    /// - Parameter file: what messages call it.
    static func read(_ text: String, file: String) -> SketchPlan {
        var reader = PlanReader(file: file)
        switch PlanNode.read(text) {
        case .success(let root): reader.read(root)
        case .failure(let mistake):
            reader.say(.error, mistake.place, mistake.message, token: nil)
        }
        reader.plan.problems.sort {
            ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0)
        }
        return reader.plan
    }

    private init(file: String) { self.file = file }

    /// The most things of one sort.
    enum Limits {
        static let passes = 64
        static let inputs = 64
        static let parts = 256
        static let varyings = 64
        static let groups = 65_535
        static let includes = 64
        static let problems = 100
        static let depth = 64
        static let name = 64
        static let path = 4096
    }

    // MARK: The whole

    private static let tables = [
        "dialect", "include", "pass", "texture", "mesh", "buffer", "image", "value",
    ]

    private mutating func read(_ root: PlanNode) {
        let entries = root.entries ?? []
        for entry in entries where !Self.tables.contains(entry.key) {
            unknown(entry, Self.tables, in: "sketch.toml")
        }
        // Inputs of passes may name textures and images that stand further down.
        for key in ["dialect", "include", "texture", "mesh", "buffer", "image", "value", "pass"] {
            guard let node = entries.first(where: { $0.key == key })?.node else { continue }
            switch key {
            case "dialect": readDialect(node)
            case "include": readIncludes(node)
            case "texture": readTextures(node)
            case "mesh": readMeshes(node)
            case "buffer": readBuffers(node)
            case "image": readImages(node)
            case "value": readValues(node)
            default: readPasses(node)
            }
        }
    }

    private mutating func readDialect(_ node: PlanNode) {
        let names = Dialect.allCases.map(\.rawValue)
        guard let name = text(node, "dialect", "a name in quotes: dialect = \"shadertoy\"") else {
            return
        }
        if let dialect = Dialect(writtenAs: name) { return plan.dialect = dialect }
        error(
            node, "there is no dialect '\(name.shown)'" + Self.meant(name, names), token: name)
    }

    private mutating func readIncludes(_ node: PlanNode) {
        let wanted = "a list of folders in quotes: include = [\"lib\"]"
        guard let items = node.items else {
            return error(node, "include is \(wanted), not \(node.kindName)")
        }
        for item in items {
            guard plan.includePaths.count < Limits.includes else {
                return error(item, "more than \(Limits.includes) folders: leave some out")
            }
            if let path = path(item, "include", wanted) { plan.includePaths.append(path) }
        }
    }

    // MARK: Messages

    mutating func say(
        _ severity: Diagnostic.Severity, _ place: TOMLPlaces.Place,
        _ message: @autoclosure () -> String, token: String?
    ) {
        if plan.problems.count >= Limits.problems {
            // What keeps a plan from being drawn must not be hidden behind what is only worth a word.
            guard severity == .error,
                let last = plan.problems.lastIndex(where: { $0.severity == .warning })
            else { return }
            plan.problems.remove(at: last)
        }
        plan.problems.append(
            Diagnostic(
                severity, file: file, line: place.line, column: place.column, token: token,
                message: message()))
    }

    /// - Parameter message: made only where it is kept: what was meant is looked for among many names.
    mutating func error(
        _ node: PlanNode, _ message: @autoclosure () -> String, token: String? = nil
    ) {
        say(.error, node.place, message(), token: token)
    }

    mutating func warn(
        _ node: PlanNode, _ message: @autoclosure () -> String, token: String? = nil
    ) {
        say(.warning, node.place, message(), token: token)
    }

    /// Warns of a key that nothing here reads.
    mutating func unknown(_ entry: PlanNode.Entry, _ names: [String], in what: String) {
        guard plan.problems.count < Limits.problems else { return }
        let meant = Nearest.match(entry.key, among: names).map { "did you mean '\($0)'?" }
        warn(
            entry.node,
            "\(what) has no key '\(entry.key.shown)': "
                + (meant ?? "there are \(names.joined(separator: ", "))"), token: entry.key)
    }

    /// `; did you mean 'x'?`, or which there are.
    static func meant(_ name: String, _ names: [String]) -> String {
        Nearest.match(name, among: names).map { "; did you mean '\($0)'?" }
            ?? "; there are \(names.joined(separator: ", "))"
    }

    // MARK: Places

    /// Notes where a thing is said, for messages of those who know the sketch's texts.
    mutating func note(_ name: String, _ node: PlanNode) {
        plan.places[name] = SourcePlace(file: file, line: node.place.line)
    }

    func place(_ node: PlanNode) -> SourcePlace { SourcePlace(file: file, line: node.place.line) }

    mutating func change(_ change: (inout SketchPlan) -> Void) { change(&plan) }
}

extension SketchPlan {
    /// The most bytes of a `sketch.toml`: it is read on each key that is typed in it.
    static let mostBytes = 64 << 10
}

extension String {
    /// A name out of a text as a message shows it.
    var shown: String { count > 40 ? prefix(40) + "…" : self }
}
