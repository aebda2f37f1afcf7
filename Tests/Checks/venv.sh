#!/usr/bin/env bash
# Makes a virtual environment of Python with the packages of a list, anew when the list has changed.
# Usage: venv.sh REQUIREMENTS FOLDER
set -euo pipefail
requirements=$1 folder=$2
if cmp -s "$requirements" "$folder/installed.txt" && "$folder/bin/python" -c '' 2>/dev/null; then exit 0; fi

# Debian keeps the part of Python that makes virtual environments in a package of its own.
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    bash "$(dirname "$0")/dependencies.sh" python3-venv "$folder/no-such-file"
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "The packages of $requirements need Python 3.11 or newer; this is $(python3 --version)." >&2
    exit 1
fi
echo "Installing $(grep -c '^[^#]' "$requirements") packages into $folder ..." >&2
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r "$requirements"
cp "$requirements" "$folder/installed.txt"
