#!/usr/bin/env bash
# Proves that backups restore, with real programs on an embedded broker: takes bulletins in, makes a snapshot while more
# come, loses the read model, restores and catches up, and compares with a read model that was never lost; then loses the
# log itself, makes a new one from an export, and compares again.
#
#   scripts/backup-drill.sh [--binaries DIR]       programs that are built already (those of `swift build`)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

case "${1:-}" in
    --binaries) binaries=$(realpath "$2") ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    '') binaries=${BULLETINS_TEST_BIN:-$(swift build --show-bin-path)} ;;
    *) fail "unknown argument $1; see --help" ;;
esac
install_packages jq
PATH=$binaries:$PATH
work=$(mktemp -d)
passed=0
ok() { passed=$((passed + 1)); say "ok $passed: $*"; }
finish() {
    local status=$?
    trap - EXIT
    # shellcheck disable=SC2046  # one argument for each process
    kill $(jobs -p) 2>/dev/null || true
    wait 2>/dev/null || true
    [ $status -eq 0 ] || for log in "$work"/*.log; do printf '== %s\n' "$log"; tail -3 "$log"; done >&2
    rm -rf "$work"
    exit $status
}
trap finish EXIT
within() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "waited in vain: $what"
        sleep 0.2
    done
}

broker() {
    bulletins broker --partitions 3 --port-file "$work/$1.port" >"$work/$1.log" 2>&1 &
    broker_process=$!
    within 60 "the broker listens" test -s "$work/$1.port"
    BULLETINS_BOOTSTRAP_SERVERS=$(cat "$work/$1.port")
    export BULLETINS_BOOTSTRAP_SERVERS
}
# indexer FOLDER [OPTION…]: starts one in a group of its own; its process is in $indexer.
indexer() {
    local folder=$1
    shift
    bulletin-indexer run --data-dir "$work/$folder" --group "$folder" "$@" >"$work/$folder.log" 2>&1 &
    indexer=$!
}
holds() { [ "$(bulletins stats --data-dir "$work/$1" --format json | jq ".[0].bulletins")" = "$2" ]; }
partitions() { bulletin-indexer digest --data-dir "$work/$1" --format json | jq -c '[.[:-1][] | [.partition, .nextOffset, .digest]]'; }
bulletins_digest() { bulletin-indexer digest --data-dir "$work/$1" --format json | jq -r '.[-1].digest'; }

bulletin-corpus generate --count 600 --seed 5 --format ndjson --without-gold >"$work/all.ndjson"
split --lines 200 --additional-suffix .ndjson "$work/all.ndjson" "$work/part-"
broker first
indexer never-lost
never_lost=$indexer
indexer lost
lost=$indexer
bulletin-ingestor publish "$work/part-aa.ndjson" >"$work/publish.log" 2>&1
within 120 "200 bulletins are indexed" holds lost 200

# --- A snapshot, while more come.
bulletin-ingestor publish "$work/part-ab.ndjson" >"$work/publish.log" 2>&1 &
publishing=$!
bulletin-indexer snapshot --data-dir "$work/lost" --to "$work/backup" >"$work/snapshot.log" 2>&1
wait $publishing
within 120 "400 bulletins are indexed" holds lost 400
ok "a snapshot was made while bulletins came"

# --- The read model is lost, and more bulletins come meanwhile.
kill -KILL $lost
wait $lost 2>/dev/null || true
rm -r "$work/lost"
bulletin-ingestor publish "$work/part-ac.ndjson" >"$work/publish.log" 2>&1

# --- It is restored, and catches up.
indexer restored --bootstrap-from "$work/backup"
restored=$indexer
within 120 "it has caught up" holds restored 600
within 120 "the other has caught up" holds never-lost 600
[ "$(partitions restored)" = "$(partitions never-lost)" ] || fail "the restored files are not those that were never lost"
bulletin-indexer verify --data-dir "$work/restored" --format json >"$work/verify.json"
jq -e 'length == 3 and all(.[]; .isEqual)' "$work/verify.json" >/dev/null || fail "the restored files are not what the log says"
ok "restored from the snapshot and the log: byte for byte what was never lost"

# --- A copy that was damaged on its way is refused.
cp -r "$work/backup" "$work/damaged"
copy=$(find "$work/damaged" -name '*.sqlite' -size +0 | sort | sed -n 1p)
printf 'damaged' | dd of="$copy" bs=1 seek=40000 conv=notrunc 2>/dev/null
# The damaged partition is left out and named; the others are restored.
indexer from-damaged --bootstrap-from "$work/damaged"
within 60 "the damage is noticed" grep -qE "$(basename "$copy").*(manifest|SHA-256|sha256)" "$work/from-damaged.log"
[ ! -e "$work/from-damaged/${copy#"$work/damaged/"}" ] || fail "a damaged copy was put in place"
kill $indexer
wait $indexer || true
ok "a snapshot that was damaged is refused by name"

# --- The log is lost.
before=$(bulletins_digest never-lost)
bulletins export --data-dir "$work/never-lost" -o "$work/export.ndjson" 2>"$work/export.log"
kill $never_lost $restored $broker_process
wait $never_lost $restored $broker_process || true
broker second
status=0
bulletin-indexer run --data-dir "$work/never-lost" --group never-lost >"$work/refused.log" 2>&1 || status=$?
[ $status -eq 65 ] || fail "an indexer took another log: $status"
bulletin-ingestor publish "$work/export.ndjson" >"$work/publish.log" 2>&1
indexer remade
remade=$indexer
within 120 "the new log is indexed" holds remade 600
[ "$(bulletins_digest remade)" = "$before" ] || fail "the bulletins are not what they were"
ok "the log was lost: refused by the old files, made again from the export, the same bulletins"
kill $remade
wait $remade || true
say "$passed passed, 0 failed"
