import HTTPServer
import VendorKit

/// What Sensay has beside users. (Evidence: vendor, the operation pages and the client generated from the schema.)
let unservedPaths: [UnservedPath] = [
    UnservedPath("/v1/users/me/usage", .get), UnservedPath("/v1/replicas/*"), UnservedPath("/v1/knowledge-base/*"),
    UnservedPath("/v1/training/*"), UnservedPath("/v1/experimental/*"), UnservedPath("/v1/api-keys/*"),
    UnservedPath("/schema/*", .get),
]
