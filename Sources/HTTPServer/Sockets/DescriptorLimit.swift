import Glibc

/// How many files and sockets this process may have open.
package enum DescriptorLimit {
    /// The limit in force (RLIMIT_NOFILE).
    package static var current: Int { limits().map { Int(clamping: $0.rlim_cur) } ?? 0 }

    /// Raises the limit to `wanted`, or as far as the system lets it.
    ///
    /// - Returns: The limit in force afterwards, for the caller to say when it is less than it needs.
    @discardableResult
    package static func raise(to wanted: Int) -> Int {
        guard var limits = limits(), limits.rlim_cur < rlim_t(wanted) else { return current }
        limits.rlim_cur = min(rlim_t(wanted), limits.rlim_max)
        _ = systemCall { unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) }
        return current
    }

    private static func limits() -> rlimit? {
        var limits = rlimit()
        let result = systemCall { unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) }
        if case .value = result { return limits }
        return nil
    }
}
