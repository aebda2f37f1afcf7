import HTTPServer
import VendorKit

/// What Pulse has beside users and the session. (Evidence: vendor, its guides and its reference.)
let unservedPaths: [UnservedPath] = [
    UnservedPath("/users/{email}/impersonate", .post), UnservedPath("/auth/admin-force-set-password", .post),
    UnservedPath("/permissions/*"), UnservedPath("/apikeys/*"), UnservedPath("/leads/*"),
    UnservedPath("/applications/*"),
]
