import CEpoxy
import GLSL

/// Which storage buffers a program needs, and where its stages look for each.
///
/// A block that a plan names is that plan's buffer in every stage and pass, whatever its binding is: it gets one of its
/// own. Blocks that nothing names meet by their bindings, as GL has it.
struct BufferNeeds {
    private(set) var buffers: [StateNeeds.Buffer] = []
    /// Where blocks look for their buffers that a plan names, by name.
    private(set) var places: [String: Int] = [:]
    /// Why the program cannot have them, in words.
    private(set) var problem: String?

    init(_ passes: [LoadedPass], _ plans: [BufferPlan]) {
        let programs = passes.flatMap(\.programs)
        let blocks = programs.flatMap(\.storage)
        var captures: [String: CaptureLayout] = [:]
        for capture in passes.compactMap(\.capture) { captures[capture.plan.buffer] = capture }
        var named = Dictionary(plans.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for (name, capture) in captures where named[name] == nil {
            named[name] = BufferPlan(name: name, bytes: capture.defaultBytes)
        }
        for name in Set(passes.flatMap(\.bufferNames)) where named[name] == nil {
            // Arguments of an indirect draw, say: a block of that name, or nothing that was ever written.
            if blocks.contains(where: { $0.name == name }) {
                named[name] = BufferPlan(name: name, bytes: 0)
            }
        }
        addUnnamed(blocks.filter { named[$0.name] == nil })
        var taken = Set(buffers.compactMap(\.binding) + passes.flatMap(\.guardBindings))
        var limit: GLint = 8
        glGetIntegerv(GLenum(GL_MAX_SHADER_STORAGE_BUFFER_BINDINGS), &limit)
        for (name, plan) in named.sorted(by: { $0.key < $1.key }) {
            let its = blocks.filter { $0.name == name }
            var binding: Int?
            if let first = its.first {
                let wanted = taken.contains(first.binding) ? nil : first.binding
                guard let free = wanted ?? (0..<Int(limit)).first(where: { !taken.contains($0) })
                else {
                    problem =
                        "The program has more storage buffers than the \(limit) that this driver "
                        + "binds at once; \(name) is one too many."
                    return
                }
                taken.insert(free)
                binding = free
                places[name] = free
            }
            var layout = FNV()
            for hash in Set(its.map(\.layout)).sorted() { layout.add("\(name) \(hash)") }
            if let capture = captures[name] { layout.add(capture.words) }
            let least = its.map { plan.bytes > 0 ? $0.fixedBytes : $0.bytes }.max() ?? 4
            buffers.append(
                .init(
                    key: StateKey(
                        kind: .buffer, name: name, layout: layout.value,
                        bytes: max(plan.bytes, least, 4)), names: [name], binding: binding,
                    life: plan.life, isCaptured: captures[name] != nil))
        }
    }

    private mutating func addUnnamed(_ blocks: [StorageBlock]) {
        // Stages are programs of their own where one is a compute stage: they meet in a block by its binding.
        let groups = Dictionary(grouping: Set(blocks), by: \.binding)
        buffers = groups.sorted { $0.key < $1.key }.map { binding, blocks in
            let sorted = blocks.sorted { ($0.name, $0.layout) < ($1.name, $1.layout) }
            var layout = FNV()
            for block in sorted { layout.add("\(block.name) \(block.layout)") }
            var names: [String] = []
            for block in sorted where !names.contains(block.name) { names.append(block.name) }
            return .init(
                key: StateKey(
                    kind: .buffer, name: names.joined(separator: "+"), layout: layout.value,
                    bytes: blocks.map(\.bytes).max() ?? 4), names: Set(names), binding: binding)
        }
    }
}
