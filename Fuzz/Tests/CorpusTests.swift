import Foundation
import Testing

/// What fuzzing found once does no harm again: each file of a corpus goes through what it was found in.
struct CorpusTests {
    @Test("the corpus is harmless", arguments: FuzzTarget.allCases)
    func corpus(_ target: FuzzTarget) throws {
        let folder = try #require(Bundle.module.resourceURL).appending(
            path: "Corpus/\(target.rawValue)")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(bytes) }
        }
    }
}
