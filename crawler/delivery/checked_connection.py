"""An https connection to a public address, or to an allowed host: the address that was checked is dialled."""

import http.client
import socket
import ssl
from contextlib import suppress

from crawler.http.address_rules import Rules, is_public

TIMEOUT_S = 15  # for each step


class CheckedConnection(http.client.HTTPSConnection):
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
