import Foundation

/// A folder of its own for one test, removed when the test is over.
final class ScratchFolder: Sendable {
    private let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/understudy-sqlite-" + UUID().uuidString
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in it.
    func file(_ name: String) -> String {
        path + "/" + name
    }
}
