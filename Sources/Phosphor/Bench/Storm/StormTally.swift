import FoundationEssentials

/// A storm's figures so far, which a file keeps so that an interrupted storm can be gone on with.
struct StormTally: Codable {
    var seed: UInt64
    var deadlineScale: Double
    /// The next program.
    var next = 0
    var hostile = Intervals()
    var quiet = Intervals()
    /// How often which verdict came, by source.
    var verdicts: [String: [String: Int]] = [:]
    var frontDeaths = 0
    var backDeaths = 0
    var recoveries: [Double] = []
    var slowRecoveries: [Double] = []
    var backEffects: [Double] = []
    /// Programs that took the host down, that it did not get over in time, and after which the picture stood still.
    var crashes: [Int] = []
    var hangs: [Int] = []
    var stuck: [Int] = []
    var textMegabytes = 0.0
    var seconds = 0.0

    /// Takes in what became of a program.
    mutating func add(_ record: StormRecord) {
        hostile.add(record.frames)
        verdicts[record.source, default: [:]][record.verdict, default: 0] += 1
        frontDeaths += record.frontDeaths
        backDeaths += record.backDeaths
        recoveries += record.recoveries
        slowRecoveries += record.slowRecoveries
        backEffects += record.backEffects
        if record.isStuck { stuck.append(record.index) }
        textMegabytes += Double(record.textBytes) / 1e6
        seconds += record.seconds
    }

    /// Goes on with the storm of a file, where there is one; it must be the same storm.
    static func resume(_ path: String?, _ options: StormOptions) throws -> StormTally {
        let fresh = StormTally(seed: options.seed, deadlineScale: options.deadlineScale)
        guard let path, AtomicFile.stamp(Folders.absolute(path)) != nil else { return fresh }
        do {
            let bytes = try AtomicFile.read(Folders.absolute(path))
            let tally = try JSONDecoder().decode(StormTally.self, from: Data(bytes))
            guard tally.seed == fresh.seed, tally.deadlineScale == fresh.deadlineScale else {
                throw Failure(
                    "\(path) is of seed \(tally.seed) with a deadline scale of \(tally.deadlineScale). Give those, "
                        + "or another file.")
            }
            return tally
        } catch let error as DecodingError {
            throw Failure("\(path) is not the file of a storm: \(error)")
        }
    }

    func save(_ path: String?) throws {
        guard let path else { return }
        try AtomicFile.write(Array(JSONEncoder().encode(self)), to: Folders.absolute(path))
    }
}
