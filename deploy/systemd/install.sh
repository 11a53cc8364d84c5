#!/usr/bin/env bash
# Installs the programs and their services on this machine, without a package; the Debian package (deploy/debian/build.sh)
# is the better way where there is one.
#
#   deploy/systemd/install.sh [--binaries DIR] [--root FOLDER]
#     --binaries DIR   programs that are built already (.build/release)
#     --root FOLDER    install below this folder and start nothing: for making packages and images
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. scripts/lib/common.sh

binaries=.build/release root=''
while [ $# -gt 0 ]; do
    case "$1" in
        --binaries) binaries=$2; shift 2 ;;
        --root) root=${2%/}; shift 2 ;;
        -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
programs=(bulletins bulletin-ingestor bulletin-indexer)
for program in "${programs[@]}"; do
    [ -x "$binaries/$program" ] || fail "$binaries/$program is missing: build it with 'swift build -c release --static-swift-stdlib'"
done
mkdir -p "$root"/usr/bin "$root"/usr/share/man/man1 "$root"/usr/share/{bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d} \
    "$root"/lib/systemd/system "$root"/usr/lib/{sysusers.d,tmpfiles.d} "$root"/etc/bulletins

# A program that is not linked statically brings the Swift runtime along, in a folder of its own: it looks beside itself.
runtime=$(for program in "${programs[@]}"; do
    ldd "$binaries/$program" | awk '$2 == "=>" && $3 ~ /\/swift\// {print $3}'
done | sort -u)
if [ -n "$runtime" ]; then
    folder=$root/usr/lib/bulletins
    mkdir -p "$folder"
    for file in $runtime; do install -m 644 "$file" "$folder/"; done
    for program in "${programs[@]}"; do ln -sf "../lib/bulletins/$program" "$root/usr/bin/$program"; done
else
    folder=$root/usr/bin
fi
for program in "${programs[@]}"; do
    install -m 755 "$binaries/$program" "$folder/$program"
    strip --strip-unneeded "$folder/$program"
    deploy/debian/manual.py "$binaries/$program" >"$root/usr/share/man/man1/$program.1"
    gzip -9nf "$root/usr/share/man/man1/$program.1"
    "$binaries/$program" --generate-completion-script bash | sed "1{/^#!/d}" >"$root/usr/share/bash-completion/completions/$program"
    "$binaries/$program" --generate-completion-script zsh >"$root/usr/share/zsh/vendor-completions/_$program"
    "$binaries/$program" --generate-completion-script fish >"$root/usr/share/fish/vendor_completions.d/$program.fish"
done
[ -z "$runtime" ] || strip --strip-unneeded "$folder"/*.so

install -m 644 deploy/systemd/*.service deploy/systemd/*.target "$root/lib/systemd/system/"
install -m 644 deploy/systemd/bulletins.sysusers "$root/usr/lib/sysusers.d/bulletins.conf"
install -m 644 deploy/systemd/bulletins.tmpfiles "$root/usr/lib/tmpfiles.d/bulletins.conf"
for file in deploy/etc/*.json; do
    # What an operator has changed stays.
    [ -e "$root/etc/bulletins/$(basename "$file")" ] || install -m 644 "$file" "$root/etc/bulletins/"
done
[ -z "$root" ] || exit 0

systemd-sysusers /usr/lib/sysusers.d/bulletins.conf
systemd-tmpfiles --create /usr/lib/tmpfiles.d/bulletins.conf
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
say "installed; look into /etc/bulletins/, then: systemctl enable --now bulletin-ingestor bulletin-indexer@1 bulletin-indexers.target"
