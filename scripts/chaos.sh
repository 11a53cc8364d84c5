#!/bin/sh
# Injects faults into real indexers and checks that none of them made the read model lie; --help tells more.
#   scripts/chaos.sh --seconds 60
#   scripts/chaos.sh --seed 7 --keep /tmp/chaos
# With BULLETINS_TEST_BOOTSTRAP set it works against that Kafka, on topics of its own.
set -eu
cd "$(dirname "$0")/.."
configuration=${CONFIGURATION:-debug}
swift build -c "$configuration" --product bulletin-chaos >&2
swift build -c "$configuration" --product bulletin-indexer >&2
program=$(swift build -c "$configuration" --show-bin-path)/bulletin-chaos
folder=$(mktemp -d)
# librdkafka's mock cluster names a member by its address, so that one may get the name of another that is gone and comes
# back: what glibc keeps for the thread that freed it is not given out again by calloc.
export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.tcache_count=60000}
# librdkafka's mock cluster ends its process by an assertion now and then, when a member joins that is joining
# (rd_kafka_mock_cgrp_member_add): that run shows nothing, and another is made.
for try in 1 2 3; do
    status=0
    "$program" --keep "$folder/$try" ${BULLETINS_TEST_BOOTSTRAP:+--bootstrap-servers "$BULLETINS_TEST_BOOTSTRAP"} "$@" ||
        status=$?
    [ "$status" = 134 ] || break
    echo "chaos.sh: the embedded broker came to an end by itself; once more" >&2
    umount "$folder/$try"/data-* 2> /dev/null || true
    while read -r pid; do kill -9 "$pid" 2> /dev/null || true; done < "$folder/$try/pids"
done
if [ "$status" = 0 ]; then rm -rf "$folder"; fi
exit "$status"
