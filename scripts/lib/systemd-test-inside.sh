#!/bin/bash
# What scripts/systemd-test.sh runs inside: see there.
set -euo pipefail
passed=0
ok() { passed=$((passed + 1)); echo "ok $passed: $*"; }
fail() {
    echo "error: $*"
    journalctl --no-pager --lines 40 --unit 'bulletin*' | cut -c1-300
    exit 1
}
within() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "waited in vain: $what"
        sleep 0.5
    done
}
property() { systemctl show --property "$2" --value "$1"; }

dpkg --install /in/bulletins.deb >/in/dpkg 2>&1 || { cat /in/dpkg; fail "dpkg"; }
[ "$(stat -c %U:%a /var/lib/bulletins)" = bulletins:750 ] || fail "the state folder is $(stat -c %U:%a /var/lib/bulletins)"
ok "installed: user, folders, nothing started"

systemd-run --quiet --unit broker bulletins broker --partitions 2 --port-file /run/broker.port
within 60 "the broker listens" test -s /run/broker.port
for name in bulletin-ingestor bulletin-indexer; do
    echo "BULLETINS_BOOTSTRAP_SERVERS=$(cat /run/broker.port)" >/etc/default/$name
done
# The test shall not take a minute: systemd waits for a sign of life for 6 seconds.
for unit in bulletin-ingestor.service bulletin-indexer@.service; do
    mkdir -p "/etc/systemd/system/$unit.d"
    printf '[Service]\nWatchdogSec=6\n' >"/etc/systemd/system/$unit.d/test.conf"
done
systemctl daemon-reload
systemctl start bulletin-ingestor bulletin-indexer@1 || fail "start"
# `systemctl start` has waited for READY=1.
bulletin-ingestor probe 127.0.0.1:8080 --path /live >/dev/null || fail "started, and does not answer"
for unit in bulletin-ingestor bulletin-indexer@1; do
    [ "$(property $unit ActiveState)" = active ] || fail "$unit is $(property $unit ActiveState)"
    [ "$(ps -o user= -p "$(property $unit MainPID)" 2>/dev/null || stat -c %U "/proc/$(property $unit MainPID)")" = bulletins ] || fail "$unit runs as another user"
    ready() { property $unit StatusText | grep -q '^ready'; }
    within 60 "$unit says that it is ready" ready
done
ok "Type=notify: started when ready, as user bulletins, with a status: $(property bulletin-ingestor StatusText)"

bulletin-ingestor publish --bootstrap-servers "$(cat /run/broker.port)" /in/Examples 2>/dev/null || fail "publish"
indexed() { [ "$(bulletins stats --data-dir /var/lib/bulletins/data --format json | jq '.[0].bulletins')" = 4 ]; }
within 60 "four bulletins are indexed" indexed
ok "bulletins are indexed under all of the hardening"

systemctl reload bulletin-ingestor || fail "reload"
[ "$(property bulletin-ingestor ActiveState)" = active ] || fail "SIGHUP ended it"
for unit in bulletin-ingestor bulletin-indexer@1; do
    before=$(property $unit MainPID)
    kill -STOP "$before"
    restarted() { [ "$(property $unit NRestarts)" -ge 1 ] && [ "$(property $unit ActiveState)" = active ]; }
    within 90 "$unit is restarted by the watchdog" restarted
    [ "$(property $unit MainPID)" != "$before" ] || fail "$unit is still the same process"
done
ok "the watchdog restarted both when they hung"

systemctl stop bulletin-ingestor 'bulletin-indexer@*' || fail "stop"
for unit in bulletin-ingestor bulletin-indexer@1; do
    [ "$(property $unit ExecMainStatus)" = 0 ] && [ "$(property $unit Result)" = success ] ||
        fail "$unit ended with $(property $unit ExecMainStatus), $(property $unit Result)"
done
ok "stopped in good order"

man --version >/dev/null 2>&1 && { man bulletin-indexer >/dev/null || fail "no manual page"; }
dpkg --purge bulletins >/in/dpkg 2>&1 || { cat /in/dpkg; fail "purge"; }
[ -e /var/lib/bulletins/data ] && [ ! -e /usr/bin/bulletins ] || fail "purging took the data, or left the programs"
ok "purged: the programs are gone, the data is kept"
echo "$passed passed, 0 failed"
