#!/usr/bin/env bash
# From a fresh Debian 12 machine with Swift to answers: installs what is missing, builds, takes bulletins in, asks.
#
#   scripts/quickstart.sh [PATH…]     files and folders of bulletins (default: Examples/); data stays in ./data
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

case "${1:-}" in -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;; esac

install_packages "${build_packages[@]}"
require_swift
say "building (the first time takes some minutes)"
swift build -c release --static-swift-stdlib --product bulletins
swift build -c release --static-swift-stdlib --product bulletin-ingestor
swift build -c release --static-swift-stdlib --product bulletin-indexer
bin=$(swift build -c release --static-swift-stdlib --show-bin-path)
mkdir -p data/bin
for name in bulletins bulletin-ingestor bulletin-indexer; do ln -sfn "$bin/$name" "data/bin/$name"; done
export PATH="$PWD/data/bin:$PATH"

# ask COMMAND…: shows a command as a person would type it, and its answer.
ask() {
    local word
    printf '\n$ bulletins'
    # No word of these questions needs quotes; %q and @Q would write Chinese as octal numbers in the C locale.
    for word in "$@"; do printf ' %s' "$word"; done
    printf '\n'
    bulletins "$@"
}

[ $# -gt 0 ] || set -- Examples
say "indexing $*"
status=0
bulletins up --data-dir data "$@" || status=$?

printf '\nWhat was indexed:\n'
ask stats --format table
# An organisation that these bulletins told to act: a name which they can answer to.
organization=$(bulletins organizations --limit 50 --format ndjson 2>/dev/null |
    sed -n '/"collective":false/ { /"directives":0/! s/.*"name":"\([^" ]*\)".*/\1/p }' | head -1 || true)
printf '\nThree questions, each as you can type it:\n'
ask search "${organization:-会议}" --limit 3 --format table
ask directives --organization "${organization:-会议}" --limit 3 --format table
ask people --limit 5 --format table
printf '\nTo go on:  export PATH="%s:$PATH"; bulletins --help\n' "$PWD/data/bin"
exit "$status"
