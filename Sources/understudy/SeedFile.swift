import Admin
import Glibc
import VendorKit

/// A file of users to begin with.
struct SeedFile {
    /// The file that `serve` takes when none is named and this one is in the current folder.
    static let standard = "understudy.json"

    /// The name of the file, as it was given.
    let name: String

    /// The file that was named, or else the usual one, if it is there.
    static func chosen(_ name: String?) -> SeedFile? {
        if let name { return SeedFile(name: name) }
        return unsafe access(standard, F_OK) == 0 ? SeedFile(name: standard) : nil
    }

    /// Reads the seed and checks its shape.
    ///
    /// - Throws: what is wrong, each with the file's name.
    func read(for vendors: [any Vendor]) throws(SeedFileError) -> Seed {
        let bytes = try bytes()
        do throws(SeedError) {
            return try Seed(bytes, for: vendors)
        } catch {
            throw named(error)
        }
    }

    /// The command `validate FILE`: tells everything that is wrong with a seed.
    ///
    /// - Returns: the exit code: 0 when nothing is.
    static func validate(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        guard let name = arguments.first, !name.hasPrefix("-") else {
            throw UsageError("'validate' needs the file of a seed: understudy validate \(standard)")
        }
        _ = try Arguments(Array(arguments.dropFirst()), flags: [], environment: environment)
        let file = SeedFile(name: name)
        let problems: [String]
        do throws(SeedFileError) {
            problems = Seed.problems(in: try file.bytes(), for: Vendors.standard).map { "\(name): \($0)" }
        } catch {
            problems = error.problems
        }
        for problem in problems { Output.error.write("understudy: \(problem)\n") }
        if problems.isEmpty { Output.standard.write("ok\n") }
        return problems.isEmpty ? 0 : 1
    }

    private func bytes() throws(SeedFileError) -> [UInt8] {
        let descriptor = unsafe open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable() }
            if count == 0 { return bytes }
            bytes += part[..<count]
        }
    }

    private func unreadable() -> SeedFileError {
        SeedFileError(problems: ["\(name): cannot be read: \(unsafe String(cString: strerror(errno)))"])
    }

    /// What is wrong with the seed, with the file's name.
    func named(_ error: SeedError) -> SeedFileError {
        SeedFileError(problems: error.problems.map { "\(name): \($0)" })
    }
}

/// What is wrong with a seed's file, each with its name and the place in it.
struct SeedFileError: Error {
    let problems: [String]
}
