import HTTPServer

/// Where a request leads.
enum Route {
    /// To an operation of a vendor; `path` is the vendor's own.
    case operation(any Vendor, Operation, path: String, parameters: [String])
    /// To a vendor that has no such path.
    case noSuchPath(any Vendor, path: String)
    /// To a vendor's path that is not served here.
    case unserved(any Vendor, path: String)
    /// To a vendor's path that has other methods.
    case wrongMethod(any Vendor, path: String, allowed: [Method])
    /// To a vendor's path, asking what may be done there.
    case options(any Vendor, allowed: [Method])
    /// To several vendors at once, or to none that can be told.
    case undecided(among: [any Vendor], marked: [any Vendor])
    /// To no vendor.
    case outside
}
