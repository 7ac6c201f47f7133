"""An https connection to public addresses or allowed hosts only: it connects to the very address that it checked."""

import http.client
import socket
import ssl
from contextlib import suppress

from crawler.http.address_rules import Rules, is_public

TIMEOUT_S = 15  # for each step


class CheckedConnection(http.client.HTTPSConnection):
    """Resolves its host itself, and connects only to public addresses, or to any address of an allowed host."""

    def __init__(self, host: str, port: int, rules: Rules) -> None:
        self._context_used = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT_S, context=self._context_used)
        self._rules = rules

    def connect(self) -> None:
        """Connect to the first allowed address that answers. Raises OSError."""
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
        """Abort the current operation. For use from another thread."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
