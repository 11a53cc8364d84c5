#!/usr/bin/env bash
# Runs every test: unit, property, golden, integration with independent clients, fault tests with kill -9.
#
#   scripts/test.sh [swift test options…]     e.g. scripts/test.sh --filter ReadModel
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

case "${1:-}" in -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;; esac

# kcat and jsonschema are the independent client and validator; sqlite3 opens the files as strangers would; jq reads what
# the documentation's examples print.
install_packages "${build_packages[@]}" kcat sqlite3 jq curl openssl python3 python3-jsonschema
require_swift
python=$(command -v python3)
if ! "$python" -c 'import jsonschema' 2>/dev/null; then
    # Another Python than Debian's is first on the PATH.
    "$python" -m pip install --quiet jsonschema 2>/dev/null || python=/usr/bin/python3
fi
export BULLETINS_TEST_PYTHON=$python

say "contract: proto-json/ against itself"
"$python" scripts/validate-contract.py
say "model of ownership and offsets"
scripts/check-models.sh
say "building"
swift build --build-tests
export BULLETINS_TEST_BIN=$(swift build --show-bin-path)
say "testing"
# All at once, the tests take each other's time, and what waits for a process waits in vain on a small machine. (Swift 6.3.)
width=--experimental-maximum-parallelization-width
swift test --help-hidden 2>/dev/null | grep -q -e "$width" && set -- "$width" $(($(nproc) * 6)) "$@"
# librdkafka's mock cluster, the embedded broker, may end its process by an assertion, and so all the tests: that run shows
# nothing, and another is made.
messages=$(mktemp)
trap 'rm -f "$messages"' EXIT
for try in 1 2; do
    status=0
    { swift test --skip-build "$@" 2>&1 >&3 3>&- | tee "$messages" >&2; } 3>&1 || status=$?
    [ "$status" != 0 ] && [ "$try" = 1 ] && grep -q 'rdkafka_mock[a-z_]*\.c:[0-9]*:.*Assertion' "$messages" || break
    say "testing once more: the embedded broker ended the tests by an assertion of librdkafka's"
done
exit "$status"
