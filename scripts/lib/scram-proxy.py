#!/usr/bin/env python3
"""Stands in front of a Kafka broker without security and asks for SASL_SSL with SCRAM-SHA-512, as a secured one does.

    scripts/lib/scram-proxy.py --upstream HOST:PORT --certificate PEM --user NAME --password-file FILE --port-file FILE

For tests: librdkafka's mock cluster knows no security. It answers what belongs to authentication by itself (KIP-43,
KIP-152, RFC 5802, RFC 7677), passes everything else on, and names itself in place of the broker. Runs until SIGTERM.
"""
import argparse
import base64
import hashlib
import hmac
import os
import pathlib
import secrets
import socket
import ssl
import struct
import sys
import threading

API_VERSIONS, SASL_HANDSHAKE, SASL_AUTHENTICATE = 18, 17, 36
UNSUPPORTED_SASL_MECHANISM, ILLEGAL_SASL_STATE, SASL_AUTHENTICATION_FAILED = 33, 34, 58
MECHANISM = "SCRAM-SHA-512"


def read_exactly(stream, count):
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def read_frame(stream):
    return read_exactly(stream, struct.unpack(">i", read_exactly(stream, 4))[0])


def write_frame(stream, data):
    stream.sendall(struct.pack(">i", len(data)) + data)


def text(value):
    data = value.encode()
    return struct.pack(">h", len(data)) + data


class Scram:
    """The server's side of SCRAM-SHA-512 for one user."""

    def __init__(self, user, password):
        self.user, self.salt, self.iterations = user, secrets.token_bytes(16), 4096
        salted = hashlib.pbkdf2_hmac("sha512", password.encode(), self.salt, self.iterations)
        self.stored_key = hashlib.sha512(hmac.digest(salted, b"Client Key", "sha512")).digest()
        self.server_key = hmac.digest(salted, b"Server Key", "sha512")
        self.first = None

    def step(self, message):
        """The answer to a message, and whether that was the last. Raises ValueError where it must be refused."""
        if self.first is None:
            bare = message.decode().split(",", 2)[2]
            fields = dict(part.split("=", 1) for part in bare.split(","))
            if fields["n"] != self.user:
                raise ValueError("no such user")
            self.nonce = fields["r"] + secrets.token_hex(16)
            answer = f"r={self.nonce},s={base64.b64encode(self.salt).decode()},i={self.iterations}"
            self.first = f"{bare},{answer}"
            return answer.encode(), False
        without_proof, proof = message.decode().rsplit(",p=", 1)
        fields = dict(part.split("=", 1) for part in without_proof.split(","))
        signed = f"{self.first},{without_proof}".encode()
        signature = hmac.digest(self.stored_key, signed, "sha512")
        key = bytes(a ^ b for a, b in zip(base64.b64decode(proof), signature))
        # librdkafka before 2.6.1 puts its own nonce in front once more. Kafka up to 3.9 takes that (`endsWith`), Kafka 4 does
        # not: confluentinc/librdkafka#4895.
        if not fields["r"].endswith(self.nonce) or not hmac.compare_digest(hashlib.sha512(key).digest(), self.stored_key):
            raise ValueError("wrong password")
        return b"v=" + base64.b64encode(hmac.digest(self.server_key, signed, "sha512")), True


def api_versions(upstream, version):
    """The answer to ApiVersions: what the broker knows, and SaslHandshake and SaslAuthenticate."""
    # Asked for by version 0, which every broker answers with (key, least, most) and nothing else.
    write_frame(upstream, struct.pack(">hhih", API_VERSIONS, 0, 0, -1))
    known = read_frame(upstream)[10:]
    entries = {struct.unpack(">h", known[i:i + 2])[0]: known[i:i + 6] for i in range(0, len(known), 6)}
    for key in (SASL_HANDSHAKE, SASL_AUTHENTICATE):
        entries[key] = struct.pack(">hhh", key, 0, 1)
    # From version 3 on in the compact form: a length in an unsigned varint, and tags, of which there are none.
    tags = b"\0" if version >= 3 else b""
    length = bytes([len(entries) + 1]) if version >= 3 else struct.pack(">i", len(entries))
    throttled = struct.pack(">i", 0) if version >= 1 else b""
    return b"\0\0" + length + b"".join(entries[key] + tags for key in sorted(entries)) + throttled + tags


class Connection:
    def __init__(self, client, settings):
        self.client, self.settings = client, settings
        self.upstream = socket.create_connection(settings.upstream)

    def run(self):
        try:
            self.authenticate()
            threading.Thread(target=self.pass_answers, daemon=True).start()
            while data := self.client.recv(65536):
                self.upstream.sendall(data)
        except (EOFError, OSError):
            pass
        finally:
            for stream in (self.client, self.upstream):
                try:
                    stream.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def authenticate(self):
        scram = Scram(self.settings.user, self.settings.password)
        while True:
            frame = read_frame(self.client)
            key, version, correlation = struct.unpack(">hhi", frame[:8])
            answer, done, failed = struct.pack(">i", correlation), False, False
            if key == API_VERSIONS:
                answer += api_versions(self.upstream, version)
            elif key == SASL_HANDSHAKE:
                name = struct.unpack(">h", frame[8:10])[0]
                wanted = frame[10 + max(name, 0) + 2:].decode()
                failed = wanted != MECHANISM
                answer += struct.pack(">hi", UNSUPPORTED_SASL_MECHANISM if failed else 0, 1) + text(MECHANISM)
            elif key == SASL_AUTHENTICATE:
                name = struct.unpack(">h", frame[8:10])[0]
                try:
                    token, done = scram.step(frame[10 + max(name, 0) + 4:])
                    answer += struct.pack(">hh", 0, -1) + struct.pack(">i", len(token)) + token
                except (ValueError, KeyError, IndexError):
                    failed = True
                    answer += struct.pack(">h", SASL_AUTHENTICATION_FAILED)
                    answer += text("Authentication failed during authentication due to invalid credentials with SASL mechanism " + MECHANISM)
                    answer += struct.pack(">i", 0)
                if version >= 1:
                    answer += struct.pack(">q", 0)
            else:
                # Whoever is not known is not served.
                raise EOFError
            write_frame(self.client, answer)
            if failed:
                raise EOFError
            if done:
                return

    def pass_answers(self):
        """Answers name brokers by host and port: those of this proxy, which are as long."""
        host, port = self.settings.upstream
        there = host.encode() + struct.pack(">i", port)
        here = host.encode() + struct.pack(">i", self.settings.port)
        try:
            while True:
                write_frame(self.client, read_frame(self.upstream).replace(there, here))
        except (EOFError, OSError):
            try:
                self.client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("upstream", "certificate", "user", "password-file", "port-file"):
        parser.add_argument(f"--{name}", required=True)
    settings = parser.parse_args()
    host, port = settings.upstream.rsplit(":", 1)
    settings.upstream = (host, int(port))
    settings.password = pathlib.Path(settings.password_file).read_text().strip()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    settings.port = listener.getsockname()[1]
    pathlib.Path(settings.port_file + ".new").write_text(f"127.0.0.1:{settings.port}\n")
    os.rename(settings.port_file + ".new", settings.port_file)

    def serve(raw):
        try:
            stream = context.wrap_socket(raw, server_side=True)
        except (ssl.SSLError, OSError) as error:
            print(f"no TLS: {error}", file=sys.stderr, flush=True)
            raw.close()
            return
        Connection(stream, settings).run()

    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


if __name__ == "__main__":
    main()
