import GLSL
import TestSupport
import Testing

private let known: [String: Double] = ["blur": 3, "count": 32]

private func size(_ text: String) throws -> Double {
    try SizeExpression.parse(text, values: Set(known.keys))
        .value(width: 640, height: 360) { known[$0] }
}

@Test(arguments: [
    ("64", 64.0), ("$WIDTH", 640), ("$WIDTH/2", 320), ("floor($HEIGHT*0.25)", 90),
    ("max($WIDTH,64)", 640), ("min( $WIDTH , $HEIGHT, 100 )", 100), ("$blur", 3), ("count", 32),
    ("WIDTH/2.0+1.", 321), ("2*($WIDTH-$HEIGHT)", 560), ("-3+5", 2), ("2**3**2", 512), ("2^3", 8),
    ("-2**2", -4), ("10%4", 2), ("pow(2, 4)", 16), ("mod(7,4)", 3), ("clamp($WIDTH, 1, 128)", 128),
    ("round(2.5)", 3), ("ceil(2.1)", 3), ("abs(-4)", 4), ("sqrt(81)", 9), ("trunc(3.9)", 3),
    ("1 - 2 - 3", -4), ("16/4/2", 2), (".5*$WIDTH", 320), ("1e2", 100), ("  $WIDTH  ", 640),
    ("floor($WIDTH/3.0)", 213), ("--4", 4),
])
func sizesAreRead(_ text: String, _ meant: Double) throws {
    #expect(try size(text) == meant)
}

@Test(arguments: [
    ("", 1), ("   ", 4), ("$WIDTH/", 8), ("($WIDTH", 8), ("$WIDTH)", 7), ("$nope", 1), ("1 2", 3),
    ("sin(3)", 1), ("floor(1,2)", 1), ("max()", 1), ("3 $WIDTH", 3), ("$", 2), ("2x", 1), ("@", 1),
    ("1 +* 2", 4), ("pow(2)", 1), ("system(\"rm\")", 8), ("floor(", 7), ("a=b", 1), ("1;2", 2),
])
func wrongSizesAreToldByColumn(_ text: String, _ column: Int) {
    #expect {
        try SizeExpression.parse(text, values: Set(known.keys))
    } throws: { error in
        let mistake = error as? SizeMistake
        return mistake?.column == column && mistake?.message.isEmpty == false
    }
}

@Test func sizesHaveLimits() {
    for text in [
        String(repeating: "(", count: 400), String(repeating: "-", count: 400) + "1",
        String(repeating: "1+", count: 600) + "1", String(repeating: "2**", count: 300) + "1",
    ] {
        #expect(throws: SizeMistake.self) { try SizeExpression.parse(text) }
    }
    // A long sum within the limit is no deep one.
    #expect(throws: Never.self) {
        try SizeExpression.parse(String(repeating: "1+", count: 400) + "1")
    }
}

/// A tree by chance, written and read again, comes to the same.
@Test(arguments: 0..<200) func sizesComeToWhatTheySay(_ seed: Int) throws {
    var random = Seeded(seed: seed)
    func tree(_ depth: Int) -> (text: String, value: Double) {
        let leaf = Int.random(in: 0..<4, using: &random)
        if depth == 0 || leaf == 0 {
            return [("7", 7.0), ("$WIDTH", 640), ("$HEIGHT", 360), ("$blur", 3), ("0.5", 0.5)]
                .randomElement(using: &random) ?? ("1", 1)
        }
        let (a, b) = (tree(depth - 1), tree(depth - 1))
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return ("(\(a.text)+\(b.text))", a.value + b.value)
        case 1: return ("(\(a.text) - \(b.text))", a.value - b.value)
        case 2: return ("(\(a.text)*\(b.text))", a.value * b.value)
        case 3: return ("max(\(a.text),\(b.text))", max(a.value, b.value))
        case 4: return ("floor( \(a.text) )", a.value.rounded(.down))
        case 5: return ("(-\(a.text))", -a.value)
        default: return ("(\(a.text)/(\(b.text)))", a.value / b.value)
        }
    }
    let (text, value) = tree(4)
    let read = try SizeExpression.parse(text, values: ["blur"])
        .value(width: 640, height: 360) { known[$0] }
    #expect(read == value || (read.isNaN && value.isNaN), "\(text)")
    let size = SizePlan(width: try SizeExpression.parse(text), height: .number(1))
        .size(width: 640, height: 360) { known[$0] }
    #expect((1...SizePlan.limit).contains(size.width))
}

@Test(arguments: 0..<200) func sizesReadWhateverComes(_ seed: Int) {
    var random = Seeded(seed: seed)
    let bits = [
        "(", ")", "$", "WIDTH", "1", ".", "e", "+", "-", "*", "/", "%", "^", ",", " ", "max(", "é",
        "\u{0}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
        text += bits.randomElement(using: &random) ?? ""
    }
    do {
        let size = SizePlan(width: try SizeExpression.parse(text), height: .number(1))
            .size(width: 640, height: 360)
        #expect((1...SizePlan.limit).contains(size.width))
    } catch {
        let mistake = error
        #expect((1...(text.utf8.count + 1)).contains(mistake.column), "\(text)")
    }
}
