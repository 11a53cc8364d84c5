#!/usr/bin/env bash
# Kills the ingestor with -9 at many random moments while six clients post, takes its broker away, stops it (SIGSTOP) and
# fills its disk, and checks that nothing accepted was lost, nothing refused is there, and order holds.
#
#   scripts/fault-run.sh [--kills N] [--seed N]     (200, 1); the same seed gives the same moments and faults
#
# Filling a disk takes root: without it that fault is left out. What happened is printed at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

kills=200 seed=1
while [ $# -gt 0 ]; do
    case "$1" in
        --kills) kills=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
BULLETINS_TEST_KILLS=$kills BULLETINS_TEST_SEED=$seed scripts/test.sh --filter IngestorServiceTests.KillTests
