# Shared by the scripts of this folder: messages, and Debian packages that are installed only if missing.
# shellcheck shell=bash

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
[ -t 2 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '%s\n' "$*" >&2; }

# The libraries that the programs link to.
build_packages=(librdkafka-dev libsqlite3-dev libuchardet-dev libxml2-dev libarchive-dev libedit-dev zlib1g-dev pkg-config)

# install_packages NAME…: installs what is missing; asks for no password if nothing is.
install_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || fail "please install by hand (this is no Debian): ${missing[*]}"
    say "installing ${missing[*]}"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "run this as root, or install: ${missing[*]}"
        root=(sudo)
    fi
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

require_swift() {
    command -v swift >/dev/null || fail "Swift 6.1 or later is not on the PATH: see https://www.swift.org/install/linux/"
}
