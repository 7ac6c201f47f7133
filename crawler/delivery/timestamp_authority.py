"""Client of a timestamp authority (RFC 3161 §3.4): one POST over https, or http to this machine, without redirects."""

import http.client
import threading
from ipaddress import ip_address
from urllib.parse import urlsplit

from crawler.delivery.checked_connection import TIMEOUT_S, CheckedConnection
from crawler.http.address_rules import Rules, host_and_port
from storage.errors import UsageError, WarraqError
from storage.evidence.timestamps import answer_problem, timestamp_request
from storage.messages import message

LIMIT_S = 60  # for all steps
MAX_ANSWER_BYTES = 1 << 20


class NoTimestamp(WarraqError):
    """The authority returned no timestamp; the next `warraq attest` requests it again."""


class TimestampAuthority:
    """An authority of the operator's choice."""

    def __init__(self, url: str, allowed: frozenset[tuple[str, int | None]], user_agent: str) -> None:
        """allowed: hosts whose address may be private. Raises UsageError if the URL is not allowed."""
        self._rules = Rules(allowed=allowed)
        self._agent = user_agent
        parts = urlsplit(url)
        refusal = self._rules.refusal(url)
        if refusal is None and parts.scheme == "http" and not _is_this_machine(parts.hostname or ""):
            refusal = message("it is no https URL; http is for this machine alone")
        if refusal is not None:
            raise UsageError(message("--tsa can't be used: {refusal}", refusal=refusal))
        self._plain = parts.scheme == "http"
        self._host, self._port = host_and_port(url)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def timestamp(self, text: bytes) -> bytes:
        """Request a timestamp; returns the response (DER). Only the text's digest is sent. Raises NoTimestamp."""
        request = timestamp_request(text)
        connection = self._connection()
        timer = threading.Timer(LIMIT_S, _break_off, [connection])
        timer.start()
        try:
            headers = {"Content-Type": "application/timestamp-query", "User-Agent": self._agent}
            connection.request("POST", self._path, body=request, headers=headers)
            got = connection.getresponse()
            answer = got.read(MAX_ANSWER_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise NoTimestamp(
                message("{host!s} gave no timestamp: {why}", host=self._host, why=_words(error))
            ) from error
        finally:
            timer.cancel()
            connection.close()
        if got.status != 200:
            why = message("it answered {status}", status=got.status)
            raise NoTimestamp(message("{host!s} gave no timestamp: {why}", host=self._host, why=why))
        too_long = message("it is too long") if len(answer) > MAX_ANSWER_BYTES else None
        problem = too_long or answer_problem(request, answer, text)
        if problem is not None:
            line = message("the answer of {host!s} is no timestamp: {problem}", host=self._host, problem=problem)
            raise NoTimestamp(line)
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        if self._plain:
            return http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_S)
        return CheckedConnection(self._host, self._port, self._rules)


def _words(error: Exception) -> str:
    """The message of a connection error; a system error's as a message that can be translated."""
    if isinstance(error, OSError) and error.strerror and str(error) == f"[Errno {error.errno}] {error.strerror}":
        return message("[Errno {number}] {why}", number=error.errno, why=error.strerror)
    return str(error)


def _break_off(connection: http.client.HTTPConnection) -> None:
    if isinstance(connection, CheckedConnection):
        connection.abort()
    elif connection.sock is not None:
        connection.sock.close()


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
