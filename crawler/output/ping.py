"""Pings to a monitor such as Healthchecks at the start and end of a crawl. Without pings the monitor raises an alarm.

The monitor's URL is the operator's own, so it may be on a private address. It often holds a secret, and is not printed.
"""

import http.client
import sys
import urllib.request
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.parse import urlsplit

from storage.errors import Interrupted, UsageError, WarraqError
from storage.messages import message

TIMEOUT_S = 10
MOST_BYTES = 90_000  # Healthchecks keeps 100 kB
NOTHING_DONE = 3  # exit code of a crawl that found another one running; the other one sends its own pings


class Ping:
    """A context manager that reports the start and the end of its block: by `ended`, or by the error that ended it."""

    def __init__(self, url: str | None) -> None:
        """url: None: send nothing. Raises UsageError if it is no http(s) URL."""
        if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise UsageError(message("--ping takes an http(s) URL, such as https://hc-ping.com/UUID"))
        self._url = url

    def __enter__(self) -> Self:
        self._send("/start", "")
        return self

    def ended(self, code: int, summary: str) -> None:
        """Report the end: success for 0, nothing for 3, else a failure. summary: text for the monitor to show."""
        if code != NOTHING_DONE:
            self._send("" if code == 0 else "/fail", summary)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, WarraqError | Interrupted):
            self.ended(error.exit_code, str(error))
        elif error is not None:
            self.ended(1, f"{type(error).__name__}: {error}")

    def _send(self, suffix: str, body: str) -> None:
        """Send one POST. A failure is logged in a line, and does not fail the crawl."""
        if self._url is None:
            return
        parts = urlsplit(self._url)
        url = parts._replace(path=parts.path.rstrip("/") + suffix).geturl()
        data = body.encode("utf-8", "replace")[:MOST_BYTES]
        request = urllib.request.Request(url, data, {"Content-Type": "text/plain; charset=utf-8"})  # noqa: S310 - http(s)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
                answer.read(1000)
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            print(f"warraq: the ping to {parts.hostname} failed: {reason}; the crawl goes on", file=sys.stderr)
