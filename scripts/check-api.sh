#!/usr/bin/env bash
# Asks a running service whether its OpenAPI document is true: schemathesis makes requests of all kinds from it, and
# compares the answers with what it says.
#
#   scripts/check-api.sh [--service ingestor|indexer] [--seconds N] [--seed N]
#                                                      how long it may take in all (120), and what it tries (1)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

service_name=ingestor seconds=120 seed=1
while [ $# -gt 0 ]; do
    case "$1" in
        --service) service_name=$2; shift 2 ;;
        --seconds) seconds=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
install_packages python3 python3-venv curl
binaries=${BULLETINS_TEST_BIN:-$(swift build --show-bin-path)}
version=4.32.5
folder=$(mktemp -d)
processes=()
finish() {
    [ ${#processes[@]} -eq 0 ] || kill "${processes[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

venv=${XDG_CACHE_HOME:-$HOME/.cache}/bulletins/schemathesis-$version
if ! "$venv/bin/schemathesis" --version >/dev/null 2>&1; then
    say "installing schemathesis $version"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet "schemathesis==$version" || fail "schemathesis cannot be installed from PyPI"
fi

"$binaries/bulletins" broker --port-file "$folder/broker.port" >"$folder/broker.log" 2>&1 & processes+=($!)
until [ -s "$folder/broker.port" ]; do sleep 0.1; done
# Everything is asked for a token: an answer without one would be found.
"$binaries/bulletin-ingestor" token checker --scope write,read >"$folder/tokens" 2>"$folder/token.log"
token=$(awk '{print $NF}' "$folder/token.log")
case "$service_name" in
    ingestor)
        "$binaries/bulletin-ingestor" serve --listen 127.0.0.1:0 --outbox "$folder/outbox.sqlite" \
            --tokens "$folder/tokens" --bootstrap-servers "$(cat "$folder/broker.port")" \
            --port-file "$folder/serve.port" --log-level warning >"$folder/serve.log" 2>&1 & processes+=($!) ;;
    indexer)
        "$binaries/bulletin-ingestor" publish --bootstrap-servers "$(cat "$folder/broker.port")" Examples/ >&2
        "$binaries/bulletin-indexer" run --listen 127.0.0.1:0 --data-dir "$folder/data" \
            --tokens "$folder/tokens" --bootstrap-servers "$(cat "$folder/broker.port")" \
            --port-file "$folder/serve.port" --log-level warning >"$folder/serve.log" 2>&1 & processes+=($!) ;;
    *) fail "--service is ingestor or indexer" ;;
esac
service=$!
until [ -s "$folder/serve.port" ]; do
    kill -0 "$service" 2>/dev/null || { cat "$folder/serve.log" >&2; fail "the $service_name ended"; }
    sleep 0.1
done
address=http://$(cat "$folder/serve.port")
# Readiness is asked for as well, and must be as it is while all is well.
until curl -sf "$address/ready" | grep -q '"status":"ready"'; do sleep 0.1; done

cat >"$folder/schemathesis.toml" <<'TOML'
[checks.positive_data_acceptance]
# A text may be of nothing but blanks, an id of nobody: right by the schema, and refused.
expected-statuses = ["2xx", "401", "403", "404", "422"]
[checks.negative_data_rejection]
# Any text is a document to somebody; what is no JSON is 422, and a query may have parameters that nobody knows.
expected-statuses = ["2xx", "400", "401", "403", "404", "405", "406", "413", "415", "422", "429", "431"]
TOML
cat >"$folder/hooks.py" <<'PYTHON'
import schemathesis


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
PYTHON
# A withdrawn bulletin's delivery can still be asked for: use_after_free does not fit.
status=0
cd "$folder"  # It leaves a cache where it runs.
SCHEMATHESIS_HOOKS=hooks "$venv/bin/schemathesis" --config-file schemathesis.toml run "$address/openapi.json" \
    --header "Authorization: Bearer $token" --checks all --exclude-checks use_after_free \
    --max-time "$seconds" --request-timeout 20 --seed "$seed" --workers 2 --suppress-health-check all --continue-on-failure \
    2>&1 | tee checked.log || status=${PIPESTATUS[0]}
cases=$(grep -oE '[0-9]+ generated' checked.log | grep -oE '[0-9]+' || echo 0)
[ "$cases" -ge 20 ] || fail "only $cases requests were made in $seconds s: give it more time (--seconds)"
kill -0 "$service" 2>/dev/null || { cat "$folder/serve.log" >&2; fail "the $service_name ended"; }
grep -iE ' (error|critical) ' "$folder/serve.log" >&2 && fail "the $service_name logged errors (above)"
exit "$status"
