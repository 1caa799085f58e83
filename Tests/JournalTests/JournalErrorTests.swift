import Journal
import Testing

@Test func errorsSayWhatHappened() {
    #expect("\(JournalError("The journal is gone."))" == "The journal is gone.")
}
