/// Writes what the guard puts into one stage's text.
struct GuardWriter {
    let source: GuardSource
    let stage: Stage
    let names: GuardNames
    let limit: Int
    var edits = GuardEdits()
    private(set) var channel = GuardReport.Channel.silent
    private(set) var renamesMain = false
    private var declarations = ""

    init(source: GuardSource, stage: Stage, names: GuardNames, limit: Int) {
        (self.source, self.stage, self.names, self.limit) = (source, stage, names, limit)
    }

    private var isES: Bool { source.version.isES }

    // MARK: Counting

    /// Makes one loop count.
    ///
    /// A loop that is known to end notes its number with a minus: one around it that passes the limit next is to blame.
    mutating func count(_ form: StageGuard.Site.Form, number: Int, isBounded: Bool) {
        let (c, n) = (names.counter, names.tripped)
        switch form {
        case .body(let offset):
            // No blank where none is needed: drivers count a run of them as one, and columns would shift.
            let isGlued =
                offset < source.bytes.count && !Byte.isBlank(source.bytes[offset])
                && source.bytes[offset] != 0x7B
            edits.insert(
                "if(++\(c)>\(limit)){if(\(n)\(isBounded ? "==0" : "<1"))\(n)=\(isBounded ? -number : number);break;}else\(isGlued ? " " : "")",
                at: offset)
        case .condition(let start, let end):
            edits.insert(condition(number) + "&&(", at: start)
            edits.insert(")", at: end)
        case .macroCondition(let start, let end):
            edits.insert("(" + condition(number) + "&&", at: start)
            edits.insert(")", at: end)
        }
    }

    /// True while rounds are left; notes the loop's number in the one round that is too many.
    private func condition(_ number: Int) -> String {
        let (c, n) = (names.counter, names.tripped)
        return "(\(n)=++\(c)>\(limit)&&\(n)<1?\(number):\(n),\(c)<=\(limit))"
    }

    /// Adds a loop's rounds to the counter where it gives its variable the first value.
    mutating func charge(_ rounds: Int, before start: Range<Int>) {
        edits.insert("(\(names.counter)+=\(rounds),", at: start.lowerBound)
        edits.insert(")", at: start.upperBound)
    }

    /// Declares counter and report before the byte at an offset.
    mutating func declare(at offset: Int) {
        let int = isES ? "highp int" : "int"
        edits.insertFirst(
            "\(int) \(names.counter)=0;\(int) \(names.tripped)=0;\(declarations)", at: offset)
    }

    // MARK: Reporting

    /// Decides how the stage tells, and wraps its `main` accordingly.
    mutating func chooseChannel() {
        guard !redefines("void", "main", "discard", "return") else { return }
        guard let binding = names.binding, let storage = storageChannel(),
            !redefines("buffer", "layout", "std430", "binding", "uint")
        else { return replay() }
        let report =
            "layout(std430,binding=\(binding))buffer \(names.buffer){\(isES ? "highp " : "")uint "
            + "\(names.report)[6];};"
            + "void \(names.write)(){if(\(names.tripped)!=0)"
            + "\(names.report)[\(stage.order)]=uint(\(names.tripped)<0?-\(names.tripped):\(names.tripped));}"
        guard finish(calling: "\(names.write)();") else { return }
        declarations = report
        if !storage.extensionLine.isEmpty, let offset = source.spareOffset {
            edits.insert(storage.extensionLine, at: offset)
        }
        // What is discarded does not come to main's end.
        discards(before: "{\(names.write)();", after: "}")
        channel = .storage(binding: binding)
    }

    /// Whether a macro gives one of these words another meaning: then no report is made of it.
    private func redefines(_ words: String...) -> Bool {
        source.macros.contains { words.contains($0.name) }
    }

    /// The line that makes storage buffers known, empty where the language has them; nil where there are none.
    private func storageChannel() -> (extensionLine: String, isNew: Bool)? {
        let version = source.version
        if isES { return version.number >= 310 ? ("", false) : nil }
        if version.number >= 430 { return ("", false) }
        guard version.number >= 140, source.spareOffset != nil else { return nil }
        return ("#extension GL_ARB_shader_storage_buffer_object:enable ", true)
    }

    /// Makes a fragment stage's colour tell, where that is asked for.
    private mutating func replay() {
        guard stage == .fragment, !names.usesReplayName,
            !redefines("uniform", "float", "vec4"), let output = output()
        else { return }
        let (n, asked) = (names.tripped, GuardNames.replay)
        let m = "(\(n)<0?-\(n):\(n))"
        let color =
            "vec4(float(\(m)-\(m)/256*256)/255.0,float(\(m)/256)/255.0,165.0/255.0,1.0)"
        guard finish(calling: "if(\(asked)==1)\(output)=\(n)==0?vec4(0.0):\(color);") else {
            return
        }
        declarations = "uniform \(isES ? "highp " : "")int \(asked);"
        discards(before: "{if(\(asked)==0||\(n)==0)", after: "}")
        channel = .replay
    }

    /// The variable that is the fragment stage's first colour; nil where it is no `vec4`.
    private func output() -> String? {
        let outline = SourceOutline(String(decoding: source.bytes, as: UTF8.self))
        if !(source.version.number == 100 || source.version.number < 130) {
            let outputs = outline.globals.filter { $0.qualifiers.contains("out") }
            let first =
                outputs.first {
                    $0.layout?.filter { $0 != " " }.contains("location=0") ?? false
                } ?? outputs.first
            if let first {
                guard first.type == "vec4" else { return nil }
                return first.name + (first.isArray ? "[0]" : "")
            }
        }
        if outline.mentions("gl_FragData") { return "gl_FragData[0]" }
        return outline.mentions("gl_FragColor") ? "gl_FragColor" : nil
    }

    private mutating func discards(before: String, after: String) {
        guard stage == .fragment else { return }
        for items in [source.code] + source.macros.map(\.body) {
            for index in items.indices
            where items[index].word == .discard && index + 1 < items.count
                && items[index + 1].word == .semicolon
            {
                edits.insert(before, at: items[index].range.lowerBound)
                edits.insert(after, at: items[index + 1].range.upperBound)
            }
        }
    }

    /// Has something done when `main` is over, however it ends; false where no `main` is found.
    private mutating func finish(calling call: String) -> Bool {
        let streams = [source.code] + source.macros.map(\.body)
        // Only a `main` itself may wait for the other invocations there, so it must stay what it is.
        if stage == .tessellationControl, streams.joined().contains(where: isBarrier) {
            return finishInside(calling: call)
        }
        var wrapped = false
        var mains: [Range<Int>] = []
        for items in streams {
            for index in items.indices
            where items[index].word == .name && source.item(items[index], is: "main") {
                mains.append(items[index].range)
                guard let end = definition(items, index), end >= 0 else { continue }
                let start = items[index - 1].range.lowerBound
                edits.insert(
                    "void \(names.main)();void main(){\(names.main)();\(call)}", at: start)
                wrapped = true
            }
        }
        guard wrapped else { return false }
        for range in mains { edits.replace(range, with: names.main) }
        renamesMain = true
        return true
    }

    private func isBarrier(_ item: GuardSource.Item) -> Bool {
        item.word == .name && source.item(item, is: "barrier")
    }

    /// The closing parenthesis of the `main` that is defined at an index; nil for no definition.
    private func definition(_ items: [GuardSource.Item], _ index: Int) -> Int? {
        guard index > 0, source.item(items[index - 1], is: "void"), index + 1 < items.count,
            items[index + 1].word == .open, items[index + 1].match > 0
        else { return nil }
        let close = Int(items[index + 1].match)
        if close + 1 < items.count, items[close + 1].word == .semicolon { return nil }
        return close
    }

    private mutating func finishInside(calling call: String) -> Bool {
        let items = source.code
        for index in items.indices
        where items[index].word == .name && source.item(items[index], is: "main") {
            guard let close = definition(items, index), close + 1 < items.count,
                items[close + 1].word == .openBrace, items[close + 1].match > 0
            else { continue }
            let end = Int(items[close + 1].match)
            for place in (close + 2)..<end
            where items[place].word == .returns && items[place + 1].word == .semicolon {
                edits.insert("{\(call)", at: items[place].range.lowerBound)
                edits.insert("}", at: items[place + 1].range.upperBound)
            }
            edits.insert(call, at: items[end].range.lowerBound)
            return true
        }
        return false
    }
}
