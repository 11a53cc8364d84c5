#!/usr/bin/env bash
# Feeds made-up input to decoding, repair and parsing with libFuzzer, under AddressSanitizer where the toolchain has it.
# With --target search, made-up queries to the search of a small read model.
#
#   scripts/fuzz.sh [--seconds N] [--corpus DIR] [--jobs N]     60 seconds and .build-fuzz/corpus-bulletin unless told
#   scripts/fuzz.sh --seed N …                                  the same choices each time, for a run that can be repeated
#   scripts/fuzz.sh --target search …                           the search instead of the parser
#   scripts/fuzz.sh FILE…                                       runs these inputs only, for instance a crash
#
# What it finds lies in .build-fuzz/findings-bulletin (or -search), one file for each crash, hang or slow input.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

seconds=60 corpus= jobs=1 seed=0 target=bulletin files=()
while [ $# -gt 0 ]; do
    case "$1" in
        -h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --seconds) seconds=${2:?--seconds takes a number}; shift 2 ;;
        --corpus) corpus=${2:?--corpus takes a folder}; shift 2 ;;
        --jobs) jobs=${2:?--jobs takes a number}; shift 2 ;;
        --seed) seed=${2:?--seed takes a number}; shift 2 ;;
        --target) target=${2:?--target takes bulletin or search}; shift 2 ;;
        -*) fail "unknown option $1: see scripts/fuzz.sh --help" ;;
        *) files+=("$1"); shift ;;
    esac
done
[[ $seconds =~ ^[0-9]+$ && $seed =~ ^[0-9]+$ && $jobs =~ ^[1-9][0-9]*$ ]] ||
    fail "--seconds, --seed and --jobs take whole numbers"

case $target in
    bulletin) seeds=(Fuzzing/seeds Examples) longest=16384 ;;
    # A query is a line or two.
    search) seeds=(Fuzzing/search-seeds) longest=512 ;;
    *) fail "--target takes bulletin or search, not '$target'" ;;
esac
corpus=${corpus:-.build-fuzz/corpus-$target}

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
build=(swift build --scratch-path .build-fuzz -c release --product "$target-fuzzer"
    -Xswiftc "-sanitize=$sanitizers" -Xswiftc -use-ld=lld)
"${build[@]}"
fuzzer=$("${build[@]}" --show-bin-path)/$target-fuzzer

# The read model that is searched.
export TMPDIR=$PWD/.build-fuzz/tmp
rm -rf "$TMPDIR" && mkdir "$TMPDIR"
# The mock broker and libxml2 keep what they allocate once; leaks are looked for in the C wrappers' own tests.
export ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS:-} SWIFT_BACKTRACE=enable=no
if [ ${#files[@]} -gt 0 ]; then exec "$fuzzer" "${files[@]}"; fi

findings=.build-fuzz/findings-$target
mkdir -p "$corpus" "$findings"
say "fuzzing for $seconds s"
# Seed 0 is a new one each time.
options=(-seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=$longest -dict=Fuzzing/$target.dict
    -artifact_prefix="$findings/" -print_final_stats=1 -verbosity=1)
[ "$jobs" -gt 1 ] && options+=(-fork="$jobs")
"$fuzzer" "${options[@]}" "$corpus" "${seeds[@]}"
