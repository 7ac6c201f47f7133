"""State of revisits: when each article is due, and the handling of pages that are missing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from storage.db.clock import CLOCK_ERROR
from storage.db.schema import articles, captures, events, pages, sites, versions
from storage.records import Reason, Saved
from storage.revisits import (
    LAST_CHECK,
    OUTAGE_LASTS,
    UNKNOWN_SITE,
    Profile,
    SiteEdits,
    after_failure,
    confirmation,
    is_outage,
    next_revisit,
    return_revisit,
)
from storage.revisits.absence import REDIRECTED, missed_as
from storage.rows.pages import answering_elsewhere, ask_elsewhere, is_list
from storage.rows.prepared import PreparedPage
from storage.search import change_log

# When the article's current version was first seen; null if it is the first version.
_CHANGED_AT = (
    select(versions.c.seen_at)
    .where(versions.c.article_id == articles.c.id, versions.c.number == articles.c.version, versions.c.number > 1)
    .scalar_subquery()
    .label("changed_at")
)
_PLANNED = (
    select(articles.c.first_seen_at, _CHANGED_AT, articles.c.version, articles.c.url_key, sites.c.revisits)
    .select_from(pages.join(articles, articles.c.id == pages.c.article_id).join(sites, sites.c.name == articles.c.site))
    .where(pages.c.url_key == bindparam("key"))
)
_PLAN = (
    update(pages)
    .where(pages.c.url_key == bindparam("key"))
    .values(next_visit_at=bindparam("visit_at"), missing_since=None)
)
_PAGE = (
    select(
        pages.c.failures, pages.c.missing_since, pages.c.next_visit_at, pages.c.article_id,
        articles.c.url, articles.c.url_key, articles.c.version, articles.c.status, articles.c.site,
        articles.c.first_seen_at, articles.c.last_seen_at, _CHANGED_AT,
    )
    .join_from(pages, articles, articles.c.id == pages.c.article_id)
    .where(pages.c.url_key == bindparam("key"), articles.c.status != "removed")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """An article whose page was missing in this run.

    reason: not-found, soft-404, or the target of a redirect: home, listing, elsewhere.
    """

    key: str
    article_id: int
    at: datetime
    capture_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class PageResult:
    """What one response, or none, adds to a run's `RunRevisits`."""

    answered: int = 0
    failed: int = 0
    any_answer: bool = False
    absent: AbsentPage | None = None


@dataclass(slots=True)
class RunRevisits:
    """A run's results for article pages, collected until `settle` decides at its end about the missing pages.

    answered: pages with an article. failed: pages that had one before. any_answer: whether any page answered.
    """

    answered: int = 0
    failed: int = 0
    any_answer: bool = False
    absent: list[AbsentPage] = field(default_factory=list)

    def add(self, result: PageResult) -> None:
        """Add the result of one page."""
        self.answered += result.answered
        self.failed += result.failed
        self.any_answer = self.any_answer or result.any_answer
        if result.absent is not None:
            self.absent.append(result.absent)


@dataclass(frozen=True, slots=True)
class Settled:
    """gone: the articles that now count as gone. outage: most pages failed, so no article was marked."""

    gone: tuple[Saved, ...] = ()
    outage: bool = False


def profile_of(connection: Connection, site: str) -> Profile:
    """The revisit profile of the site."""
    profile: Profile | None = connection.scalar(select(sites.c.revisits).where(sites.c.name == site))
    return profile or "normal"


def first_revisit(
    saved: Saved, key: str, profile: Profile, *, site: SiteEdits = UNKNOWN_SITE, now: datetime
) -> datetime | None:
    """The first revisit of a new article; None for others, for which `plan_next` is used.

    key: of the article's URL. site: the site's edit counts.
    """
    return next_revisit(now, now, profile, site=site, key=key) if saved.change == "new" else None


def plan_next(connection: Connection, key: str, *, site: SiteEdits = UNKNOWN_SITE, now: datetime) -> None:
    """Set the next revisit of the article at the page with this key, which was just seen; none after the last one.

    site: the site's edit counts.
    """
    row = connection.execute(_PLANNED, {"key": key}).first()
    if row is not None:
        when = _next_revisit(row, row.revisits, site, now)
        connection.execute(_PLAN, {"key": key, "visit_at": when})


def _next_revisit(row: Any, profile: Profile, site: SiteEdits, now: datetime) -> datetime | None:
    edits, changed_at = row.version - 1, row.changed_at
    return next_revisit(row.first_seen_at, now, profile, edits=edits, changed_at=changed_at, site=site, key=row.url_key)


def replan(connection: Connection, site: str, *, now: datetime) -> None:
    """Make revisits of a site due that are later than any step of the schedule, as set by a clock that was ahead."""
    ahead = (pages.c.site == site) & (pages.c.next_visit_at > now + LAST_CHECK + CLOCK_ERROR)
    connection.execute(update(pages).where(ahead).values(next_visit_at=now))


def note_answer(connection: Connection, page: PreparedPage, *, capture_id: int, now: datetime) -> PageResult:
    """Process a response without an article. Call it after the response was recorded."""
    capture, reason, key = page.capture, page.reason, page.captured.requested_key
    if page.kind != "article":
        return PageResult(any_answer=capture.status < 400 and reason is None)
    row = _page(connection, key)
    if row is None:
        return PageResult()
    home = connection.scalar(select(sites.c.home).where(sites.c.name == capture.site))
    leads = _leads_to(connection, page) if capture.requested_url is not None else {}
    missed = missed_as(capture, reason, home, **leads)
    if missed is None and row.failures:
        postpone(connection, key, row, now=now)
        return PageResult(failed=1)
    if missed is None:
        reschedule(connection, key, now=now)
        return PageResult(failed=1)
    return PageResult(failed=1, absent=AbsentPage(key, row.article_id, capture.fetched_at, capture_id, missed))


def led_away(connection: Connection, page: PreparedPage, article_id: int, *, capture_id: int) -> AbsentPage | None:
    """The absent article whose URL redirects to another article, to which other articles' URLs redirect, too.

    article_id: of the article that answered. Call it after the response was recorded. None if there is none.
    """
    key = page.captured.requested_key
    row = _page(connection, key) if key != page.captured.key else None
    if row is None or row.article_id == article_id:
        return None
    others = (pages.c.site == page.capture.site) & (pages.c.digest == page.position.digest)
    others &= pages.c.article_id.not_in((article_id, row.article_id)) & pages.c.url_key.not_in(page.captured.urls)
    if connection.scalar(select(pages.c.url_key).where(others).limit(1)) is None:
        return None
    return AbsentPage(key, row.article_id, page.capture.fetched_at, capture_id, "elsewhere")


def _leads_to(connection: Connection, page: PreparedPage) -> dict[str, bool]:
    """Arguments of `missed_as` about the page that answered instead of an article's page."""
    keys = page.captured.urls.keys()
    # The same bytes or the same URL, since the page there may contain the time, or the latest news.
    answers = select(captures.c.fetched_at).where(captures.c.url_key == page.captured.key)
    others = (pages.c.digest == page.position.digest) | pages.c.fetched_at.in_(answers)
    others &= (pages.c.site == page.capture.site) & pages.c.url_key.not_in(keys) & pages.c.article_id.is_not(None)
    others &= pages.c.reason == (page.reason and page.reason.value)
    shared = connection.scalar(select(pages.c.url_key).where(others).limit(1))
    return {"is_list": is_list(connection, page.captured), "is_shared": shared is not None}


def note_silence(connection: Connection, key: str, *, now: datetime) -> PageResult:
    """Process a page that did not respond."""
    row = _page(connection, key)
    if row is None:
        return PageResult()
    postpone(connection, key, row, now=now)
    return PageResult(failed=1)


def postpone(connection: Connection, key: str, row: Row[Any], *, now: datetime) -> None:
    """Postpone the revisit of a page that failed, if one was due."""
    if row.next_visit_at is not None and row.next_visit_at <= now:
        when = after_failure(row.failures, now)
        connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=when))


def reschedule(connection: Connection, key: str, *, now: datetime) -> None:
    """Set the next regular revisit of a page that answered without its article, if a revisit was due.

    Such a response does not show whether a missing page has returned.
    """
    row = _page(connection, key)
    if row is None or row.next_visit_at is None or row.next_visit_at > now:
        return
    if row.missing_since is not None:
        when = confirmation(row.missing_since, now) or return_revisit(row.missing_since, now)
    else:
        profile = profile_of(connection, row.site)
        when = _next_revisit(row, profile, UNKNOWN_SITE, now)
    connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=when))


def settle(connection: Connection, seen: RunRevisits, *, now: datetime) -> Settled:
    """Decide about a run's missing pages, after all its responses are known.

    In an outage no article is marked, and the pages are requested again. An outage lasts at most OUTAGE_LASTS while the
    site's listings answer. Otherwise an article counts as gone when its page has been missing for the time of
    revisits.CONFIRMATIONS. It stays in the archive with its versions.
    """
    outage = bool(seen.absent) and is_outage(seen.answered, seen.failed, any_answer=seen.any_answer)
    # If several articles redirect and none answers, a wall may hide all articles, so the redirects don't count.
    wall = not seen.answered and sum(each.reason in REDIRECTED for each in seen.absent) > 1
    gone, postponed = [], 0
    for absent in seen.absent:
        row = _page(connection, absent.key)
        if row is None:
            continue
        since = row.missing_since or absent.at
        if wall and absent.reason in REDIRECTED:
            postpone(connection, absent.key, row, now=now)
            postponed += 1
            continue
        if outage:
            since = _first_absent(connection, absent.key, row.last_seen_at) or since
            if not seen.any_answer or absent.at - since < OUTAGE_LASTS:
                postpone(connection, absent.key, row, now=now)
                postponed += 1
                continue
        there = answering_elsewhere(connection, row.article_id, absent.key, since)
        if there is not None:
            dropped = {"missing_since": None, "next_visit_at": None}
            connection.execute(update(pages).where(pages.c.url_key == absent.key).values(dropped))
            if there.next_visit_at is None:  # it was revisited at the dropped URL
                plan_next(connection, there.url_key, now=now)
            continue
        if row.missing_since is None:
            ask_elsewhere(connection, row.article_id, absent.key, now=now)
        when = confirmation(since, absent.at)
        if when is None:
            when = return_revisit(since, absent.at)
            if row.status == "live":
                gone.append(_mark_gone(connection, row, absent, since))
        values = {"missing_since": since, "next_visit_at": when}
        connection.execute(update(pages).where(pages.c.url_key == absent.key).values(values))
    seen.absent.clear()
    return Settled(tuple(gone), postponed > 0)


def note_return(connection: Connection, article_id: int, *, at: datetime, capture_id: int | None) -> None:
    """Record that an article which was gone has returned."""
    connection.execute(insert(events).values(article_id=article_id, kind="restored", at=at, capture_id=capture_id))


def _first_absent(connection: Connection, key: str, last_seen: datetime) -> datetime | None:
    """When the page was first missing after its article was last seen, outages included."""
    missed = captures.c.reason.in_((Reason.NOT_FOUND.value, Reason.SOFT_404.value))
    since = (captures.c.url_key == key) & (captures.c.fetched_at > last_seen) & missed
    first: datetime | None = connection.scalar(select(func.min(captures.c.fetched_at)).where(since))
    return first


def _mark_gone(connection: Connection, row: Row[Any], absent: AbsentPage, since: datetime) -> Saved:
    connection.execute(update(articles).where(articles.c.id == row.article_id).values(status="gone"))
    change_log.note(connection, row.article_id)
    event = {"article_id": row.article_id, "kind": "gone", "at": absent.at, "since": since}
    connection.execute(insert(events).values(**event, reason=absent.reason, capture_id=absent.capture_id))
    return Saved(row.article_id, row.url, "gone", row.version)


def _page(connection: Connection, key: str) -> Row[Any] | None:
    """The state of the page and its article; None if it has no article, or a removed one."""
    row: Any = connection.execute(_PAGE, {"key": key}).first()
    return cast("Row[Any] | None", row)
