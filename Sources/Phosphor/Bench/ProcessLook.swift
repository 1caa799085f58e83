import CSystem
import Glibc
import Guest
import Render

/// One look at all processes: memory, descriptors and GL objects.
struct ProcessLook {
    var host: HostFigures
    var guests: [(pid: Int32, figures: HostFigures)]
    var objects: ObjectCensus
    var guestObjects: [Int32: ObjectCensus]

    /// Lets everything come to rest, then looks.
    init(_ bench: BenchHost) throws {
        let end = phosphor_now() + 1_500_000_000
        try bench.run { phosphor_now() >= end && bench.supervisor.isIdle }
        bench.supervisor.takeCensus()
        try bench.run { !bench.supervisor.censuses.isEmpty }
        let pids = bench.supervisor.statistics.pids.values.sorted()
        host = HostFigures.of(getpid())
        guests = pids.map { ($0, HostFigures.of($0)) }
        (objects, guestObjects) = (.current(), bench.supervisor.censuses)
    }

    /// Adds rows of what changed between this look and a later one.
    ///
    /// - Parameters:
    ///   - first: after how many steps this one was taken.
    ///   - steps: how many lie between the two.
    ///   - each: for how many steps the growth is told.
    func tell(
        _ bench: String, until late: ProcessLook, first: Int, steps: Int, each: Int,
        _ report: inout BenchReport
    ) {
        let ratio = Double(each) / Double(max(1, steps))
        func memory(_ who: String, _ a: HostFigures, _ b: HostFigures) {
            let growth = b.megabytes - a.megabytes
            report.add(
                bench, who,
                list: [
                    ("MB before", a.megabytes), ("MB after", b.megabytes),
                    ("%", growth / a.megabytes * 100),
                    ("MB per \(each.grouped)", growth * ratio),
                    ("descriptors before", Double(a.descriptors)), ("after", Double(b.descriptors)),
                ])
        }
        func objects(_ who: String, _ before: ObjectCensus, _ after: ObjectCensus) {
            for (when, census) in [("at \(first)", before), ("at the end", after)] {
                report.add(
                    bench, "\(who)'s GL objects, \(when)",
                    list: zip(ObjectCensus.sorts, census.counts).map { ($0, Double($1)) })
            }
        }
        func before(_ pid: Int32) -> HostFigures? { guests.first { $0.pid == pid }?.figures }
        memory("host", host, late.host)
        for (index, guest) in late.guests.enumerated() {
            if let before = before(guest.pid) {
                memory("guest \(index + 1)", before, guest.figures)
            } else {
                report.add(
                    bench, "guest \(index + 1), replaced", ["MB": guest.figures.megabytes])
            }
        }
        objects("host", self.objects, late.objects)
        for (index, guest) in late.guests.enumerated() {
            guard let before = guestObjects[guest.pid], let after = late.guestObjects[guest.pid]
            else { continue }
            objects("guest \(index + 1)", before, after)
        }
    }
}

extension Int {
    /// With a comma before each three digits.
    fileprivate var grouped: String {
        self < 1000
            ? "\(self)" : (self / 1000).grouped + "," + String(self % 1000 + 1000).dropFirst()
    }
}
