#!/usr/bin/env bash
# Checks the models of Models/ with Spin: their properties hold, and each mistake that a model names breaks one.
#
#   scripts/check-models.sh [--deep]     --deep: more faults and rebalances, some minutes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

bounds=(-DFAULTS=1 -DMOVES=1)
case "${1:-}" in
    -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --deep) bounds=(-DFAULTS=2 -DMOVES=2) ;;
    '') ;;
    *) fail "unknown argument $1; see --help" ;;
esac
install_packages spin gcc libc6-dev
model=$PWD/Models/ownership.pml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# check PROPERTY FLAGS…: prints the number of states and errors; status 0 if the property holds.
check() {
    local property=$1 run=(-m500000 -E)
    shift
    spin -a "$@" "$model" > spin.log || { cat spin.log >&2; fail "spin does not take $model"; }
    if [ "$property" = safe ]; then
        gcc -O2 -w -DCOLLAPSE -DSAFETY -DNOCLAIM -o pan pan.c
    else
        gcc -O2 -w -DCOLLAPSE -DNFAIR=5 -o pan pan.c
        run+=(-a -f -N "$property")
    fi
    ./pan "${run[@]}" > pan.log || true
    grep -q 'max search depth too small\|out of memory' pan.log && fail "the search of $property was cut short"
    grep -q 'errors: ' pan.log || { cat pan.log >&2; fail "no verdict on $property"; }
    printf '%-9s %-36s %s states, %s\n' "$property" "$*" "$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.log)" \
        "$(sed -n 's/.*\(errors: [0-9]*\).*/\1/p' pan.log)"
    grep -q 'errors: 0' pan.log
}

for property in safe done upToDate; do
    check "$property" "${bounds[@]}" || fail "$property does not hold"
done
for mistake in -DNO_COMPARE '-DNO_COMPARE -DRESUME_FROM_KAFKA' -DSPLIT_COMMIT -DMIRROR_FIRST -DDROP_REST; do
    # shellcheck disable=SC2086 # several flags
    if check safe "${bounds[@]}" $mistake; then fail "the model does not see what $mistake breaks"; fi
done
if check done "${bounds[@]}" -DNO_FOLLOW && check upToDate "${bounds[@]}" -DNO_FOLLOW; then
    fail "the model does not see what -DNO_FOLLOW breaks"
fi
say "the model holds, and sees every mistake"
