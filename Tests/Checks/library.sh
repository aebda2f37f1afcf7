#!/usr/bin/env bash
# Lets a package outside this one use the library: it depends on it by path and runs the README's example, which is
# Tests/UnderstudyTests/ExampleTests.swift.
# Usage: library.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
package=$root/.build/library
mkdir -p "$package/Tests/OutsideTests"
cp "$root/Tests/UnderstudyTests/ExampleTests.swift" "$package/Tests/OutsideTests/"
# A package that is found by its path is known by the last part of it.
name=$(basename "$root" | tr '[:upper:]' '[:lower:]')
cat >"$package/Package.swift" <<END
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "outside",
    dependencies: [.package(path: "$root")],
    targets: [.testTarget(name: "OutsideTests", dependencies: [.product(name: "Understudy", package: "$name")])]
)
END
echo "library: building a package that depends on this one" >&2
# In this package's own build folder: a module that `make test` has compiled in the same way is not compiled again.
place=(--package-path "$package" --scratch-path "$root/.build")
swift build "${place[@]}" --build-tests --quiet
swift test "${place[@]}" --skip-build --disable-xctest
