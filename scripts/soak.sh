#!/usr/bin/env bash
# Mixed traffic for a while: an ingestor, two indexers and queries, with a report of throughput, latencies, memory and file
# descriptors over time (report.json, report.md, report.png), and a check that everything accepted can be found.
#
#   scripts/soak.sh [--minutes N] [--rate N] [--binaries DIR] [--output DIR]
#     --minutes N      how long (30)
#     --rate N         documents a second (20)
#     --binaries DIR   programs that are built already (those of `swift build`)
#     --output DIR     where the report goes (soak/)
#
# Against the embedded broker, or with BULLETINS_TEST_BOOTSTRAP=host:port against yours, in topics of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

minutes=30 rate=20 binaries='' output=soak
while [ $# -gt 0 ]; do
    case "$1" in
        --minutes) minutes=$2; shift 2 ;;
        --rate) rate=$2; shift 2 ;;
        --binaries) binaries=$2; shift 2 ;;
        --output) output=$2; shift 2 ;;
        -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
install_packages python3 python3-venv
binaries=${binaries:-${BULLETINS_TEST_BIN:-$(swift build --show-bin-path)}}
venv=${XDG_CACHE_HOME:-$HOME/.cache}/bulletins/soak-1
if ! "$venv/bin/python" -c 'import matplotlib' 2>/dev/null; then
    say "installing matplotlib"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet matplotlib || fail "matplotlib cannot be installed from PyPI"
fi
exec "$venv/bin/python" scripts/lib/soak.py --bin "$binaries" --minutes "$minutes" --rate "$rate" --output "$output"
