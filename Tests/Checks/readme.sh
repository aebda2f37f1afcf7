#!/usr/bin/env bash
# Checks that what README.md shows is what the server says. Usage: readme.sh BINARY
set -euo pipefail
here=$(dirname "$0")
bash "$here/dependencies.sh" python3-minimal /usr/bin/python3
bash "$here/dependencies.sh" curl /usr/bin/curl
exec python3 "$here/readme.py" "$1"
