"""Simulates a fleet's day: outlets become due, a schedule enqueues them, slots of workers crawl them in order.

When an outlet is due next is decided by the product's own functions (storage.schedule, storage.revisits), so that a crawl
that waited long makes the next one later. Deterministic: one seed, one result. Times in hours, where no unit is said.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush

from crawler.http.robots import BELIEVED_FOR
from storage.revisits import revisits_allowed
from storage.schedule.intervals import CEILING, FLOOR, PACE, SLACK, Crawled, Rhythm, after_crawl, next_crawl
from tests.benchmarks.scale.outlets import Outlet
from tests.benchmarks.schedule.crawls import DAILY_PASS, LISTS, PASS_H

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
ROUND_H = 5 / 60  # between two rounds of `warraq schedule`, as docs/fleet.md has it
REVISITS = 6.9  # of an article (docs/schedule.md, simulated)
LISTED, PATIENCE_S, TRIES = (
    100,
    30.0,
    3,
)  # articles of a list; seconds until a request is given up, and how often it is made
KNOWN_DAYS = 14.0  # of articles by whose hours an outlet is known at the start


@dataclass(frozen=True, slots=True)
class FleetSize:
    """slots: crawls at once, of all workers. process_s: until a crawl's process sends its first request, and its end.

    fetches_s: jobs a second that the queue hands out. away: (from, to): no worker takes a job then.
    """

    slots: int
    process_s: float = 2.0
    fetches_s: float = 1_000.0
    away: tuple[float, float] = (-1.0, -1.0)


@dataclass(slots=True)
class Day:
    """Counts of a day. lags_h: from when an outlet was due to its crawl's start. of_interval: that by its interval.

    busy_h: of all slots. by_quarter: lags by quarter of an hour. jobs: what became of all of them.
    """

    outlets: int
    hours: float
    crawls: int = 0
    requests: int = 0
    revisits: int = 0
    articles: int = 0
    unanswered: int = 0
    busy_h: float = 0.0
    lags_h: list[float] = field(default_factory=list)
    of_interval: list[float] = field(default_factory=list)
    by_quarter: dict[int, list[float]] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    most_waiting: int = 0

    def a_day(self, count: float) -> float:
        """Of an outlet and day."""
        return count / self.outlets / self.hours * 24


class _State:
    """One outlet as the archive knows it. due: when it may be crawled. owed: revisits that its articles still ask for."""

    __slots__ = ("due", "ends", "owed", "pass_at", "read_to", "rhythm", "robots_at")

    def __init__(self, outlet: Outlet, start: float) -> None:
        interval = min(CEILING, max(FLOOR, PACE / outlet.a_day**0.5))
        interval = timedelta(seconds=round(interval.total_seconds()))
        hours = tuple(weight * outlet.a_day * KNOWN_DAYS / 24 for weight in outlet.weights)
        began = start - outlet.rng.random() * interval / timedelta(hours=1)
        at = _instant(began)
        self.rhythm = Rhythm(interval, at, next_crawl(at, interval, 0, hours), 0, hours)
        self.read_to, self.ends, self.owed = began, began, 0.0
        robots = BELIEVED_FOR / timedelta(hours=1)
        self.robots_at, self.pass_at = start - outlet.rng.random() * robots, start - outlet.rng.random() * PASS_H
        self.due = self._due()

    def _due(self) -> float:
        assert self.rhythm.next_at is not None
        return _hours(self.rhythm.next_at - self.rhythm.interval * SLACK)

    def crawl(self, outlet: Outlet, at: float, process_s: float) -> tuple[int, int, int, bool, float]:
        """New articles, requests with revisits, revisits, whether it answered, and the hours that the slot is taken."""
        answered = not outlet.is_away(at)
        new = revisits = 0
        if answered:
            requests = LISTS
            if at - self.robots_at >= BELIEVED_FOR / timedelta(hours=1):
                self.robots_at, requests = at, requests + 1
            if at - self.pass_at >= PASS_H:
                self.pass_at, requests = at, requests + DAILY_PASS
            new = outlet.published(self.read_to, at)
            self.read_to = at
            revisits = min(int(self.owed), revisits_allowed(requests + new))
            self.owed += new * REVISITS - revisits
            requests += new + revisits
            taken = process_s + requests * max(outlet.delay_s, outlet.answer_s) + outlet.delay_s
        else:
            requests = TRIES
            taken = process_s + TRIES * (PATIENCE_S + outlet.delay_s) + outlet.delay_s
        self.rhythm = after_crawl(self.rhythm, Crawled(new, LISTED, answered=answered), _instant(at))
        self.ends, self.due = at + taken / 3600, self._due()
        return new, requests, revisits, answered, taken / 3600


def simulate(outlets: list[Outlet], fleet: FleetSize, *, start: float, warm: float, hours: float) -> Day:
    """Run the fleet from `start` (an hour of the day) and count what happens after `warm` hours, for `hours`."""
    day, states = Day(len(outlets), hours), [_State(outlet, start) for outlet in outlets]
    count_from, end = start + warm, start + warm + hours
    due = [(state.due, place) for place, state in enumerate(states)]
    heapify(due)
    waiting: deque[tuple[float, int]] = deque()
    running: list[tuple[float, int]] = []
    enqueued = begun = ended = 0
    next_round, next_fetch = start, start
    while True:
        # The next thing that happens: a round of the schedule, or a job that a free slot takes.
        free_at = running[0][0] if len(running) >= fleet.slots else next_fetch
        takes_at = max(free_at, next_fetch)
        if fleet.away[0] <= takes_at < fleet.away[1]:
            takes_at = fleet.away[1]
        if not waiting or takes_at > next_round:
            if next_round >= end:
                break
            at, next_round = next_round, next_round + ROUND_H
            while due and due[0][0] <= at:
                waiting.append(heappop(due))
                enqueued += 1
            day.most_waiting = max(day.most_waiting, len(waiting))
            next_fetch = max(next_fetch, at)
            continue
        if takes_at >= end:
            break
        while running and running[0][0] <= takes_at:
            _, place = heappop(running)
            heappush(due, (states[place].due, place))
            ended += 1
        due_at, place = waiting.popleft()
        state = states[place]
        interval = state.rhythm.interval / timedelta(hours=1)
        new, requests, revisits, answered, taken = state.crawl(outlets[place], takes_at, fleet.process_s)
        heappush(running, (takes_at + taken, place))
        begun += 1
        next_fetch = takes_at + 1 / 3600 / fleet.fetches_s
        if takes_at >= count_from:
            lag = takes_at - due_at
            day.crawls, day.requests, day.articles = day.crawls + 1, day.requests + requests, day.articles + new
            day.revisits, day.unanswered = day.revisits + revisits, day.unanswered + (not answered)
            day.busy_h += taken
            day.lags_h.append(lag)
            day.of_interval.append(lag / interval)
            day.by_quarter.setdefault(int((takes_at - count_from) * 4), []).append(lag)
    day.jobs = {"enqueued": enqueued, "begun": begun, "ended": ended, "waiting": len(waiting), "running": len(running)}
    return day


def quantile(values: list[float], share: float) -> float:
    """The smallest value that so many of the values do not exceed; 0 of none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _instant(hours: float) -> datetime:
    return EPOCH + timedelta(hours=hours)


def _hours(at: datetime) -> float:
    return (at - EPOCH) / timedelta(hours=1)
