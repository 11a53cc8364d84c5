#!/usr/bin/env bash
# Boots a Debian of its own with systemd (systemd-nspawn), installs the Debian package there, and looks at the services as an
# operator would: ready when systemd says so, restarted by the watchdog when they hang, ended in good order, data kept.
#
#   scripts/systemd-test.sh --package FILE [--root FOLDER]
#     --package FILE   what deploy/debian/build.sh has made
#     --root FOLDER    where the Debian lies, made by debootstrap if it is not there (~/.cache/bulletins/debian)
#
# Needs root, and some minutes the first time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

package='' root=${XDG_CACHE_HOME:-$HOME/.cache}/bulletins/debian
while [ $# -gt 0 ]; do
    case "$1" in
        --package) package=$(realpath "$2"); shift 2 ;;
        --root) root=$2; shift 2 ;;
        -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
[ -n "$package" ] || fail "no --package; see --help"
[ "$(id -u)" -eq 0 ] || fail "run this as root"
install_packages debootstrap systemd-container
if [ ! -e "$root/usr/bin/systemctl" ]; then
    say "making a Debian in $root"
    mkdir -p "$root"
    debootstrap --variant=minbase \
        --include=systemd,systemd-sysv,dbus,librdkafka1,libsqlite3-0,libuchardet0,libxml2,libarchive13,libedit2,zlib1g,ca-certificates,jq \
        bookworm "$root" >"$root.log" 2>&1 || { tail -5 "$root.log" >&2; fail "debootstrap"; }
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$package" "$work/bulletins.deb"
cp -r Examples "$work/Examples"
cp scripts/lib/systemd-test-inside.sh "$work/test.sh"
cat >"$work/test.service" <<'UNIT'
[Unit]
Description=What scripts/systemd-test.sh looks at
SuccessAction=exit
FailureAction=exit
[Service]
Type=oneshot
ExecStart=/bin/bash /in/test.sh
StandardOutput=append:/in/output
StandardError=append:/in/output
TimeoutStartSec=600
[Install]
WantedBy=multi-user.target
UNIT
status=0
timeout 900 systemd-nspawn --quiet --register=no --keep-unit --volatile=overlay --directory "$root" --bind "$work:/in" \
    --bind-ro "$work/test.service:/etc/systemd/system/test.service" --console=pipe \
    --boot systemd.wants=test.service >"$work/console" 2>&1 </dev/null || status=$?
cat "$work/output" >&2 2>/dev/null || tail -20 "$work/console" >&2
grep -q 'passed, 0 failed' "$work/output" 2>/dev/null || fail "the services are not as they should be (status $status)"
