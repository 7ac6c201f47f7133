"""What a crawl came to: its counts, its verdict, its summary and the exit code that cron sees."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from storage.records import Reason, RunStatus, Saved

EXIT_DONE, EXIT_UNHEALTHY, EXIT_RUNNING, EXIT_INTERRUPTED, EXIT_ARCHIVE = 0, 1, 3, 4, 5

FEW_PAGES = 5  # so few may well be videos, or gone
MOST_NOTES = 3  # on the line that an operator reads

# These are what a site says of single pages; the others say that the crawl itself went wrong.
_EXPECTED = frozenset(
    {
        Reason.LISTING,
        Reason.NOT_FOUND,
        Reason.SOFT_404,
        Reason.PROTECTED,
        Reason.PAYWALL,
        Reason.VIDEO,
        Reason.STATIC,
        Reason.NOT_ARABIC,
        Reason.NOT_HTML,
        Reason.ROBOTS,
        Reason.EMPTY,
        Reason.UNTITLED,
        Reason.REMOVED,
    }
)


@dataclass(slots=True)
class ChannelCount:
    """What one channel did in a run.

    found: articles that it named, known ones too. first: new ones that it named before any other channel. missed: new
    ones that others named and that it should have, as far back as it was read. failures: doors that did not answer.
    """

    found: int = 0
    first: int = 0
    missed: int = 0
    failures: int = 0


@dataclass(slots=True)
class Outcome:
    """One site's crawl, counted while it runs and judged when it ends.

    status: running, done, unhealthy, interrupted, failed, or skipped (the site was being crawled already).
    message: why it is not "done". details: one example for each reason. walks, barren: categories whose first page
    answered, and those of them that named no article. crashed: what a site's hook raised. left: hosts that were given
    up, and why. spent: the budget of requests came to its end before what there was to ask.
    """

    site: str
    pages: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    requests: int = 0
    listings: int = 0
    links: int = 0
    walks: int = 0
    barren: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    details: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    status: RunStatus = "running"
    message: str | None = None
    archive_error: str | None = None
    channels: dict[str, ChannelCount] = field(default_factory=dict)
    unchanged: int = 0  # lists that answered 304
    expected: int | None = None  # articles that the site's lists lead to; None: no list told
    passed: int = 0  # of those, known ones, which need no request
    crashed: str | None = None
    left: str | None = None
    spent: bool = False
    run_id: int | None = None
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    def count(self, saved: Iterable[Saved]) -> None:
        """One page kept, with the articles it gave."""
        self.pages += 1
        for one in saved:
            if one.outcome == "new":
                self.new += 1
            elif one.outcome == "changed":
                self.changed += 1
            elif one.outcome == "gone":
                self.gone += 1
            else:
                self.same += 1

    def channel(self, name: str) -> ChannelCount:
        """The counts of one channel, made when it is first named."""
        return self.channels.setdefault(name, ChannelCount())

    def miss(self, reason: Reason, detail: str) -> None:
        """One page that gave no article."""
        self.reasons[reason.value] += 1
        self.details.setdefault(reason.value, detail)

    def crash(self, detail: str) -> None:
        """One page at which code raised."""
        self.miss(Reason.FAILED, detail)
        self.crashed = self.crashed or detail

    @property
    def articles(self) -> int:
        """Articles that this run met."""
        return self.new + self.changed + self.same

    def close(self, reason: str) -> None:
        """Judge the run. reason: Scrapy's, such as "finished" or "shutdown"."""
        self.seconds = time.monotonic() - self.started
        if self.archive_error is not None:
            self.status, self.message = "failed", self.archive_error
        elif reason == "shutdown":
            self.status, self.message = "interrupted", "stopped by a signal; the next run goes on from here"
        elif reason != "finished":
            self.status, self.message = "failed", f"the crawl was closed: {reason}"
        else:
            self.message = self._complaint()
            self.status = "unhealthy" if self.message else "done"

    def _complaint(self) -> str | None:
        """What is wrong with a run that came to its end; None when nothing is."""
        return self._unanswered() or self._errors() or self._barren()

    def _unanswered(self) -> str | None:
        if self.crashed is not None:
            return f"code raised ({self.crashed})"
        if self.listings > 0 or (self.spent and self.articles > 0):
            return None
        why = next(iter(self.details.values()), "no page answered")
        return f"nothing could be read ({why})" if self.articles == 0 else f"no listing could be read ({why})"

    def _errors(self) -> str | None:
        troubles = troubles_of(self.reasons)
        worst = max(troubles, key=lambda name: troubles[name], default=None)
        if worst is not None and sum(troubles.values()) > self.articles + self.listings:
            return f"mostly errors: {troubles[worst]} × {worst} ({self.details[worst]})"
        if self.left is not None:
            return f"stopped before the end, as a host had to be left alone ({self.left}); the next run asks the rest"
        unread = sum(self.reasons.values())
        if self.articles == 0 and unread >= FEW_PAGES:
            name, count = Counter(self.reasons).most_common(1)[0]
            return f"none of {unread} pages gave an article: {count} × {name} ({self.details[name]})"
        return None

    def _barren(self) -> str | None:
        """Listings that named nothing. Articles that were looked at again prove nothing about them."""
        if self.spent and self.listings == 0:
            return None
        barren = (self.links == 0 and not self.unchanged) or (self.walks > 1 and self.barren == self.walks)
        if not barren:
            return None
        why = next((self.details[name] for name in troubles_of(self.reasons)), None)
        if why is None and self.articles == 0:
            why = next(iter(self.details.values()), None)
        if why is not None:
            return f"no listing named an article ({why})"
        return "no listing named an article: has the template changed? See the site's selectors, or its theme"

    @property
    def exit_code(self) -> int:
        """As documented in docs/exit-codes.md."""
        if self.archive_error is not None:
            return EXIT_ARCHIVE
        codes = {"done": EXIT_DONE, "interrupted": EXIT_INTERRUPTED, "skipped": EXIT_RUNNING}
        return codes.get(self.status, EXIT_UNHEALTHY)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "site": self.site,
            "status": self.status,
            "message": self.message,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "gone": self.gone,
            "pages": self.pages,
            "listings": self.listings,
            "requests": self.requests,
            "not_articles": dict(sorted(self.reasons.items())),
            "channels": {name: asdict(count) for name, count in sorted(self.channels.items())},
            "notes": self.notes,
            "seconds": round(self.seconds, 1),
        }

    def found_json(self) -> dict[str, Any]:
        """What listings and channels named, as the archive keeps it with the run, for health to compare."""
        failing = {name: self.details.get(f"{name} channel") for name in self.channels}
        return {
            "listings": self.listings,
            "links": self.links,
            "walks": self.walks,
            "barren": self.barren,
            "unchanged": self.unchanged,
            "channels": {
                name: asdict(count) | ({"detail": why} if (why := failing[name]) else {})
                for name, count in sorted(self.channels.items())
            },
        }

    def line(self) -> str:
        """The one line that an operator reads."""
        counts = f"{self.new} new, {self.changed} changed, {self.same} same"
        counts += f", {self.gone} gone" if self.gone else ""
        others = ", ".join(f"{n} {name}" for name, n in sorted(self.reasons.items()))
        tail = f"{self.requests} requests, {self.seconds:.0f} s"
        told = f"{self.site}: {self.status}: {counts}; {tail}" + (f"; no articles: {others}" if others else "")
        lacking = [f"{name} missed {count.missed}" for name, count in self.channels.items() if count.missed]
        lacking += [f"{name} did not answer" for name, count in self.channels.items() if count.failures]
        told += f"; channels: {', '.join(lacking)}" if lacking else ""
        notes = "".join(f"; note: {note}" for note in self.notes[:MOST_NOTES])
        more = len(self.notes) - MOST_NOTES
        notes += f"; {more} more notes (--json has them)" if more > 0 else ""
        return printable(told + (f"; {self.message}" if self.message else "") + notes)


def troubles_of(reasons: Mapping[str, int]) -> dict[str, int]:
    """Those of the counted reasons that say that the crawl itself went wrong."""
    return {name: n for name, n in reasons.items() if Reason(name) not in _EXPECTED}


def printable(text: str) -> str:
    """On one line, without what could steer a terminal: URLs and errors come from servers."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))


def total(outcomes: list[Outcome]) -> dict[str, Any]:
    """Many sites' outcomes as the one object that `crawl --json` prints."""
    keys = ("new", "changed", "same", "gone", "pages", "listings", "requests")
    reasons: Counter[str] = Counter()
    for outcome in outcomes:
        reasons.update(outcome.reasons)
    return {
        "exit_code": exit_code(outcomes),
        **{key: sum(getattr(outcome, key) for outcome in outcomes) for key in keys},
        "not_articles": dict(sorted(reasons.items())),
        "sites": [outcome.as_json() for outcome in outcomes],
    }


def exit_code(outcomes: list[Outcome]) -> int:
    """The worst, in the order 5 (archive), 4 (interrupted), 1 (unhealthy), 3 (all were running already), 0."""
    codes = [outcome.exit_code for outcome in outcomes]
    for code in (EXIT_ARCHIVE, EXIT_INTERRUPTED, EXIT_UNHEALTHY):
        if code in codes:
            return code
    return EXIT_RUNNING if codes and all(code == EXIT_RUNNING for code in codes) else EXIT_DONE
