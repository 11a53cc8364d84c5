#!/bin/sh
# Injects faults into real indexers and checks that none of them made the read model lie; --help tells more.
#   scripts/chaos.sh --seconds 60
#   scripts/chaos.sh --seed 7 --bootstrap-servers kafka:9092
# With BULLETINS_TEST_BOOTSTRAP set it works against that Kafka, on topics of its own.
set -eu
cd "$(dirname "$0")/.."
configuration=${CONFIGURATION:-debug}
swift build -c "$configuration" --product bulletin-chaos >&2
swift build -c "$configuration" --product bulletin-indexer >&2
exec "$(swift build -c "$configuration" --show-bin-path)/bulletin-chaos" \
    ${BULLETINS_TEST_BOOTSTRAP:+--bootstrap-servers "$BULLETINS_TEST_BOOTSTRAP"} "$@"
