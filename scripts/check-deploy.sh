#!/usr/bin/env bash
# Holds what lies in deploy/ and docker-compose.yml to what the programs really do: metrics that alerts and the dashboard
# name, ports, probes, command lines, settings, hardening; runs the unit tests of the alerts and makes the Debian package.
#
#   scripts/check-deploy.sh [--without-package | --boot]     programs: BULLETINS_TEST_BIN, else those of `swift build`
#     --without-package   leave the Debian package out
#     --boot              install it in a Debian that is booted for it, too (scripts/systemd-test.sh)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/common.sh

package=yes boot=''
case "${1:-}" in
    --without-package) package='' ;;
    --boot) boot=yes ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
# prometheus brings promtool; systemd systemd-analyze.
install_packages prometheus systemd python3 python3-venv
binaries=${BULLETINS_TEST_BIN:-$(swift build --show-bin-path)}
venv=${XDG_CACHE_HOME:-$HOME/.cache}/bulletins/deploycheck-1
if ! "$venv/bin/python" -c 'import yaml, kubernetes_validate' 2>/dev/null; then
    say "installing PyYAML and kubernetes-validate"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet PyYAML kubernetes-validate || fail "they cannot be installed from PyPI"
fi

promtool check rules deploy/prometheus/alerts.yml >&2
promtool test rules deploy/prometheus/tests/alerts.test.yml >&2
PYTHONPATH=scripts PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" -m deploycheck --bin "$binaries"
if [ -n "$package" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    deploy/debian/build.sh --binaries "$binaries" --output "$folder" >/dev/null
    [ -z "$boot" ] || scripts/systemd-test.sh --package "$(echo "$folder"/*.deb)"
fi
