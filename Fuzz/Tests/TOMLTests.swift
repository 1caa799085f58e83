import Foundation
import TOMLKit
import TestSupport
import Testing

@testable import Phosphor

/// TOML as it is read here, held against TOMLKit, which reads it for settings.
struct TOMLTests {
    /// A value without its place.
    private enum Value: Equatable {
        case text(String)
        case whole(Int)
        case number(Double)
        case notANumber
        case flag(Bool)
        case list([Value])
        case table([String: Value])
        /// What is a value to TOMLKit alone.
        case other

        init(_ node: PlanNode) {
            switch node.content {
            case .text(let text): self = .text(text)
            case .whole(let whole): self = .whole(whole)
            case .number(let number): self = number.isNaN ? .notANumber : .number(number)
            case .flag(let flag): self = .flag(flag)
            case .list(let items): self = .list(items.map { Value($0) })
            case .table(let entries):
                var table: [String: Value] = [:]
                for entry in entries { table[entry.key] = Value(entry.node) }
                self = .table(table)
            }
        }

        init(_ value: any TOMLValueConvertible) {
            if let table = value.table {
                self.init(table: table)
            } else if let list = value.array {
                self = .list(list.map { Value($0) })
            } else if let text = value.string {
                self = .text(text)
            } else if let flag = value.bool {
                self = .flag(flag)
            } else if let whole = value.int {
                self = .whole(whole)
            } else if let number = value.double {
                self = number.isNaN ? .notANumber : .number(number)
            } else {
                self = .other
            }
        }

        init(table: TOMLTable) {
            var found: [String: Value] = [:]
            for key in table.keys { found[key] = table[key].map { Value($0) } }
            self = .table(found)
        }
    }

    /// What is TOML here is TOML there, and says the same.
    private func compare(_ text: String) {
        guard case .success(let node) = PlanNode.read(text) else { return }
        #expect(throws: Never.self, "\(text.debugDescription)") {
            let other = Value(table: try TOMLTable(string: text))
            #expect(Value(node) == other, "\(text.debugDescription)")
        }
    }

    private static let texts = [
        "\"\"", "''", #""a\tb\n\"\\\u00e9\U0001F600\b\f\r""#, #"'a\tb"'"#, "\"größe\"",
        "\"\"\"\"\"\"", "''''''", "\"\"\"\na\r\nb\n\"\"\"", "'''\r\na\\\nb'''",
        "\"\"\"a \\\n\n   b\\\\  \r\n\t\r\nc\"\"\"", "\"\"\"\"a\"\"b\"\"\"\"\"", "'''a''b'''''",
        "\"\"\"\\\n\"\"\"", "\"\"\"a\\  \n   \r\n \"\"\"",
    ]
    private static let numbers = [
        "0", "+0", "-0", "7", "-17", "1_000", "0xdead_BEEF", "0o755", "0b1101",
        "9223372036854775807", "-9223372036854775808", "0.5", "-2_0.5e+3", "1e5", "1E-7",
        "6.626e-34", "3.141592653589793", "inf", "-inf", "+nan", "nan", "0.1", "1e22",
        "123456789.123456789", "0e0", "-0.0", "true", "false",
    ]

    @Test("texts, numbers and flags of every form", arguments: texts + numbers)
    func forms(_ form: String) throws {
        guard case .success = PlanNode.read("a = \(form)\n") else {
            Issue.record("\(form) is a value")
            return
        }
        compare("a = \(form)\n")
        compare("[[b]]\nx.y = [\(form), [\(form)], {z = 1}] # c\n[b.c]\n'd e' = \(form)\n")
    }

    @Test("documents by chance", arguments: 0..<200)
    func documents(seed: Int) {
        var random = Seeded(seed: seed)
        let lines = [
            "a = 1", "a.b = 2", "[a]", "[[a]]", "[a.b]", "a = [1]", "a = {b = 1}", "[[a.b]]",
            "b.a = {c = [{a = 1}]}", "[b]", "a = [{b = 1}, 2]", "[a.b.c]", "b = []", "[[b]]",
            "a.b.c = 1.5", "a = \"x\"", "[[a.b.c]]", "\"\" = 1", "[\"\"]", "b = {}", "b = [[]]",
            "b.c.a = {}", "c.x = 1", "c = {x.y = 1, x.z = 2}",
        ]
        for _ in 0..<20 {
            let text = (0..<random.below(9)).map { _ in random.pick(lines) }
                .joined(separator: "\n")
            compare(text)
            // TOMLKit survives lines that are TOML each: what quarrels for one does so for the other.
            if case .failure(let mistake) = PlanNode.read(text) {
                #expect(throws: (any Error).self, "\(text.debugDescription): \(mistake)") {
                    _ = try TOMLTable(string: text)
                }
            }
        }
        compare(PlanWriter.text(random.plan(), comment: []))
    }

    @Test("what fuzzing found") func corpus() throws {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Corpus")
        for name in ["plans", "settings"] {
            for file in try FileManager.default.contentsOfDirectory(
                at: folder.appending(path: name), includingPropertiesForKeys: nil)
            {
                let bytes = [UInt8](try Data(contentsOf: file))
                if let text = String(validating: bytes, as: UTF8.self) { compare(text) }
            }
        }
    }
}
