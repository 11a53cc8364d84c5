#!/usr/bin/env bash
# Feeds made-up input to decoding, repair and parsing with libFuzzer, under AddressSanitizer where the toolchain has it.
#
#   scripts/fuzz.sh [--seconds N] [--corpus DIR] [--jobs N]     60 seconds and .build-fuzz/corpus unless told
#   scripts/fuzz.sh --seed N …                                  the same choices each time, for a run that can be repeated
#   scripts/fuzz.sh FILE…                                       runs these inputs only, for instance a crash
#
# What it finds lies in .build-fuzz/findings, one file for each crash, hang or slow input.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

seconds=60 corpus=.build-fuzz/corpus jobs=1 seed=0 files=()
while [ $# -gt 0 ]; do
    case "$1" in
        -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --seconds) seconds=${2:?--seconds takes a number}; shift 2 ;;
        --corpus) corpus=${2:?--corpus takes a folder}; shift 2 ;;
        --jobs) jobs=${2:?--jobs takes a number}; shift 2 ;;
        --seed) seed=${2:?--seed takes a number}; shift 2 ;;
        -*) fail "unknown option $1: see scripts/fuzz.sh --help" ;;
        *) files+=("$1"); shift ;;
    esac
done
[[ $seconds =~ ^[0-9]+$ && $seed =~ ^[0-9]+$ && $jobs =~ ^[1-9][0-9]*$ ]] ||
    fail "--seconds, --seed and --jobs take whole numbers"

install_packages "${build_packages[@]}"
require_swift
sanitizers=fuzzer,address
runtime=$(dirname "$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')")/clang
[ -n "$(find -L "$runtime" -name 'libclang_rt.asan-*.a' -print -quit 2>/dev/null)" ] || {
    say "this toolchain has no AddressSanitizer: fuzzing without it"
    sanitizers=fuzzer
}
say "building the fuzz target (-sanitize=$sanitizers)"
export BULLETINS_FUZZING=1
build=(swift build --scratch-path .build-fuzz -c release --product bulletin-fuzzer
    -Xswiftc "-sanitize=$sanitizers" -Xswiftc -use-ld=lld)
"${build[@]}"
fuzzer=$("${build[@]}" --show-bin-path)/bulletin-fuzzer

# The mock broker and libxml2 keep what they allocate once; leaks are looked for in the C wrappers' own tests.
export ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS:-} SWIFT_BACKTRACE=enable=no
if [ ${#files[@]} -gt 0 ]; then exec "$fuzzer" "${files[@]}"; fi

findings=.build-fuzz/findings
mkdir -p "$corpus" "$findings"
say "fuzzing for $seconds s"
# Seed 0 is a new one each time.
options=(-seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -dict=Fuzzing/bulletins.dict
    -artifact_prefix="$findings/" -print_final_stats=1 -verbosity=1)
[ "$jobs" -gt 1 ] && options+=(-fork="$jobs")
"$fuzzer" "${options[@]}" "$corpus" Fuzzing/seeds Examples
