#!/usr/bin/env bash
# Builds the images from programs that this machine has built already, where no image can be pulled.
#
#   deploy/docker/build-prebuilt.sh BINARIES [TAG]        e.g. deploy/docker/build-prebuilt.sh .build/release latest
#
# The final stages are those of the Dockerfile; what its stage "build" makes is made here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
binaries=$1 tag=${2:-latest}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
for program in bulletin-ingestor bulletin-indexer bulletins; do
    SOURCE_DATE_EPOCH=$epoch deploy/docker/rootfs.sh "$binaries/$program" "$work/rootfs"
    tar --sort=name --mtime="@$epoch" --numeric-owner -C "$work/rootfs" -cf "$work/rootfs.tar" .
    {
        echo "FROM scratch"
        echo "ADD rootfs.tar /"
        # The stage of this program, without its first two lines.
        awk -v stage="$program" '/^FROM /{on = ($NF == stage); next} on && !/^COPY /' deploy/docker/Dockerfile
    } >"$work/Dockerfile"
    DOCKER_BUILDKIT=0 docker build --quiet --label "org.opencontainers.image.revision=$revision" \
        --tag "$program:$tag" "$work" >/dev/null 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    rm -rf "$work/rootfs"
    echo "$program:$tag $(docker image inspect --format '{{.Size}}' "$program:$tag") bytes"
done
