"""The listening sockets of the reader, on loopback unless a token guards them, and the server that answers on them."""

import errno
import ipaddress
import os
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from storage.errors import Interrupted, UsageError
from storage.messages import message
from storage.web.access import LEAST_TOKEN

_BACKLOG = 1024
_KEEP_ALIVE_S = 75  # a reader who has read a page asks for the next one on the same connection


def read_token(file: Path | None) -> str | None:
    """The token from the file, else from WARRAQ_TOKEN; None without either. Raises UsageError if it is too short."""
    if file is not None:
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else message("it is no text")
            raise UsageError(message("--token-file {file} can't be read: {why}", file=file, why=why)) from error
        source = f"--token-file {file}"
    else:
        token, source = os.environ.get("WARRAQ_TOKEN", "").strip(), "WARRAQ_TOKEN"
        if not token:
            return None
    if len(token) < LEAST_TOKEN:
        raise UsageError(
            message(
                "{source} holds fewer than {least} characters; make a token with: openssl rand -hex 24",
                source=source,
                least=LEAST_TOKEN,
            )
        )
    return token


def listen(host: str, port: int, *, guarded: bool) -> socket.socket:
    """Open a listening socket. port 0: any free port. guarded: requests need a token.

    Raises UsageError for an address that is not loopback if not guarded, and for an address that can't be bound.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(message("--host {host!r} is no address of this machine", host=host)) from error
    if not guarded and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
        raise UsageError(
            message(
                "--host {host} can be reached by others: give the reader a token (WARRAQ_TOKEN or --token-file), or "
                "leave --host out",
                host=host,
            )
        )
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        busy = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        why = (
            message("is taken; choose another with --port")
            if busy
            else message("can't be listened on: {why}", why=error)
        )
        raise UsageError(message("port {port} of {host} {why}", port=port, host=host, why=why)) from error
    return listening


def listen_beside(host: str, port: int | None, reader: socket.socket, *, guarded: bool) -> socket.socket:
    """Open a second socket on another port. port None: the reader's port + 1, else any free port."""
    if port is not None:
        return listen(host, port, guarded=guarded)
    try:
        return listen(host, int(reader.getsockname()[1]) + 1, guarded=guarded)
    except UsageError:
        return listen(host, 0, guarded=guarded)


def captured_address(url: str | None) -> str | None:
    """The given origin without a slash at its end. Raises UsageError if it is no origin."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        is_origin = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
        is_origin = is_origin and not (parts.query or parts.fragment or "@" in parts.netloc or ";" in url or " " in url)
    except ValueError:
        is_origin = False
    if not is_origin:
        raise UsageError(message("--captured-url {url!r} is no origin; write it as https://pages.example.org", url=url))
    return url.rstrip("/")


def shown_address(listening: socket.socket) -> str:
    """The URL at which a socket can be reached."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def answer_requests(app: ASGIApp, listening: list[socket.socket]) -> None:
    """Serve until SIGINT or SIGTERM; running requests are finished first."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=5,
        timeout_keep_alive=_KEEP_ALIVE_S,
    )
    with suppress(Interrupted, KeyboardInterrupt):  # uvicorn raises the signal again after its shutdown
        uvicorn.Server(config).run(sockets=listening)
