"""Hosts that are given up for the rest of a run: they said "come back later", or they only fail."""

from dataclasses import dataclass, field

from crawler.http.refusals import GivenUp


@dataclass(slots=True)
class Hosts:
    """What a run remembers of the hosts it talks to, by download slot.

    limit: failures in a row after which a host is given up.
    """

    limit: int
    failures: dict[str, int] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)  # host to the reason

    def succeeded(self, host: str) -> None:
        """An answer that is no failure: the count begins anew."""
        self.failures.pop(host, None)

    def failed(self, host: str, what: str) -> bool:
        """One more failure; whether the host is given up now, which is said once."""
        count = self.failures[host] = self.failures.get(host, 0) + 1
        return count >= self.limit and self.give_up(host, f"{count} failures in a row, the last: {what}")

    def give_up(self, host: str, why: str) -> bool:
        """Leave the host alone; whether that is new."""
        if host in self.given_up:
            return False
        self.given_up[host] = why
        return True

    def check(self, host: str, url: str) -> None:
        """Raise GivenUp when the host is to be left alone."""
        why = self.given_up.get(host)
        if why is not None:
            raise GivenUp(f"not fetched: {ascii(url)[:200]}: {host} is left alone in this run ({why})")
