import CEpoxy

/// What a program keeps from frame to frame, by what its linked passes say.
struct StateNeeds {
    /// Passes that read their own last picture, by name.
    private(set) var pictures: [String] = []
    /// One buffer a binding.
    private(set) var buffers: [(binding: Int, key: StateKey)] = []

    /// The most that one program may keep, in bytes.
    static let limit = 256 << 20

    var isEmpty: Bool { pictures.isEmpty && buffers.isEmpty }

    init() {}

    init(_ passes: [LoadedPass]) {
        pictures = passes.filter(\.keepsPicture).map(\.name)
        // Stages are programs of their own where one is a compute stage: they meet in a block by its binding.
        let blocks = Dictionary(grouping: Set(passes.flatMap(\.storage)), by: \.binding)
        buffers = blocks.sorted { $0.key < $1.key }.map { binding, blocks in
            let sorted = blocks.sorted { ($0.name, $0.layout) < ($1.name, $1.layout) }
            var layout = FNV()
            for block in sorted { layout.add("\(block.name) \(block.layout)") }
            var names: [String] = []
            for block in sorted where !names.contains(block.name) { names.append(block.name) }
            return (
                binding,
                StateKey(
                    kind: .buffer, name: names.joined(separator: "+"), layout: layout.value,
                    bytes: blocks.map(\.bytes).max() ?? 4)
            )
        }
    }

    /// Bytes that it comes to with each eye's pictures; the second of each pair left out, for it is drawn anew.
    func bytes(_ layout: SlotLayout) -> Int {
        pictures.count * layout.area * 4 + buffers.reduce(0) { $0 + $1.key.bytes }
    }
}
