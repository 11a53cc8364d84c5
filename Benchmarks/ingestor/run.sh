#!/usr/bin/env bash
# Measures how many bulletins the ingestor accepts a second, against what fsync and parsing allow on the same machine.
#
#   Benchmarks/ingestor/run.sh [--seconds N] [--connections N] [--folder DIR]      (20, 64, a temporary one)
#
# Documents have the size of a real report (7 KB) and are all different. The outbox lies in DIR: its disk counts. Broker,
# ingestor, load and probes share the machine, so figures of a busy one say little; the limits are measured in the same run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. scripts/lib/common.sh

seconds=20 connections=64 folder=
while [ $# -gt 0 ]; do
    case "$1" in
        --seconds) seconds=$2; shift 2 ;;
        --connections) connections=$2; shift 2 ;;
        --folder) folder=$2; shift 2 ;;
        -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
install_packages wrk curl jq python3
binaries=${BULLETINS_BIN:-}
# The programs refuse variables of their prefix that they do not know.
unset BULLETINS_BIN
if [ -z "$binaries" ]; then
    say "building"
    swift build -c release --product bulletin-ingestor >&2
    swift build -c release --product bulletins >&2
    binaries=$(swift build -c release --show-bin-path)
fi
[ -n "$folder" ] || folder=$(mktemp -d)
mkdir -p "$folder"
processes=()
finish() {
    [ ${#processes[@]} -eq 0 ] || kill "${processes[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder/bench"
}
trap finish EXIT
work=$folder/bench
rm -rf "$work"
mkdir "$work"

python3 Benchmarks/ingestor/documents.py "$work/document.txt" "$work/dump.jsonl"
say "limit by fsync: 8 KiB appended and synced, one after the other"
fsyncs=$(python3 Benchmarks/ingestor/fsync.py "$work/probe" 3)
say "limit by parsing: the same documents, one after the other, no HTTP and no disk"
count=$(wc -l <"$work/dump.jsonl")
start=$(date +%s.%N)
"$binaries/bulletin-ingestor" parse "$work/dump.jsonl" >/dev/null
parse=$(python3 -c "import sys; print(round($count / ($(date +%s.%N) - $start)))")

"$binaries/bulletins" broker --partitions 64 --port-file "$work/broker.port" >"$work/broker.log" 2>&1 & processes+=($!)
until [ -s "$work/broker.port" ]; do sleep 0.1; done
"$binaries/bulletin-ingestor" serve --listen 127.0.0.1:0 --outbox "$work/outbox.sqlite" --partitions 64 \
    --bootstrap-servers "$(cat "$work/broker.port")" --port-file "$work/serve.port" >"$work/serve.log" 2>&1 & processes+=($!)
until [ -s "$work/serve.port" ]; do sleep 0.1; done
address=http://$(cat "$work/serve.port")
say "load: $connections connections for $seconds seconds"
DOCUMENT=$work/document.txt wrk --threads 1 --connections "$connections" --duration "${seconds}s" --latency --timeout 30s \
    --script Benchmarks/ingestor/post.lua "$address/v1/bulletins" >"$work/wrk.log"
metric() { curl -s "$address/metrics" | awk -v name="$1" '$1 ~ "^" name "({|$)" { sum += $2 } END { print sum + 0 }'; }
accepted=$(metric bulletins_ingestor_accepted_total)
refused=$(metric bulletins_ingestor_refused_total)
commits=$(metric bulletins_ingestor_outbox_commit_seconds_count)
memory=$(metric process_resident_memory_bytes)
waiting=$(metric bulletins_ingestor_outbox_records)
start=$(date +%s.%N)
until [ "$(metric bulletins_ingestor_outbox_records)" = 0 ]; do sleep 0.2; done
drained=$(python3 -c "print(round($(date +%s.%N) - $start, 1))")
published=$(metric bulletins_ingestor_published_total)
# Requests that were on their way when the load ended were accepted after it.
all=$(metric bulletins_ingestor_accepted_total)
[ "$all" = "$published" ] || fail "$all were accepted, $published published"
latency() { awk -v share="$1" '$1 == share { print $2 }' "$work/wrk.log"; }
cat <<END
machine                 $(nproc) processors, load average $(cut -d' ' -f1 /proc/loadavg)
limit by parsing        $parse documents/s on one thread
limit by fsync          $fsyncs syncs/s
accepted                $(python3 -c "print(round($accepted / $seconds))")/s ($accepted in $seconds s; refused: $refused)
per transaction         $(python3 -c "print(round($accepted / max(1, $commits), 1))") documents
latency p50, p99        $(latency 50%), $(latency 99%)
resident memory         $(python3 -c "print(round($memory / 1048576))") MiB
waiting at the end      $waiting events, drained in $drained s
END
