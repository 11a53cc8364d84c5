#!/usr/bin/env bash
# Kills the ingestor with -9 at many random moments under load, and checks that nothing accepted was lost.
#
#   scripts/fault-run.sh [--kills N] [--seed N]     (200, 1); the same seed gives the same moments
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

kills=200 seed=1
while [ $# -gt 0 ]; do
    case "$1" in
        --kills) kills=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
BULLETINS_TEST_KILLS=$kills BULLETINS_TEST_SEED=$seed scripts/test.sh --filter IngestorServiceTests.KillTests
