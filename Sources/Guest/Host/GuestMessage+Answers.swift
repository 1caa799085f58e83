extension GuestMessage {
    /// Whether this is an answer that the job allows.
    ///
    /// A guest that says anything else has gone mad.
    func answers(_ job: GuestProcess.Job?) -> Bool {
        switch (self, job) {
        case (.contextLost, _), (.ready, .start), (.sandboxTried, .start),
            (.census, _), (.buffer, _):
            true
        case (.compiled(let revision, _, _), .trial(let asked)),
            (.compiled(let revision, _, _), .load(let asked)),
            (.compiled(let revision, _, _), .warm(let asked)),
            (.tried(let revision, _, _), .trial(let asked)),
            (.stopped(let revision, _, _), .trial(let asked)),
            (.tried(let revision, _, _), .load(let asked)),
            (.tried(let revision, _, _), .warm(let asked)),
            (.failed(let revision, _), .trial(let asked)),
            (.failed(let revision, _), .load(let asked)),
            (.failed(let revision, _), .warm(let asked)),
            (.yielded(let revision), .warm(let asked)),
            (.failed(let revision, _), .draw(let asked, _)),
            (.lint(let revision, _), .lint(let asked)):
            revision == asked
        case (.state(let revision, _, _), .restore(let asked)),
            (.state(let revision, _, _), .trial(let asked)),
            (.state(let revision, _, _), .load(let asked)),
            (.state(let revision, _, _), .warm(let asked)),
            (.state(let revision, _, _), .draw(let asked, _)),
            (.snapshot(let revision, _), .snapshot(let asked)),
            (.failed(let revision, _), .restore(let asked)):
            revision == asked
        case (.drawn(let request, _, let revision, _, _), .draw(let asked, let number)):
            revision == asked && request == number
        case (.shared(let generation, _), .share(let asked)): generation == asked
        default: false
        }
    }
}
