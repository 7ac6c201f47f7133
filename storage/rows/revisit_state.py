"""Second looks at articles: when each is due, and what it means when the page is not there any more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, func, insert, select, update

from storage.db.schema import articles, captures, events, pages, sites, versions
from storage.records import Capture, Kind, Reason, Saved
from storage.revisits import OUTAGE_LASTS, Profile, after_failure, confirmation, is_outage, next_revisit, return_revisit
from storage.urls import url_key

_CHUNK = 500  # SQLite takes 32,766 variables a statement, older ones 999
# What reading makes of home pages. A challenge there, or a page that says nothing, says nothing of the article either.
_OF_HOME = (None, Reason.LISTING, Reason.STATIC, Reason.UNTITLED, Reason.VIDEO, Reason.NOT_ARABIC)
_FRONT = re.compile(r"/?|/(?:index|default|home)(?:\.\w{2,5})?/?|/[a-z]{2}(?:[-_][a-zA-Z]{2})?/?")

# When the article's current version was first seen; null while it is the first.
_CHANGED_AT = (
    select(versions.c.seen_at)
    .where(versions.c.article_id == articles.c.id, versions.c.number == articles.c.version, versions.c.number > 1)
    .scalar_subquery()
    .label("changed_at")
)


@dataclass(frozen=True, slots=True)
class Missing:
    """An article whose page, in this run, was not there. reason: not-found, soft-404, or home: it led there."""

    key: str
    article_id: int
    at: datetime
    capture_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What one answer, or its absence, adds to a run's `Visits`."""

    answered: int = 0
    failed: int = 0
    any_answer: bool = False
    missing: Missing | None = None


@dataclass(slots=True)
class Visits:
    """What a run saw, until its end settles what the missing pages mean.

    answered, failed: article pages, of failed ones those that had an article. any_answer: of any kind of page.
    """

    answered: int = 0
    failed: int = 0
    any_answer: bool = False
    missing: list[Missing] = field(default_factory=list)

    def add(self, noted: Noted) -> None:
        """One more page."""
        self.answered += noted.answered
        self.failed += noted.failed
        self.any_answer = self.any_answer or noted.any_answer
        if noted.missing is not None:
            self.missing.append(noted.missing)


@dataclass(frozen=True, slots=True)
class Settled:
    """gone: the articles that now count as gone. outage: most pages failed, so that nothing was marked."""

    gone: tuple[Saved, ...] = ()
    outage: bool = False


def due(connection: Connection, site: str, *, now: datetime, limit: int) -> list[str]:
    """URLs of the site's articles whose next visit has come, longest overdue first; none with profile "off"."""
    statement = (
        select(pages.c.url)
        .where(pages.c.site == site, pages.c.next_visit_at <= now)
        .order_by(pages.c.next_visit_at, pages.c.url_key)
        .limit(limit)
    )
    return list(connection.scalars(statement)) if profile_of(connection, site) != "off" else []


def mark_due(connection: Connection, times: Mapping[str, datetime]) -> list[str]:
    """Make articles due by when their pages, known ones, are said to have changed (aware), where that is earlier.

    Those of the URLs that stand for no article are given back, in their order.
    """
    by_key = {url_key(url): url for url in times}
    keys = sorted(by_key)  # writers that lock the same rows in the same order can't deadlock
    hastened: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        held = select(pages.c.url_key, pages.c.next_visit_at).join(articles, articles.c.id == pages.c.article_id)
        held = held.where(pages.c.url_key.in_(keys[start : start + _CHUNK]), articles.c.status != "removed")
        for key, planned in connection.execute(held).all():
            hastened.add(key)
            changed = times[by_key[key]]
            if planned is None or changed < planned:
                connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=changed))
    return [url for key, url in by_key.items() if key not in hastened]


def profile_of(connection: Connection, site: str) -> Profile:
    """How closely the site's articles are followed."""
    found: Profile | None = connection.scalar(select(sites.c.revisits).where(sites.c.name == site))
    return found or "normal"


def first_plan(saved: Saved, first_seen: datetime, profile: Profile, *, now: datetime) -> datetime | None:
    """When to look again at an article that is new or has changed; None for others, which `plan_next` looks up."""
    if saved.outcome == "new":
        return next_revisit(first_seen, now, profile, key=url_key(saved.url))
    if saved.outcome == "changed":
        return next_revisit(first_seen, now, profile, changed_at=now, key=url_key(saved.url))
    return None


def plan_next(connection: Connection, url: str, *, now: datetime) -> None:
    """Set when the article at that page, seen unchanged, is looked at next; never again after the last step."""
    key = url_key(url)
    columns = (articles.c.first_seen_at, _CHANGED_AT, articles.c.url_key, sites.c.revisits)
    joined = select(*columns).select_from(
        pages.join(articles, articles.c.id == pages.c.article_id).join(sites, sites.c.name == articles.c.site)
    )
    row = connection.execute(joined.where(pages.c.url_key == key)).first()
    if row is not None:
        when = next_revisit(row.first_seen_at, now, row.revisits, changed_at=row.changed_at, key=row.url_key)
        values = {"next_visit_at": when, "missing_since": None}
        connection.execute(update(pages).where(pages.c.url_key == key).values(values))


def missed_as(capture: Capture, reason: Reason | None, home: str | None) -> str | None:
    """Why the answer to an article's URL means that the article is not there; None: it does not mean that."""
    if reason in (Reason.NOT_FOUND, Reason.SOFT_404):
        return reason.value
    if capture.requested_url is None or capture.status >= 400 or reason not in _OF_HOME:
        return None
    here = {url_key(home)} if home else set()
    if url_key(capture.requested_url) in here or _is_front(capture.requested_url):
        return None
    return "home" if url_key(capture.url) in here or _is_front(capture.url, queried=True) else None


def _is_front(url: str, *, queried: bool = False) -> bool:
    """Whether the URL names a front page by its path. queried: also with a query, as "/?redirected=1"."""
    parts = urlsplit(url)
    return _FRONT.fullmatch(parts.path) is not None and (queried or not parts.query)


def note_answer(
    connection: Connection,
    capture: Capture,
    *,
    kind: Kind,
    reason: Reason | None,
    capture_id: int,
    now: datetime,
) -> Noted:
    """Take notice of an answer that gave no article. Call it after the answer was recorded."""
    if kind != "article":
        return Noted(any_answer=capture.status < 400 and reason is None)
    key = url_key(capture.requested_url or capture.url)
    row = _page(connection, key)
    if row is None:
        return Noted()
    home = connection.scalar(select(sites.c.home).where(sites.c.name == capture.site))
    missed = missed_as(capture, reason, home)
    if missed is None and row.failures:
        postpone(connection, key, row, now=now)
        return Noted(failed=1)
    if missed is None:
        reschedule(connection, key, now=now)
        return Noted(failed=1)
    return Noted(failed=1, missing=Missing(key, row.article_id, capture.fetched_at, capture_id, missed))


def note_silence(connection: Connection, url: str, *, now: datetime) -> Noted:
    """Take notice of a page that gave no answer at all."""
    key = url_key(url)
    row = _page(connection, key)
    if row is None:
        return Noted()
    postpone(connection, key, row, now=now)
    return Noted(failed=1)


def postpone(connection: Connection, key: str, row: Row[Any], *, now: datetime) -> None:
    """Ask later for a page that failed, where a visit was due."""
    if row.next_visit_at is not None and row.next_visit_at <= now:
        when = after_failure(row.failures, now)
        connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=when))


def reschedule(connection: Connection, key: str, *, now: datetime) -> None:
    """The page answered, with nothing of its article: that was the visit that was due, and the next one is as planned.

    Of a page that was missing it says neither that it is there nor that it is not.
    """
    row = _page(connection, key)
    if row is None or row.next_visit_at is None or row.next_visit_at > now:
        return
    if row.missing_since is not None:
        when = confirmation(row.missing_since, now) or return_revisit(row.missing_since, now)
    else:
        profile = profile_of(connection, row.site)
        when = next_revisit(row.first_seen_at, now, profile, changed_at=row.changed_at, key=row.url_key)
    connection.execute(update(pages).where(pages.c.url_key == key).values(next_visit_at=when))


def settle(connection: Connection, revisit_state: Visits, *, now: datetime) -> Settled:
    """Decide what a run's missing pages mean, when all its answers are known.

    In an outage nothing is marked, and they are asked for again; but none lasts for more than OUTAGE_LASTS while the
    site's lists answer. Otherwise an article is gone when its page has been missing for as long as
    revisits.CONFIRMATIONS say; it stays in the archive with its versions.
    """
    outage = bool(revisit_state.missing) and is_outage(
        revisit_state.answered, revisit_state.failed, any_answer=revisit_state.any_answer
    )
    gone, postponed = [], 0
    for missing in revisit_state.missing:
        row = _page(connection, missing.key)
        if row is None:
            continue
        since = row.missing_since or missing.at
        if outage:
            since = _first_missing(connection, missing.key, row.last_seen_at) or since
            if not revisit_state.any_answer or missing.at - since < OUTAGE_LASTS:
                postpone(connection, missing.key, row, now=now)
                postponed += 1
                continue
        if _answers_elsewhere(connection, row.article_id, missing.key, since):
            alone = {"missing_since": None, "next_visit_at": None}
            connection.execute(update(pages).where(pages.c.url_key == missing.key).values(alone))
            continue
        when = confirmation(since, missing.at)
        if when is None:
            when = return_revisit(since, missing.at)
            if row.status == "live":
                gone.append(_mark_gone(connection, row, missing, since))
        values = {"missing_since": since, "next_visit_at": when}
        connection.execute(update(pages).where(pages.c.url_key == missing.key).values(values))
    revisit_state.missing.clear()
    return Settled(tuple(gone), outage and postponed > 0)


def note_return(connection: Connection, article_id: int, *, at: datetime, capture_id: int | None) -> None:
    """Write down that an article which was gone is there again."""
    connection.execute(insert(events).values(article_id=article_id, kind="restored", at=at, capture_id=capture_id))


def _first_missing(connection: Connection, key: str, last_seen: datetime) -> datetime | None:
    """When the page was first answered as missing since its article was last seen, outages counted in."""
    missed = captures.c.reason.in_((Reason.NOT_FOUND.value, Reason.SOFT_404.value))
    since = (captures.c.url_key == key) & (captures.c.fetched_at > last_seen) & missed
    found: datetime | None = connection.scalar(select(func.min(captures.c.fetched_at)).where(since))
    return found


def _answers_elsewhere(connection: Connection, article_id: int, key: str, since: datetime) -> bool:
    """Whether another page of the article has answered since this one was missing: one address of it was dropped."""
    there = (pages.c.article_id == article_id) & (pages.c.url_key != key) & pages.c.missing_since.is_(None)
    there &= (pages.c.state == "done") & (pages.c.status < 400) & (pages.c.fetched_at >= since)
    return connection.scalar(select(pages.c.url_key).where(there).limit(1)) is not None


def _mark_gone(connection: Connection, row: Row[Any], missing: Missing, since: datetime) -> Saved:
    connection.execute(update(articles).where(articles.c.id == row.article_id).values(status="gone"))
    event = {"article_id": row.article_id, "kind": "gone", "at": missing.at, "since": since}
    connection.execute(insert(events).values(**event, reason=missing.reason, capture_id=missing.capture_id))
    return Saved(row.article_id, row.url, "gone", row.version)


def _page(connection: Connection, key: str) -> Row[Any] | None:
    """The page's state with that of its article; None: it has none, or a removed one."""
    columns = (
        pages.c.failures, pages.c.missing_since, pages.c.next_visit_at, pages.c.article_id,
        articles.c.url, articles.c.url_key, articles.c.version, articles.c.status, articles.c.site,
        articles.c.first_seen_at, articles.c.last_seen_at, _CHANGED_AT,
    )  # fmt: skip
    joined = select(*columns).join_from(pages, articles, articles.c.id == pages.c.article_id)
    found: Any = connection.execute(joined.where(pages.c.url_key == key, articles.c.status != "removed")).first()
    return cast("Row[Any] | None", found)
