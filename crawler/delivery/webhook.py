"""A webhook: one POST of JSON over https, to a public address alone. The address that was checked is connected to."""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from crawler.http.address_rules import Rules, host_and_port, is_public
from storage.errors import UsageError

TIMEOUT_S = 15  # for each step
LIMIT_S = 60  # for all of them


class Webhook:
    """A URL of the operator's, checked when it is given. No proxy is used, and no redirect is followed."""

    def __init__(self, url: str, allowed: frozenset[tuple[str, int | None]] = frozenset()) -> None:
        """allowed: hosts whose address may be private. Raises UsageError for a URL that nothing may be sent to."""
        self._rules = Rules(allowed=allowed)
        refusal = self._rules.refusal(url) if urlsplit(url).scheme == "https" else "it is no https URL"
        if refusal is not None:
            raise UsageError(f"--webhook can't be used: {refusal}")
        parts = urlsplit(url)
        self._host, self._port = host_and_port(url)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def post(self, content: bytes, key: str) -> str | None:
        """Send the content; None, or why it was not taken. key: the same for the same content, as Idempotency-Key.

        The URL may hold a secret, so that a message names the host alone.
        """
        connection = _CheckedConnection(self._host, self._port, self._rules)
        timer = threading.Timer(LIMIT_S, connection.abort)
        timer.start()
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": key, "User-Agent": "Warraq"}
            connection.request("POST", self._path, body=content, headers=headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return f"{self._host} did not take it: {error or type(error).__name__}"
        finally:
            timer.cancel()
            connection.close()
        return None if 200 <= status < 300 else f"{self._host} answered {status}"


class _CheckedConnection(http.client.HTTPSConnection):
    """Looks its host up itself, and connects to public addresses, or those of a host that is allowed."""

    def __init__(self, host: str, port: int, rules: Rules) -> None:
        self._context_used = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT_S, context=self._context_used)
        self._rules = rules

    def connect(self) -> None:
        """Connect to the first address that may be used and answers. Raises OSError."""
        addresses = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        if not self._rules.names(self.host, self.port):
            addresses = [each for each in addresses if is_public(str(each[4][0]))]
        refusal: OSError = OSError("its address is not public")
        for *_, address in addresses:
            try:
                plain = socket.create_connection((str(address[0]), self.port), TIMEOUT_S)
            except OSError as error:
                refusal = error
                continue
            self.sock = self._context_used.wrap_socket(plain, server_hostname=self.host)
            return
        raise refusal

    def abort(self) -> None:
        """Break off whatever is under way. From another thread."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
