"""A timestamp authority (RFC 3161): an HTTP server on loopback that runs `openssl ts` with a certificate of its own."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa_cert]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = us
[us]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
"""


class OpensslAuthority:
    """A timestamp authority that answers at `url` while the block runs.

    answers: the next responses, status and body, to send instead of timestamps.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ca = folder / "ca.pem"
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, bytes]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/tsr"

    @classmethod
    def made(cls, folder: Path) -> Self | None:
        """Create an authority with its own keys; None without OpenSSL."""
        if shutil.which("openssl") is None:
            return None
        for name in ("ca", "tsa"):
            (folder / f"{name}.cnf").write_text(CONFIG.format(name=f"Test {name}", folder=folder))
        (folder / "serial").write_text("01\n")
        new_key = ["-newkey", "rsa:2048", "-nodes"]
        openssl(
            "req",
            "-x509",
            *new_key,
            "-days",
            "30",
            "-config",
            "ca.cnf",
            "-extensions",
            "ca",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            folder=folder,
        )
        openssl("req", "-new", *new_key, "-config", "tsa.cnf", "-keyout", "tsa.key", "-out", "tsa.csr", folder=folder)
        openssl(
            "x509",
            "-req",
            "-in",
            "tsa.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "20",
            "-extfile",
            "tsa.cnf",
            "-extensions",
            "tsa_cert",
            "-out",
            "tsa.pem",
            folder=folder,
        )
        return cls(folder)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, query: bytes) -> bytes:
        """The output of `openssl ts -reply`."""
        (self.folder / "query.tsq").write_bytes(query)
        openssl(
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-section",
            "us",
            "-queryfile",
            "query.tsq",
            "-out",
            "answer.tsr",
            folder=self.folder,
        )
        return (self.folder / "answer.tsr").read_bytes()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                authority.asked.append(dict(self.headers))
                status, body = authority.answers.pop(0) if authority.answers else (200, authority.answer(query))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def openssl(*words: str | Path, folder: Path) -> str:
    """Run OpenSSL in a folder; return its output."""
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr
