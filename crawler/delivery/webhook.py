"""Delivery to a webhook: one POST of JSON over https, only to a public address, which is checked before connecting."""

import http.client
import threading
from urllib.parse import urlsplit

from crawler.delivery.checked_connection import CheckedConnection
from crawler.http.address_rules import Rules, host_and_port
from storage.errors import UsageError
from storage.messages import message

LIMIT_S = 60  # for all steps


class Webhook:
    """A webhook at the operator's URL, which is checked at once. No proxy is used, and no redirect is followed."""

    def __init__(self, url: str, allowed: frozenset[tuple[str, int | None]] = frozenset()) -> None:
        """allowed: hosts whose address may be private. Raises UsageError if the URL is not allowed."""
        self._rules = Rules(allowed=allowed)
        refusal = self._rules.refusal(url) if urlsplit(url).scheme == "https" else message("it is no https URL")
        if refusal is not None:
            raise UsageError(message("--webhook can't be used: {refusal}", refusal=refusal))
        parts = urlsplit(url)
        self._host, self._port = host_and_port(url)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def post(self, content: bytes, key: str) -> str | None:
        """Send the content; returns None, or why it was not accepted. key: the Idempotency-Key, the same for the same
        content. As the URL may hold a secret, messages name the host only.
        """
        connection = CheckedConnection(self._host, self._port, self._rules)
        timer = threading.Timer(LIMIT_S, connection.abort)
        timer.start()
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": key, "User-Agent": "Warraq"}
            connection.request("POST", self._path, body=content, headers=headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return message("{host} did not take it: {why}", host=self._host, why=str(error) or type(error).__name__)
        finally:
            timer.cancel()
            connection.close()
        return None if 200 <= status < 300 else message("{host} answered {status}", host=self._host, status=status)
