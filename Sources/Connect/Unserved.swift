import VendorKit

/// What Connect has beside users. (Evidence: vendor, the groups of its API reference; where a page shows no path it is
/// the group's name, as it is for those that show one.)
let unservedPaths: [UnservedPath] = [
    UnservedPath("/customers/*"), UnservedPath("/subscriptions/*"), UnservedPath("/subscription-addons/*"),
    UnservedPath("/orders/*"), UnservedPath("/product-offerings/*"), UnservedPath("/licenses/*"),
]
