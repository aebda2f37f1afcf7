import Testing

@testable import UserStore

struct StoreLocationTests {
    /// SQLite reads some names as something else than a file's (https://sqlite.org/uri.html).
    @Test(arguments: [
        (":memory:", "./:memory:"), ("", "./"), ("file:x?mode=memory", "./file:x?mode=memory"),
        ("a/file:b", "a/file:b"), ("store.sqlite", "store.sqlite"),
    ])
    func `a file is the file of that name, whatever SQLite makes of it`(name: String, path: String) {
        #expect(StoreLocation.file(name).path == path)
    }
}
