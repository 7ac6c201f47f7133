"""Rows of `pages`: the known URLs, their crawl state, and the validators of their last successful response.

A page is "pending" until it is fetched, then "done", or "failed" if it was given up. A killed run leaves pending
pages, with which the next run starts. `storage.frontier` reads these rows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select, update

from storage.db.database import insert_into, insert_on
from storage.db.schema import Row, articles, pages
from storage.records import REFUSALS, Kind, Reason, Saved
from storage.rows.prepared import Link, PreparedCapture, PreparedPage
from storage.rows.retry_schedule import MAX_FAILURES, RETRY_IS_DUE, retry_times
from storage.sanitise import sanitised
from storage.search import change_log

# Statuses after which the same request may succeed: RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4. Without 403:
# extraction assigns such a page a reason of `records.REFUSALS`, which is retried whatever the status.
_RETRY_STATUS = frozenset({408, 425, 429})
_OWN = select(articles.c.url_key).where(articles.c.url_key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class UnchangedPage:
    """The article of a page that answered 304. returned: whether it was gone before."""

    article_id: int
    returned: bool


def enqueue(connection: Connection, site: str, links: Sequence[Link], *, now: datetime) -> None:
    """Make the pages of these links pending.

    A known listing becomes pending, too: the crawl that enqueues it is about to read it, and must resume there after a
    kill. A known article page keeps its state, unless it was given up and is due for another attempt.
    """
    rows: dict[str, Row] = {}
    dialect = connection.dialect.name
    for number, link in enumerate(links):
        # Added microseconds keep the order of a listing, in which its pages are fetched.
        found_at = now + timedelta(microseconds=number)
        rows[link.key] = {"url": link.url, "site": site, "kind": link.kind, "state": "pending", "found_at": found_at}
    _insert_all(connection, _add_listings(dialect), {key: row for key, row in rows.items() if row["kind"] != "article"})
    times = retry_times(now)
    article_rows = {key: {**row, **times} for key, row in rows.items() if row["kind"] == "article"}
    _insert_all(connection, _add_articles(dialect), article_rows)


@cache
def _add_listings(dialect: str) -> Any:
    new = insert_on(dialect, pages)
    again = {name: new.excluded[name] for name in ("kind", "state", "found_at")}
    return new.on_conflict_do_update(index_elements=["url_key"], set_=again, where=pages.c.kind != "article")


@cache
def _add_articles(dialect: str) -> Any:
    new = insert_on(dialect, pages)
    return new.on_conflict_do_update(index_elements=["url_key"], set_={"state": "pending"}, where=RETRY_IS_DUE)


def record_response(
    connection: Connection,
    page: PreparedPage,
    *,
    article_id: int | None,
    held: Collection[str] = (),
    next_visit_at: datetime | None = None,
    now: datetime,
) -> None:
    """Record the response of a page, for the URL that was requested and the one that answered.

    article_id: of the page's article; None for a listing or a page without one. held: those of the two keys that
    belong to another article (`held_by_others`). next_visit_at: the next revisit of the article, at the URL that
    answered; None keeps the planned time.
    """
    capture, reason = page.capture, page.reason
    seen = {
        "site": capture.site,
        "kind": page.kind,
        "article_id": article_id,
        "reason": reason.value if reason else None,
        "found_at": now,
        "fetched_at": capture.fetched_at,
        "status": capture.status,
        "digest": page.position.digest,
    }
    rows: dict[str, Row] = {key: {"url": url, **seen} for key, url in page.captured.urls.items()}
    if capture.status < 400 and reason not in REFUSALS and not _is_bare(page):
        answer = {
            "state": "done",
            "failures": int(reason is Reason.SOFT_404),
            # With those of another page than the one requested, the next 304 would stand for the article.
            "etag": _validator(capture.header("ETag")) if reason is None else None,
            "last_modified": _validator(capture.header("Last-Modified")) if reason is None else None,
            "next_visit_at": None,
            **({"missing_since": None} if article_id is not None else {}),
        }
        rows = {key: {**row, **answer} for key, row in rows.items()}
        others = {key: _without_article(rows.pop(key)) for key in held}
        answered = page.captured.key
        if answered in rows:
            rows[answered]["next_visit_at"] = next_visit_at
        _write(connection, others)
        _write(connection, rows)
        aliases = rows.keys() - {answered}
        if article_id is not None and aliases:  # one of its URLs is enough
            connection.execute(update(pages).where(pages.c.url_key.in_(aliases)).values(next_visit_at=None))
        return
    retry = capture.status >= 500 or capture.status in _RETRY_STATUS or reason in REFUSALS or _is_bare(page)
    _write_failure(connection, rows, retry=retry)


def _is_bare(page: PreparedPage) -> bool:
    """Whether an article's page answered well, and with nothing: such an answer is a fault of the server."""
    return page.kind == "article" and page.reason is Reason.EMPTY and not page.capture.body.strip()


def record_own(
    connection: Connection, site: str, key: str, saved: Saved, *, next_visit_at: datetime | None, fetched_at: datetime
) -> None:
    """Mark an article's own URL as fetched, if another URL answered. next_visit_at: None keeps the planned time."""
    row = {
        "url": saved.url,
        "site": site,
        "kind": "article",
        "state": "done",
        "article_id": saved.article_id,
        "found_at": fetched_at,
        "fetched_at": fetched_at,
        "next_visit_at": next_visit_at,
    }
    _write(connection, {key: row})


def record_alias(connection: Connection, site: str, key: str, url: str, article_id: int, *, now: datetime) -> None:
    """Record the URL that an article states, if the archive knows it by another one (storage.identity.moves)."""
    if held_by_others(connection, [key]):
        return
    row = {"url_key": key, "url": url, "site": site, "kind": "article", "state": "done", "found_at": now}
    statement = insert_into(connection, pages).values(**row, article_id=article_id)
    named = {"article_id": article_id}
    unnamed = pages.c.article_id.is_(None)
    connection.execute(statement.on_conflict_do_update(index_elements=["url_key"], set_=named, where=unnamed))


def record_part(connection: Connection, captured: PreparedCapture, article_id: int, *, now: datetime) -> None:
    """Record a further page of an article, which is fetched with the first one only."""
    held = held_by_others(connection, captured.urls.keys())
    capture = captured.capture
    row = {"site": capture.site, "kind": "part", "state": "done", "article_id": article_id, "found_at": now}
    row |= {"fetched_at": capture.fetched_at, "status": capture.status, "next_visit_at": None}
    statement = insert_into(connection, pages)
    given = {name: statement.excluded[name] for name in row if name != "found_at"}
    upsert = statement.on_conflict_do_update(index_elements=["url_key"], set_=given)
    _insert_all(connection, upsert, {key: {"url": url, **row} for key, url in captured.urls.items() if key not in held})


def record_failure(
    connection: Connection, key: str, url: str, *, site: str, kind: Kind, reason: Reason, now: datetime, retry: bool
) -> None:
    """Record that a page did not respond. retry: keep it pending until it has failed MAX_FAILURES times."""
    seen = {
        "url": sanitised(url),
        "site": site,
        "kind": kind,
        "reason": reason.value,
        "found_at": now,
        "fetched_at": now,
    }
    _write_failure(connection, {key: seen}, retry=retry)


def record_unchanged(connection: Connection, key: str, *, now: datetime) -> UnchangedPage | None:
    """Record that a page answered 304, and that its article was seen; None if it has no article."""
    seen = {"fetched_at": now, "status": 304, "state": "done", "failures": 0, "reason": None}
    where = pages.c.url_key == key
    article_id: int | None = connection.scalar(update(pages).where(where).values(seen).returning(pages.c.article_id))
    if article_id is None:
        return None
    newer = (articles.c.id == article_id) & (articles.c.last_seen_at < now) & (articles.c.status != "removed")
    gone = connection.scalar(select(articles.c.id).where(newer, articles.c.status == "gone")) is not None
    connection.execute(update(articles).where(newer).values(last_seen_at=now, status="live"))
    if gone:
        change_log.note(connection, article_id)
    return UnchangedPage(article_id, gone)


def held_by_others(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys that are an article's own URL."""
    return set(connection.scalars(_OWN, {"keys": sorted(keys)})) if keys else set()


def is_list(connection: Connection, captured: PreparedCapture) -> bool:
    """Whether a request was redirected to a page that is a known listing."""
    if captured.requested_key == captured.key:
        return False
    kind = connection.scalar(select(pages.c.kind).where(pages.c.url_key == captured.key))
    return kind in ("listing", "backlog")


def is_older(connection: Connection, captured: PreparedCapture) -> bool:
    """Whether the page has answered after that capture, so that its state must not change."""
    later = select(pages.c.url_key).where(
        pages.c.url_key.in_(captured.urls), pages.c.fetched_at > captured.capture.fetched_at
    )
    return connection.execute(later.limit(1)).first() is not None


def answering_elsewhere(connection: Connection, article_id: int, key: str, since: datetime) -> Any:
    """Another page of the article that has answered since this one was missing, so that only one URL was dropped.

    Its url_key and next_visit_at; None if there is none.
    """
    answered = _other_addresses(article_id, key) & (pages.c.fetched_at >= since)
    columns = select(pages.c.url_key, pages.c.next_visit_at).where(answered)
    latest = columns.order_by(pages.c.fetched_at.desc(), pages.c.url_key)
    return connection.execute(latest.limit(1)).first()


def ask_elsewhere(connection: Connection, article_id: int, key: str, *, now: datetime) -> None:
    """Make another URL of an article due if its page is missing for the first time and no other URL is revisited.

    So it is known whether the article is at another URL before it counts as gone.
    """
    others = _other_addresses(article_id, key)
    if connection.scalar(select(pages.c.url_key).where(others, pages.c.next_visit_at.is_not(None)).limit(1)) is None:
        latest = select(pages.c.url_key).where(others).order_by(pages.c.fetched_at.desc(), pages.c.url_key).limit(1)
        other_page = pages.c.url_key == latest.scalar_subquery()
        connection.execute(update(pages).where(other_page).values(next_visit_at=now))


def _other_addresses(article_id: int, key: str) -> ColumnElement[bool]:
    """The condition for other pages than this key's that showed the article when last requested."""
    there = (pages.c.article_id == article_id) & (pages.c.url_key != key) & pages.c.missing_since.is_(None)
    return there & (pages.c.kind != "part") & (pages.c.state == "done") & (pages.c.status < 400)


def _without_article(row: Row) -> Row:
    """The row of a page that now redirects to another article. Its own was not seen, so `missing_since` stays."""
    kept = {name: value for name, value in row.items() if name != "missing_since"}
    return {**kept, "article_id": None, "etag": None, "last_modified": None}


def _write(connection: Connection, rows: Mapping[str, Row]) -> None:
    """Insert or update rows. A page keeps its first URL and time, its kind, and an article once it is known."""
    if rows:
        given = frozenset(name for row in rows.values() for name in row)
        _insert_all(connection, _upsert(connection.dialect.name, given), rows)


@cache  # rows have few different sets of columns
def _upsert(dialect: str, given: frozenset[str]) -> Any:
    statement = insert_on(dialect, pages)
    values = {name: statement.excluded[name] for name in sorted(given - {"url", "kind", "found_at"})}
    for name in ("article_id", "next_visit_at"):
        values[name] = func.coalesce(statement.excluded[name], pages.c[name])
    values["reason"] = statement.excluded.reason
    if "failures" in given:  # of a page that was not there; those of an article have their own patience
        known = func.coalesce(statement.excluded.article_id, pages.c.article_id).is_not(None)
        is_there = (statement.excluded.failures == 0) | known
        values["failures"] = case((is_there, 0), else_=pages.c.failures + 1)
    return statement.on_conflict_do_update(index_elements=["url_key"], set_=values)


def _write_failure(connection: Connection, rows: Mapping[str, Row], *, retry: bool) -> None:
    """As _write, but a page that was once fetched stays "done" with its validators; only failures are counted."""
    rows = {key: {**row, "failures": 1, "state": "pending" if retry else "failed"} for key, row in rows.items()}
    statement = insert_into(connection, pages)
    failures = pages.c.failures + 1
    state: Any = "failed"
    if retry:
        state = case(
            (pages.c.state == "done", "done"),
            (failures >= MAX_FAILURES, "failed"),
            else_="pending",
        )
    kept = {"url", "kind", "found_at", "article_id", "digest", "failures", "state"}
    given = {name for row in rows.values() for name in row} - kept
    values = {name: statement.excluded[name] for name in given} | {"failures": failures, "state": state}
    _insert_all(connection, statement.on_conflict_do_update(index_elements=["url_key"], set_=values), rows)


def _insert_all(connection: Connection, statement: Any, rows: Mapping[str, Row]) -> None:
    """Write the rows in the order of their keys: writers that lock rows in the same order can't deadlock."""
    if rows:
        connection.execute(statement, [{"url_key": key, **rows[key]} for key in sorted(rows)])


def _validator(value: str | None) -> str | None:
    """A validator to send back; None if it is too long or invalid in a header."""
    if value is None or not 0 < len(value) <= 1000 or not value.isprintable():
        return None
    return value
