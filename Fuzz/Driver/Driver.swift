import Glibc

/// The target to try, by the environment, which libFuzzer leaves alone.
private let target: FuzzTarget = {
    let name = getenv("PHOSPHOR_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        fatalError("PHOSPHOR_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
    }
    return target
}()

/// What libFuzzer calls with each input it makes (llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do { try target.run(Array(UnsafeBufferPointer(start: bytes, count: count))) } catch {
        fatalError("\(error)")
    }
    return 0
}
