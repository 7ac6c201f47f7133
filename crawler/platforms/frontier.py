"""What a spider may ask about pages, and of whom: it knows neither the archive nor who reads."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from storage.records import Capture, Endpoint, Extraction, Found


class Frontier(Protocol):
    """What a spider may ask and tell about pages; crawler/runs/context.py answers from the archive."""

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """Those that no run has found yet, in order, without duplicates."""

    def pending(self) -> list[Found]:
        """What an earlier run found and did not fetch, oldest first."""

    def enqueue(self, found: Iterable[Found]) -> None:
        """Note as pending, so that a killed run's successor fetches them."""

    def due(self, limit: int) -> list[str]:
        """Articles whose next visit has come, longest overdue first."""

    def edited(self, times: Mapping[str, datetime]) -> list[str]:
        """Of known pages, given with when each last changed (aware), those that were fetched before that."""

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Make the articles of these edited pages due at once; back come those that are no article's."""

    def endpoints(self) -> list[Endpoint]:
        """The addresses of the site's channels that earlier runs asked."""

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer; None where it gave none."""

    async def read(self, capture: Capture) -> Extraction:
        """What reading makes of a page of which nobody knows yet whether it is a listing or an article."""


class SpiderContext(Protocol):
    """Where the pipeline keeps pages and who reads them (crawler/runs/context.py); a spider only asks it the time."""

    clock: Callable[[], datetime]
