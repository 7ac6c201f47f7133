"""A site's weeks under one schedule: crawls that cron starts, new articles, and revisits as far as each crawl may make them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from crawler.http.robots import BELIEVED_FOR
from storage.revisits import SiteEdits, next_revisit, revisits_allowed
from storage.schedule import intervals
from storage.schedule.intervals import Crawled, Rhythm
from storage.schedule.site_schedules import SiteSchedule
from tests.benchmarks.schedule import fixed_steps
from tests.benchmarks.schedule.world import DAY_H, LIFE_H, SimulatedSite

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
CRON_H, DELAY_H = 1 / 6, 2 / 3600  # cron starts `crawl --due` every ten minutes; two seconds between requests
LISTS, DAILY_PASS, PASS_H = 1, 25, 20.0  # requests of a crawl's lists; of the daily pass through home page and sections
WARM_DAYS, KNOWN_H = 6.0, 14 * DAY_H
_ON_LIST = 100


@dataclass(frozen=True, slots=True)
class Schedule:
    """pace, visits: as the product's; None: those of the fixed steps. every_h: crawled at that interval, due or not."""

    pace: timedelta | None = None
    visits: float | None = None
    every_h: float | None = None

    @property
    def robots_h(self) -> float:
        return 0.0 if self.pace is None else BELIEVED_FOR / timedelta(hours=1)

    def after_crawl(self, before: Rhythm, crawled: Crawled, began: datetime) -> Rhythm:
        if self.every_h is not None:
            return Rhythm(crawled_at=began, next_at=began + timedelta(hours=self.every_h))
        if self.pace is None:
            return fixed_steps.after_crawl(before, crawled, began)
        return intervals.after_crawl(before, crawled, began, pace=self.pace)


@dataclass(slots=True)
class Seen:
    """The crawler's view of one article. Times in hours. known: its edits by the last visit."""

    number: int
    saved: float
    last: float
    known: int
    changes: int = 0
    changed_at: float | None = None
    due: float | None = None
    gone: bool = False


@dataclass(slots=True)
class Weeks:
    """Results of a site's weeks, for articles of the counted days. Hours; requests: without revisits, of the counted days.

    edits: after their article was saved; all_edits: after it was published."""

    site: SimulatedSite
    delays: list[float] = field(default_factory=list)
    requests: int = 0
    crawls: int = 0
    revisits: int = 0
    edits: int = 0
    all_edits: int = 0
    edits_seen: int = 0
    lags: list[float] = field(default_factory=list)
    deleted: int = 0
    deletions_seen: list[float] = field(default_factory=list)
    saved: list[tuple[int, float]] = field(default_factory=list)
    least_gap_h: float = 1.0


def live(site: SimulatedSite, schedule: Schedule, *, days: float, revisits: bool = True) -> Weeks:
    """Crawl a site while it publishes, for so many days; then follow what it published for thirty more."""
    return _Life(site, schedule, days * DAY_H, revisits=revisits).run()


class _Life:
    def __init__(self, site: SimulatedSite, schedule: Schedule, until: float, *, revisits: bool) -> None:
        self.site, self.schedule, self.until, self.revisits = site, schedule, until, revisits
        self.weeks = Weeks(site)
        self.articles: dict[int, Seen] = {}
        self.queue: list[tuple[float, int]] = []
        self.told = sorted((at, n) for n, each in enumerate(site.articles) for at in each.told)
        self.heard = self.published = 0
        self.robots_at = self.pass_at = -1000.0
        self.runs: deque[tuple[float, int, int]] = deque()
        self.last_request = -1.0

    def run(self) -> Weeks:
        rhythm, free, tick = Rhythm(), 0.0, CRON_H * (hash_of(self.site.name) % 10) / 10
        end = self.until + (LIFE_H + 3 * DAY_H if self.revisits else 0.0)
        while tick < end:
            at, now = tick, _instant(tick)
            tick += CRON_H
            if at < free or not SiteSchedule(rhythm.interval, rhythm.crawled_at, rhythm.next_at).is_due(now):
                continue
            new, free = self._crawl(at)
            rhythm = self.schedule.after_crawl(rhythm, Crawled(new, _ON_LIST), now)
        return self.weeks

    def _crawl(self, at: float) -> tuple[int, float]:
        requests, sent = LISTS, at
        if at - self.robots_at >= max(self.schedule.robots_h, 1e-9):
            self.robots_at, requests = at, requests + 1
        if at - self.pass_at >= PASS_H:
            self.pass_at, requests = at, requests + DAILY_PASS
        sent = self._send(sent, requests)
        articles = self.site.articles
        new = 0
        while self.published < len(articles) and articles[self.published].published <= at:
            sent = self._send(sent, 1)
            self._save(self.published, sent)
            self.published, new = self.published + 1, new + 1
        if self._counts(at):
            self.weeks.requests += requests + new
            self.weeks.crawls += 1
        changed = 0
        if self.revisits:
            sent, changed = self._revisit(at, sent, revisits_allowed(requests + new))
        self.runs.append((at, new, changed))
        while self.runs[0][0] < at - KNOWN_H:
            self.runs.popleft()
        return new, sent

    def _send(self, sent: float, requests: int) -> float:
        """Requests one after another, each the host's delay after the one before."""
        for _ in range(requests):
            sent = max(sent, self.last_request + DELAY_H)
            if self.last_request >= 0:
                self.weeks.least_gap_h = min(self.weeks.least_gap_h, sent - self.last_request)
            self.last_request = sent
        return sent

    def _counts(self, at: float) -> bool:
        return WARM_DAYS * DAY_H <= at < self.until

    def _save(self, number: int, at: float) -> None:
        article = self.site.articles[number]
        gone = article.deleted is not None and article.deleted <= at
        if self._counts(article.published):
            self.weeks.delays.append(at - article.published)
            self.weeks.all_edits += len(article.edits)
        if not self.revisits or gone:
            return
        seen = self.articles[number] = Seen(number, at, at, sum(edit <= at for edit in article.edits))
        if self._counts(article.published):
            self.weeks.saved.append((number, at - article.published))
            self.weeks.edits += len(article.edits) - seen.known
            self.weeks.deleted += article.deleted is not None
        self._plan(seen)

    def _plan(self, seen: Seen) -> None:
        first, last = _instant(seen.saved), _instant(seen.last)
        changed = None if seen.changed_at is None else _instant(seen.changed_at)
        if self.schedule.visits is None:
            when = fixed_steps.next_step(first, last, changed)
        else:
            site = SiteEdits(sum(run[1] for run in self.runs), sum(run[2] for run in self.runs))
            when = next_revisit(
                first, last, edits=seen.changes, changed_at=changed, site=site, revisits=self.schedule.visits
            )
        seen.due = None if when is None else (when - EPOCH) / timedelta(hours=1)
        if seen.due is not None:
            heappush(self.queue, (seen.due, seen.number))

    def _revisit(self, at: float, sent: float, allowed: int) -> tuple[float, int]:
        while self.heard < len(self.told) and self.told[self.heard][0] <= at:
            change, number = self.told[self.heard]
            self.heard += 1
            seen = self.articles.get(number)
            if seen is not None and not seen.gone and change > seen.last and (seen.due is None or change < seen.due):
                seen.due = change
                heappush(self.queue, (change, number))
        changed = 0
        while allowed and self.queue and self.queue[0][0] <= at:
            due, number = heappop(self.queue)
            seen = self.articles[number]
            if seen.due == due:
                sent, allowed = self._send(sent, 1), allowed - 1
                changed += self._visit(seen, sent)
        return sent, changed

    def _visit(self, seen: Seen, at: float) -> bool:
        article, weeks = self.site.articles[seen.number], self.weeks
        counts = self._counts(article.published)
        weeks.revisits += counts
        seen.last, seen.due = at, None
        if article.deleted is not None and article.deleted <= at:
            seen.gone = True
            if counts:
                weeks.deletions_seen.append(at - article.deleted)
            return False
        known = sum(edit <= at for edit in article.edits)
        changed = known > seen.known
        if changed:
            seen.changes, seen.changed_at = seen.changes + 1, at
            if counts:
                weeks.edits_seen += 1
                weeks.lags.append(at - article.edits[known - 1])
        seen.known = known
        self._plan(seen)
        return changed


def hash_of(name: str) -> int:
    """A number from a name, the same in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(name))


def _instant(hours: float) -> datetime:
    return EPOCH + timedelta(hours=hours)
