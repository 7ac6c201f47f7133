"""Statistics of one site's crawl, in one object that spider, pipeline, progress line and summary share."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from crawler.http.budget import RequestBudget
from storage.messages import message
from storage.records import Capture, Extraction, Reason, RunStatus, Saved

# A limit of the command (crawler.runs.limits), or the loss of the connection that holds the site's fence.
StopCause = Literal["time", "disk", "fence"]
KeptBack = StopCause | Literal["paused"]


@dataclass(slots=True)
class ChannelCount:
    """Counts of one channel in a run.

    found: articles that it listed, also known ones. first: new articles that it listed before any other channel.
    missed: new articles that only other channels listed, although it was read as far back. failures: endpoints that did
    not answer.
    """

    found: int = 0
    first: int = 0
    missed: int = 0
    failures: int = 0


@dataclass(slots=True)
class TemplateCounts:
    """How many of a run's article pages fit the site's known templates.

    pages: article pages that were extracted with a profile with templates, until another design was learned. unfit:
    those that fit no template. kept_back: known articles whose text was not changed, because their pages are of an
    unknown design. relearned: number of pages that another design was learned from; 0 if none was learned.
    """

    pages: int = 0
    unfit: int = 0
    kept_back: int = 0
    relearned: int = 0


@dataclass(slots=True)
class RunStatistics:
    """Counts of one site's crawl, and how it ended.

    status: running, done, unhealthy, interrupted, failed, or skipped (another process is crawling the site).
    message: why the status is not "done"; None if it is. archive_error: the error of the archive, if any. run_id: None
    until the archive has a row for the run. stopped_by: the limit that ended the crawl, or kept it from beginning; None
    without one. answered_at: when the site last answered, or the crawl began (time.monotonic).
    details: one example for each reason, and for each channel that failed.
    """

    site: str
    budget: RequestBudget = field(default_factory=RequestBudget)
    status: RunStatus = "running"
    message: str | None = None
    archive_error: str | None = None
    crashed: str | None = None  # the first exception that code raised
    unavailable: str | None = None  # why no worker process could extract any page
    abandoned_hosts: str | None = None  # hosts that were not requested for the rest of the run, and why
    run_id: int | None = None
    is_single_page: bool = False  # one page is fetched, and no listing
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    stopped_by: KeptBack | None = None
    answered_at: float = field(default_factory=time.monotonic)
    crawl_delay_s: float = 0.0  # the longest delay that a robots.txt asked for and the crawl kept

    # Pages that were saved
    pages: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    moved: int = 0  # articles that were found at another URL
    # Listings
    listings: int = 0
    links: int = 0  # article links on listings, also of known articles
    unchanged: int = 0  # listings that answered 304
    walks: int = 0  # categories whose first page answered
    empty_walks: int = 0  # those whose first page listed no article
    ended_walks: list[str] = field(default_factory=list)  # ended after many requests without a new article
    false_validators: list[str] = field(default_factory=list)  # hosts that answered 304 for a changed page
    channels: dict[str, ChannelCount] = field(default_factory=dict)
    templates: TemplateCounts = field(default_factory=TemplateCounts)
    # Articles under way
    scheduled: int = 0
    queued: int = 0  # of those, roughly how many wait in memory
    expected: int | None = None  # number of articles that the site's lists state; None: no list states it
    already_known: int = 0  # of those, articles that need no request
    # Pictures and style sheets (Site.assets), which are not counted as pages
    assets: int = 0
    missed_assets: int = 0  # that could not be fetched
    # Pages without an article
    reasons: Counter[str] = field(default_factory=Counter)
    details: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # for the operator

    @property
    def articles(self) -> int:
        """Articles that this run fetched, changed or not."""
        return self.new + self.changed + self.same

    @property
    def requests(self) -> int:
        """Requests that were sent."""
        return self.budget.requests

    def channel(self, name: str) -> ChannelCount:
        """The counts of one channel, created on first use."""
        return self.channels.setdefault(name, ChannelCount())

    def count_page(self, saved: Saved | None, *, fetched: bool = True) -> None:
        """Count one saved page. saved: the change of its article; None if it has none. fetched: by this run."""
        self.pages += fetched
        if saved is None:
            return
        self.new -= saved.joined
        self.moved += saved.moved
        if saved.change == "new":
            self.new += 1
        elif saved.change == "changed":
            self.changed += 1
        else:
            self.same += 1

    def count_reason(self, reason: Reason, detail: str) -> None:
        """Count one page without an article."""
        self.reasons[reason.value] += 1
        self.details.setdefault(reason.value, detail)

    def count_extraction(self, capture: Capture, extraction: Extraction) -> None:
        """Count a page by its reason, if it has no article."""
        reason, error = extraction.reason, extraction.evidence.get("error")
        if reason is None:
            return
        if reason is Reason.UNREAD and extraction.evidence["unread"] == "workers":
            self.unavailable = self.unavailable or error
        answer: str = reason.value
        if capture.status >= 400:
            answer = message("{reason} (HTTP {status})", reason=answer, status=capture.status)
        self.count_reason(reason, message("{url!s}: {why}", url=capture.url, why=error or answer))

    def count_crash(self, detail: str) -> None:
        """Count one page at which code raised."""
        self.count_reason(Reason.FAILED, detail)
        self.crashed = self.crashed or detail

    def count_unchanged_listing(self) -> None:
        """Count a listing that answered 304."""
        self.listings += 1
        self.unchanged += 1

    def count_listing(self, links: int) -> None:
        """Count a listing that was read, with its article links."""
        self.listings += 1
        self.links += links

    def expect_articles(self, count: int | None) -> None:
        """Record how many articles a channel lists, also known ones; None: it does not state the number."""
        if count is not None:
            self.expected = max(count, self.expected or 0)

    def note(self, text: str) -> None:
        """Add a note to the run's summary, once."""
        if text not in self.notes:
            self.notes.append(text)
