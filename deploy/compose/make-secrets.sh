#!/usr/bin/env bash
# Makes what deploy/compose/secure.yml needs, in deploy/compose/secrets/: a certificate authority, certificates for Kafka
# and the ingestor, passwords, and tokens for clients and for Prometheus. What is there already stays.
#
#   deploy/compose/make-secrets.sh [FOLDER]
#
# For one machine and for trying: in earnest certificates and passwords come from where yours come from. Needs openssl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

folder=${1:-deploy/compose/secrets}
mkdir -p "$folder"
chmod 711 "$folder"
cd "$folder"
days=825
if [ ! -e ca.crt ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days -subj "/CN=bulletins" \
        -keyout ca.key -out ca.crt 2>/dev/null
fi
# certificate NAME ALTERNATIVE_NAMES
certificate() {
    [ ! -e "$1.crt" ] || return 0
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days $days -out "$1.crt" \
        -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$2") 2>/dev/null
    rm "$1.csr"
}
certificate kafka DNS:kafka,DNS:localhost,IP:127.0.0.1
certificate ingestor DNS:ingestor,DNS:localhost,IP:127.0.0.1
# What Kafka reads: key, certificate and its authority in one file.
cat kafka.key kafka.crt >kafka.pem
for user in ingestor indexer broker; do
    [ -e "$user.password" ] || openssl rand -hex 24 | tr -d '\n' >"$user.password"
done
# A client's token goes to the client; the service knows its SHA-256: what `bulletin-ingestor token NAME` does.
token() {
    [ ! -e "$1.token" ] || return 0
    openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n' >"$1.token"
    printf '%s %s sha256:%s\n' "$1" "$2" "$(sha256sum <"$1.token" | cut -d' ' -f1)" >>tokens
}
token newsroom read,write
token prometheus read
# Containers read them as users of their own.
chmod 644 ./*
chmod 600 ca.key
echo "made in $folder" >&2
