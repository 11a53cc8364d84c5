#!/usr/bin/env bash
# Makes a Debian package of the three programs: services, manual pages, completions.
#
#   deploy/debian/build.sh [--binaries DIR] [--output DIR] [--no-lintian]
#     --binaries DIR   programs that are built already; else a release build is made
#     --output DIR     where the package goes (.)
#
# The same programs give the same package, with the time of SOURCE_DATE_EPOCH (that of the commit, unless set).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. scripts/lib/common.sh

binaries='' output=. check=yes
while [ $# -gt 0 ]; do
    case "$1" in
        --binaries) binaries=$2; shift 2 ;;
        --output) output=$2; shift 2 ;;
        --no-lintian) check=''; shift ;;
        -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
done
install_packages dpkg-dev binutils python3 ${check:+lintian}
if [ -z "$binaries" ]; then
    install_packages "${build_packages[@]}"
    require_swift
    for program in bulletins bulletin-ingestor bulletin-indexer; do
        swift build -c release --static-swift-stdlib --product $program
    done
    binaries=$(swift build -c release --static-swift-stdlib --show-bin-path)
fi
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
version=$("$binaries/bulletins" --version)-1
maintainer=${DEBFULLNAME:-Bulletins maintainers} email=${DEBEMAIL:-maintainers@bulletins.invalid}
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
umask 022
deploy/systemd/install.sh --binaries "$binaries" --root "$root"

doc=$root/usr/share/doc/bulletins
mkdir -p "$doc" "$root/DEBIAN" "$root/usr/share/lintian/overrides"
install -m 644 README.md docs/*.md "$doc/"
install -m 644 deploy/debian/copyright "$doc/copyright"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
printf 'bulletins (%s) unstable; urgency=medium\n\n  * Built from the sources; what changed is in changelog.gz.\n\n -- %s <%s>  %s\n' \
    "$version" "$maintainer" "$email" "$(date --utc --rfc-email --date "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.Debian.gz"
compression=(-Zxz)
if [ -d "$root/usr/lib/bulletins" ]; then
    # A debug build: large, and nobody keeps it.
    compression=(-Zgzip -z1)
    install -m 644 deploy/debian/lintian-overrides-debug "$root/usr/share/lintian/overrides/bulletins"
else
    install -m 644 deploy/debian/lintian-overrides "$root/usr/share/lintian/overrides/bulletins"
fi

# What the programs are linked to, with the least versions that have what they use.
mkdir -p "$work/debian"
printf 'Source: bulletins\n\nPackage: bulletins\nArchitecture: any\n' >"$work/debian/control"
elf=$(find "$root/usr" -type f -exec sh -c 'head -c 4 "$1" | grep -q ELF' _ {} \; -print)
# shellcheck disable=SC2086  # one argument for each file
depends=$(cd "$work" && dpkg-shlibdeps --ignore-missing-info -l"$root/usr/lib/bulletins" -O $elf 2>"$work/shlibdeps.log" | sed -n 's/^shlibs:Depends=//p') ||
    { cat "$work/shlibdeps.log" >&2; fail "dpkg-shlibdeps"; }
cat >"$root/DEBIAN/control" <<CONTROL
Package: bulletins
Version: $version
Architecture: $architecture
Maintainer: $maintainer <$email>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends, systemd | systemd-standalone-sysusers
Recommends: ca-certificates
Suggests: bash-completion
Section: database
Priority: optional
Description: ask government bulletins who was told to do what
 Turns Chinese government bulletins (meeting reports, notices, announcements,
 in any encoding, often damaged) into data that people can search and hold
 somebody to.
 .
 An ingestor repairs and parses bulletins and publishes them to Kafka; any
 number of indexers consume them into SQLite files, each event exactly once; a
 query command asks. All three are in this package, with services for systemd,
 none of which is started before it is enabled.
CONTROL
for script in postinst prerm postrm; do install -m 755 "deploy/debian/$script" "$root/DEBIAN/$script"; done
(cd "$root" && find etc -type f -printf '/%p\n' | sort) >"$root/DEBIAN/conffiles"
(cd "$root" && find . -type f -not -path './DEBIAN/*' -printf '%P\n' | sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$output"
package=$output/bulletins_${version}_$architecture.deb
dpkg-deb --root-owner-group "${compression[@]}" --build "$root" "$package" >/dev/null
say "$package: $(stat -c %s "$package") bytes"
if [ -n "$check" ]; then
    lintian --fail-on error,warning --tag-display-limit 0 "$package" >&2
    say "lintian: no errors, no warnings"
fi
echo "$package"
