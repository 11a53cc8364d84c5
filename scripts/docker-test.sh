#!/usr/bin/env bash
# Runs the compose file for real: builds the images, publishes, indexes by three containers, kills one, takes the broker
# away and restarts it, asks, verifies, and takes all of it down again, also on failure.
#
#   scripts/docker-test.sh [--binaries DIR] [--keep]
#     --binaries DIR   programs that are built already, such as .build/debug; else a release build is made
#     --keep           leave the containers running
#
# Where the images of docker-compose.yml can be pulled, it is Apache Kafka that is tested, and the integration tests run
# against it, too. Elsewhere the same file runs with deploy/compose/host-network.yml: the embedded broker in Kafka's place
# and the host's network. Where no Docker Engine runs, one from Debian's packages is started for the test, with files of
# its own, and ended afterwards.
#
# With BULLETINS_TEST_BOOTSTRAP=host:port the containers work against that Kafka, which is not touched but for two topics
# and a group of their own, named after the test; they stay.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

binaries='' keep=''
while [ $# -gt 0 ]; do
    case "$1" in
        --binaries) binaries=$2; shift 2 ;;
        --keep) keep=yes; shift ;;
        -h | --help) sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done

work=$(mktemp -d)
passed=0
ok() { passed=$((passed + 1)); say "ok $passed: $*"; }
# within SECONDS WHAT COMMAND…: waits until the command succeeds.
within() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >"$work/last" 2>&1; do
        [ $SECONDS -lt $end ] || { tail -5 "$work/last" >&2; fail "waited in vain: $what"; }
        sleep 1
    done
}

daemon=''
project=bulletins-test-$$
files=()
compose() { "${compose_command[@]}" --project-name "$project" "${files[@]}" "$@"; }
finish() {
    local status=$?
    trap - EXIT
    if [ $status -ne 0 ] && [ ${#files[@]} -gt 0 ]; then
        say "what the containers said last"
        compose logs --no-color --tail 25 2>/dev/null | cut -c1-400 >&2 || true
    fi
    if [ -n "$keep" ]; then
        say "left running: project $project${DOCKER_HOST:+, DOCKER_HOST=$DOCKER_HOST}, files in $work"
        exit $status
    fi
    [ ${#files[@]} -eq 0 ] || compose --profile monitoring --profile query down --volumes --timeout 5 >/dev/null 2>&1 || true
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    # The engine leaves the network's namespace mounted.
    umount "$work"/exec/netns/* 2>/dev/null || true
    rm -rf "$work" || true
    exit $status
}
trap finish EXIT
trap 'exit 130' INT TERM

# --- Docker Engine and Compose.
if ! docker info >/dev/null 2>&1; then
    install_packages docker.io iptables
    say "starting Docker Engine"
    export DOCKER_HOST=unix://$work/docker.sock
    dockerd --host "$DOCKER_HOST" --data-root "$work/docker" --exec-root "$work/exec" --pidfile "$work/docker.pid" \
        --bridge=none --iptables=false >"$work/dockerd.log" 2>&1 &
    daemon=$!
    within 300 "Docker Engine answers" docker info
fi
if docker compose version >/dev/null 2>&1; then
    compose_command=(docker compose)
else
    install_packages docker-compose
    compose_command=(docker-compose)
fi
install_packages jq curl python3 binutils
say "$(docker version --format 'Docker Engine {{.Server.Version}}'), ${compose_command[*]} $("${compose_command[@]}" version --short)"

# --- Images.
if [ -z "$binaries" ]; then
    install_packages "${build_packages[@]}"
    require_swift
    for program in bulletin-ingestor bulletin-indexer bulletins bulletin-corpus; do
        swift build -c release --static-swift-stdlib --product $program
    done
    binaries=$(swift build -c release --static-swift-stdlib --show-bin-path)
    largest=$((120 * 1000 * 1000))
else
    # A debug build brings its symbols and a runtime of its own.
    largest=$((400 * 1000 * 1000))
fi
export BULLETINS_IMAGE_TAG=$project
deploy/docker/build-prebuilt.sh "$binaries" "$BULLETINS_IMAGE_TAG" | tee "$work/images"
while read -r image bytes _; do
    [ "$bytes" -le $largest ] || fail "$image has $bytes bytes, more than $largest"
done <"$work/images"
ok "three images, each below $((largest / 1000000)) MB"
for program in bulletin-ingestor bulletin-indexer bulletins; do
    image=$program:$BULLETINS_IMAGE_TAG
    [ "$(docker image inspect --format '{{.Config.User}}' "$image")" = 10001:10001 ] || fail "$image runs as root"
    [ "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.title"}}' "$image")" = $program ] ||
        fail "$image has no label"
    docker run --rm --network none "$image" --version >/dev/null || fail "$image does not start"
    ! docker run --rm --network none --entrypoint /bin/sh "$image" -c true >/dev/null 2>&1 || fail "$image has a shell"
    container=$(docker create "$image")
    docker cp "$container:/usr/share/sbom/$program.spdx.json" - | tar -xO >"$work/$program.spdx.json"
    docker rm "$container" >/dev/null
    jq -e '.spdxVersion == "SPDX-2.3" and ([.packages[].name] | contains(["librdkafka1", "libsqlite3-0", "libc6"]))
           and ([.files[].fileName] | contains(["./usr/bin/'$program'"]))' "$work/$program.spdx.json" >/dev/null ||
        fail "$image does not tell what is in it"
done
ok "no root, no shell, labels, and a list of what is inside"

# --- Which broker.
if [ -n "${BULLETINS_TEST_BOOTSTRAP:-}" ]; then
    broker=yours
    export BULLETINS_BOOTSTRAP_SERVERS=$BULLETINS_TEST_BOOTSTRAP BULLETINS_TOPIC=$project BULLETINS_GROUP=$project
    address=$BULLETINS_BOOTSTRAP_SERVERS
elif timeout 120 docker pull --quiet apache/kafka:3.9.1 >"$work/pull" 2>&1; then
    broker=kafka
    files=(--file docker-compose.yml --file docker-compose.override.yml)
    address=kafka:9092 network=${project}_default
else
    broker=embedded
fi
if [ $broker != kafka ]; then
    network=host
    files=(--file docker-compose.yml --file deploy/compose/host-network.yml)
    BULLETINS_INGESTOR_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    export BULLETINS_INGESTOR_PORT
fi
say "broker: $broker"
# The embedded broker takes a port that is free, and says which.
start_broker() {
    [ $broker != yours ] || return 0
    compose up --detach --no-build kafka >/dev/null 2>&1
    [ $broker = embedded ] || return 0
    within 300 "the broker listens" healthy kafka
    address=$(docker logs "$(compose ps -q kafka)" 2>/dev/null | grep -E '^127\.0\.0\.1:[0-9]+$' | tail -1)
    export BULLETINS_BOOTSTRAP_SERVERS=$address
}
healthy() {
    local id
    for id in $(compose ps -q "$1"); do
        [ "$(docker inspect --format '{{.State.Health.Status}}' "$id")" = healthy ] || return 1
    done
    [ -n "${id:-}" ]
}
start_services() {
    local options=(--detach --no-build --scale indexer=3)
    [ $broker != yours ] || options+=(--no-deps)
    compose up "${options[@]}" ingestor indexer >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail "compose up"; }
}
indexers() { compose ps -q indexer; }
metrics() { docker exec "$1" /usr/bin/bulletin-indexer probe --port-file /tmp/indexer.port --path /metrics; }
partitions_of() { metrics "$1" | grep -c '^bulletins_indexer_next_offset{' || true; }
query() { compose run --rm --no-deps -T query "$@" 2>>"$work/query.log"; }
bulletins_are() { [ "$(query stats --format json | jq '.[0].bulletins')" = "$1" ]; }
post() { curl -sf --data-binary "@$1" -H 'Content-Type: application/x-ndjson' "http://127.0.0.1:${BULLETINS_INGESTOR_PORT:-8080}/v1/bulletins:batch"; }
# once PROGRAM ARGUMENT…: beside the services, with their network and volume. Not `compose run`: version 1 links it to the
# service's own containers, which the host's network does not have.
once() {
    local program=$1
    shift
    docker run --rm --network "$network" --read-only --cap-drop ALL --tmpfs /tmp --volume "$work:/in:ro" \
        --volume "${project}_read-model:/var/lib/bulletins/data" --env BULLETINS_DATA_DIR=/var/lib/bulletins/data \
        --env BULLETINS_BOOTSTRAP_SERVERS="$address" \
        --env BULLETINS_TOPIC="${BULLETINS_TOPIC:-bulletins}" "$program:$BULLETINS_IMAGE_TAG" "$@"
}
publish() { once bulletin-ingestor publish "$1" >"$work/publish.log" 2>&1 || { cat "$work/publish.log" >&2; fail "publish"; }; }
digest() { once bulletin-indexer digest --format json 2>>"$work/query.log" | jq -r '.[-1].digest'; }
verify() { once bulletin-indexer verify --format json 2>>"$work/query.log" | jq -e 'length > 0 and all(.[]; .isEqual)'; }

start_broker
start_services
within 300 "everything is healthy" healthy ingestor
within 300 "the indexers are healthy" healthy indexer
ok "the compose file is up: broker, ingestor, three indexers, all healthy"
for id in $(indexers) $(compose ps -q ingestor); do
    docker inspect "$id" | jq -e '.[0].HostConfig | .ReadonlyRootfs and .CapDrop == ["ALL"] and .Memory > 0
        and (.SecurityOpt | index("no-new-privileges:true")) != null' >/dev/null || fail "$id is not hardened"
done
ok "read-only root file systems, no capabilities, memory limits"

# --- In by both ways, out by the query.
"$binaries/bulletin-corpus" generate --count 600 --seed 11 --format ndjson --without-gold >"$work/all.ndjson"
split --lines 200 --additional-suffix .ndjson "$work/all.ndjson" "$work/part-"
chmod 755 "$work"; chmod 644 "$work"/part-*
post "$work/part-aa.ndjson" | jq -e 'all(.results[]; .receipt.status == "accepted")' >/dev/null
publish /in/part-ab.ndjson
within 300 "400 bulletins are indexed" bulletins_are 400
query search 会议 --limit 1 --format json | jq -e length >/dev/null
ok "400 bulletins by HTTP and by publish, indexed and found"
owned=0
for id in $(indexers); do
    count=$(partitions_of "$id")
    [ "$count" -gt 0 ] || fail "an indexer of three has no partition"
    owned=$((owned + count))
done
ok "three indexers share $owned partitions"

# --- One is killed under load.
victim=$(indexers | sed -n 1p)
docker kill --signal KILL "$victim" >/dev/null
post "$work/part-ac.ndjson" >/dev/null
within 300 "600 bulletins are indexed by two" bulletins_are 600
ok "killed one of three: the others took over"
start_services
within 300 "the indexers are healthy again" healthy indexer
verify >/dev/null || fail "the read model differs from the log"
ok "every file is what the log says"

# --- The broker is away for a while, where it is the test's.
if [ $broker != yours ]; then docker pause "$(compose ps -q kafka)" >/dev/null; fi
head -50 "$work/part-aa.ndjson" | jq -c '.text |= sub("。"; "。更新的情况另行通报。")' >"$work/revised.ndjson"
post "$work/revised.ndjson" | jq -e 'all(.results[]; .receipt.status == "accepted")' >/dev/null ||
    fail "the ingestor needs the broker to accept"
if [ $broker != yours ]; then docker unpause "$(compose ps -q kafka)" >/dev/null; fi
revised() { [ "$(query sql 'SELECT count(*) AS n FROM bulletins WHERE revision = 2' --format json | jq '.[0].n')" = 50 ]; }
within 300 "50 revisions are indexed" revised
if [ $broker = yours ]; then ok "50 bulletins are revised"; else
    ok "a broker that was away for a while: accepted meanwhile, indexed afterwards"
fi

# --- The broker is restarted.
before=$(digest)
if [ $broker = kafka ]; then
    compose restart kafka >/dev/null 2>&1
    head -20 "$work/part-ab.ndjson" | jq -c '.text |= sub("。"; "。再次更新的情况另行通报。")' >"$work/again.ndjson"
    post "$work/again.ndjson" >/dev/null
    again() { [ "$(query sql 'SELECT count(*) AS n FROM bulletins WHERE revision = 2' --format json | jq '.[0].n')" = 70 ]; }
    within 300 "what was sent while the broker restarted is indexed" again
    verify >/dev/null || fail "the read model differs from the log"
    ok "a restarted broker: nothing lost, every file is what the log says"
    BULLETINS_TEST_BOOTSTRAP=localhost:9094 scripts/test.sh --filter IntegrationTests
    ok "the integration tests against Apache Kafka"
elif [ $broker = embedded ]; then
    # The embedded broker forgets everything: this is the loss of a cluster, and its way back (docs/deployment.md).
    compose run --rm --no-deps -T query export 2>>"$work/query.log" >"$work/export.ndjson"
    compose stop ingestor indexer >/dev/null 2>&1
    docker restart "$(compose ps -q kafka)" >/dev/null
    sleep 1
    start_broker
    # An indexer that is shown another log refuses by name, and writes nothing.
    status=0
    once bulletin-indexer run >"$work/refused" 2>&1 || status=$?
    [ $status -eq 65 ] && grep -q 'cluster' "$work/refused" || { cat "$work/refused" >&2; fail "status $status instead of a refusal"; }
    ok "a restarted broker with an empty log: refused by name, nothing written"
    compose rm --force --stop indexer >/dev/null 2>&1
    docker volume rm "${project}_read-model" >/dev/null
    chmod 644 "$work/export.ndjson"
    publish /in/export.ndjson
    start_services
    within 300 "the export is indexed" bulletins_are 600
    as_before() { [ "$(digest)" = "$before" ]; }
    within 300 "the bulletins and their revisions are what they were" as_before
    ok "a lost log: made again from an export, the bulletins have the same digest"
fi

# --- It ends in good order.
ids=$(compose ps -q ingestor; indexers)
compose stop ingestor indexer >/dev/null 2>&1
for id in $ids; do
    code=$(docker inspect --format '{{.State.ExitCode}}' "$id")
    [ "$code" = 0 ] || fail "a container ended with $code: $(docker logs --tail 3 "$id" 2>&1)"
done
ok "SIGTERM: every container ended with 0"
say "$passed passed, 0 failed"
