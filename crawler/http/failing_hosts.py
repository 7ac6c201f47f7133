"""Hosts that are given up for the rest of a run, because they demand a long wait or keep failing."""

from dataclasses import dataclass, field
from typing import Any

from crawler.http.refusals import GivenUp, not_fetched
from storage.messages import message

GIVEN_UP = "warraq/given_up/"  # prefix of the keys in Scrapy's statistics: host to reason


@dataclass(slots=True)
class Hosts:
    """The failures of each host in a run, by download slot.

    limit: failures in a row after which a host is given up.
    """

    limit: int
    failures: dict[str, int] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)  # host to the reason

    def succeeded(self, host: str) -> None:
        """Record a response that is no failure: the count of failures starts anew."""
        self.failures.pop(host, None)

    def failed(self, host: str, what: str) -> bool:
        """Record a failure. Returns whether the host is given up now: True only once for a host."""
        count = self.failures[host] = self.failures.get(host, 0) + 1
        return count >= self.limit and self.give_up(host, f"{count} failures in a row, the last: {what}")

    def give_up(self, host: str, why: str) -> bool:
        """Give up the host. Returns False if it was given up before."""
        if host in self.given_up:
            return False
        self.given_up[host] = why
        return True

    def check(self, host: str, url: str) -> None:
        """Raise GivenUp if the host is given up."""
        why = self.given_up.get(host)
        if why is not None:
            left = message("{host!s} is left alone in this run ({why})", host=host, why=why)
            raise GivenUp(not_fetched(url, left))


def abandoned_hosts(stats: dict[str, Any]) -> str | None:
    """The hosts that were given up, each with the cause, as text; None without one."""
    hosts = [f"{name.removeprefix(GIVEN_UP)}: {why}" for name, why in stats.items() if name.startswith(GIVEN_UP)]
    return "; ".join(hosts) or None
