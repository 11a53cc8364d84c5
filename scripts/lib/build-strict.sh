#!/usr/bin/env bash
# Builds everything and fails if a file of this package gives a warning; those of dependencies are theirs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build --build-tests 2>&1 | tee "$log" | grep -vE '^\[[0-9]+/[0-9]+\]' || true
[ "${PIPESTATUS[0]}" -eq 0 ] || exit 1
# SwiftPM names a package by its folder.
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]')
if grep -E "^$PWD/(Sources|Tests)/.*: warning:|^warning: '$package': .*(unhandled|unused)" "$log"; then
    echo "error: warnings in this package (above)" >&2
    exit 1
fi
