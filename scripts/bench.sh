#!/usr/bin/env bash
# Measures the programs against their targets and against what people would use instead; each pair of numbers comes from
# the same minute, alternating, and is the median of at least five.
#
#   scripts/bench.sh [--quick] [--only NAME]… [--bootstrap-servers ADDRESS] [--json FILE] [--chart FILE]
#
#   --quick        one short run of each: shows that the measurements work, not how fast anything is
#   --only NAME    this measurement only, repeatable; --list names them
#   --bootstrap-servers ADDRESS   a Kafka of yours for the latency; the embedded broker's is not Kafka's
#   --json FILE    the results as JSON
#   --chart FILE   the results as a picture (PNG), where matplotlib is installed
#
# What runs beside ours needs Python packages: pip install -r Benchmarks/baselines/requirements.txt. Without them a
# measurement is made alone. BULLETINS_PYTHON names the interpreter that has them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

case "${1:-}" in -h | --help) sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
install_packages "${build_packages[@]}"
require_swift
say "building (release)"
swift build -c release --static-swift-stdlib --product bulletins >&2
swift build -c release --static-swift-stdlib --product bulletin-ingestor >&2
swift build -c release --static-swift-stdlib --product bulletin-indexer >&2
swift build -c release --static-swift-stdlib --product bulletin-corpus >&2
for product in bulletin-stages bulletin-consume; do
  swift build -c release --package-path Benchmarks --product $product >&2
done
export BULLETINS_BIN=$PWD/.build/release BULLETINS_STAGES=$PWD/Benchmarks/.build/release/bulletin-stages
exec "${BULLETINS_PYTHON:-python3}" Benchmarks/measure.py "$@"
