#!/usr/bin/env bash
# Installs a Debian package when a file of it is missing and this user may; otherwise says the one command that does.
# Usage: dependencies.sh PACKAGE FILE
set -euo pipefail
package=$1 file=$2
[ -e "$file" ] && exit 0
if ! command -v apt-get >/dev/null; then
    echo "Understudy needs $package (the file $file). Install it with your system's package manager." >&2
    exit 1
fi
sudo=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
        echo "Understudy needs $package. Install it with:  sudo apt-get install -y $package" >&2
        exit 1
    fi
    sudo=sudo
fi
echo "Installing $package ..." >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "$package"; } >"$log" 2>&1; then
    tail -5 "$log" >&2
    echo "Could not install $package. Try:  apt-get update && apt-get install -y $package" >&2
    exit 1
fi
rm -f "$log"
