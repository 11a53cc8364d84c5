#!/usr/bin/env bash
# Makes the root file system of an image: one program, the libraries that it is linked to, what it reads beside them,
# and nothing else: no shell, no package manager.
#
#   deploy/docker/rootfs.sh PROGRAM FOLDER        e.g. deploy/docker/rootfs.sh .build/release/bulletins /tmp/rootfs
#
# Runs on the Debian that the program was linked on. The same program gives the same files, with the time of
# SOURCE_DATE_EPOCH (0 unless set). An SPDX list of what is inside lies in usr/share/sbom/.
set -euo pipefail

[ $# -eq 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
binary=$(realpath "$1") folder=$2
program=$(basename "$binary")
user=10001
rm -rf "$folder"
mkdir -p "$folder"/{etc/ssl/certs,usr/bin,usr/lib/ssl,usr/share/sbom,tmp,run/bulletins,var/lib/bulletins/{data,ingestor}}
# As in Debian since /usr is merged: libraries are found under either name.
for name in bin lib lib64; do
    mkdir -p "$folder/usr/$name"
    ln -s "usr/$name" "$folder/$name"
done

# Libraries go where the loader looks by itself: beside libc, whatever the program's own search path says.
libraries=$(dirname "$(ldd "$binary" | awk '$1 == "libc.so.6" {print $3}')")
libraries=/usr/${libraries#/usr/}; libraries=${libraries/\/usr\/\/usr/\/usr}
mkdir -p "$folder$libraries"
sources=()
while read -r name path; do
    [ -n "$path" ] || { echo "error: $program needs $name, which is not installed" >&2; exit 1; }
    cp -L "$path" "$folder$libraries/$name"
    sources+=("$(realpath "$path")")
done < <(ldd "$binary" | awk '$2 == "=>" {print $1, ($3 == "not" ? "" : $3)}')
loader=$(ldd "$binary" | awk '$2 != "=>" && $1 ~ /^\// {print $1}')
cp -L "$loader" "$folder$loader"
sources+=("$(realpath "$loader")")
# iconv's tables are loaded when a text is decoded; nettle and the like are in the list above.
cp -rL "$libraries/gconv" "$folder$libraries/gconv"
# Those of mainframes, near 4 MB, are none of the encodings that a label can name (EncodingLabel).
rm -f "$folder$libraries"/gconv/{IBM,EBCDIC}*.so
sources+=("$libraries/gconv/UTF-16.so")
# pthread_cancel and unwinding load it by name.
cp -L "$libraries/libgcc_s.so.1" "$folder$libraries/libgcc_s.so.1"

# Debian's libxml2 brings ICU with 30 MB of data for encodings, of which it is never asked one: what it reads is UTF-8. In
# their place stands a list of nothing, as ICU's own build begins with (source/stubdata): for an encoding that is not built
# in, ICU finds no converter.
for data in "$folder$libraries"/libicudata.so.*; do
    [ -e "$data" ] || continue
    version=${data##*.}
    "$(command -v clang || command -v cc)" -shared -nostdlib -Wl,-soname,"$(basename "$data")" -Wl,--build-id=none \
        -o "$data" -x c - <<END
/* ICU's common data: header size, magic, UDataInfo of a table of contents ("ToCP", version 1), count 0. */
__attribute__((aligned(16))) const struct {
    unsigned short headerSize; unsigned char magic[2]; unsigned short size, reserved;
    unsigned char isBigEndian, charsetFamily, sizeofUChar, reservedByte, format[4], formatVersion[4], dataVersion[4];
    char padding[8]; unsigned count, pad;
} icudt${version}_dat = {32, {0xda, 0x27}, 20, 0, 0, 0, 2, 0, "ToCP", {1}, {0}, {0}, 0, 0};
END
done

install -m 755 "$binary" "$folder/usr/bin/$program"
strip --strip-unneeded "$folder/usr/bin/$program"
find "$folder$libraries" -maxdepth 1 -name '*.so*' -exec strip --strip-unneeded {} + 2>/dev/null

# For TLS to Kafka: certificate authorities, where OpenSSL looks.
cp -L /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/"
ln -s /etc/ssl/certs/ca-certificates.crt "$folder/usr/lib/ssl/cert.pem"
ln -s /etc/ssl/certs "$folder/usr/lib/ssl/certs"
printf 'root:x:0:0:root:/:/sbin/nologin\nbulletins:x:%d:%d::/var/lib/bulletins:/sbin/nologin\n' $user $user >"$folder/etc/passwd"
printf 'root:x:0:\nbulletins:x:%d:\n' $user >"$folder/etc/group"
printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$folder/etc/nsswitch.conf"
chmod 1777 "$folder/tmp"
chmod 750 "$folder"/var/lib/bulletins/*
[ "$(id -u)" -ne 0 ] || chown -R $user:$user "$folder/var/lib/bulletins" "$folder/run/bulletins"

# Which packages the files are from, for the list and for their licences.
packages=$(for file in "${sources[@]}"; do
    dpkg-query -S "$file" 2>/dev/null || dpkg-query -S "${file#/usr}" 2>/dev/null || true
done | cut -d: -f1 | sort -u; echo ca-certificates)
for package in $packages; do
    mkdir -p "$folder/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$folder/usr/share/doc/$package/"
done
python3 "$here/sbom.py" --name "$program" --root "$folder" $packages >"$folder/usr/share/sbom/$program.spdx.json"
find "$folder" -exec touch --no-dereference --date "@${SOURCE_DATE_EPOCH:-0}" {} +
