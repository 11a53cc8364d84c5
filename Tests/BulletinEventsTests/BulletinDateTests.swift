import BulletinEvents
import Testing

@Suite struct BulletinDateTests {
    @Test(arguments: ["2020-10-17", "--10-17", "--02-29", "2024-02-29", "0001-01-01"])
    func readsWhatItWrites(text: String) {
        #expect(BulletinDate(text)?.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "2020-13-01", "2020-00-10", "2020-10-32", "2020-1-1", "20-10-17", "--13-01", "2020/10/17", "",
        "2020-10-17 ", "二〇二〇-10-17", "0000-01-01", "-10-17", "２０２０-10-17",
    ])
    func refusesWhatIsNoDay(text: String) {
        #expect(BulletinDate(text) == nil)
    }
}
