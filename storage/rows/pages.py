"""Rows of `pages`: which URLs are known, which are still to be fetched, and what to ask a server for.

A page is "pending" until it was fetched, then "done", or "failed" when it was given up. A killed run leaves
pending pages, and the next one begins with them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from storage.db.database import insert_into
from storage.db.schema import Row, articles, pages
from storage.records import REFUSALS, Capture, Found, Kind, Position, Reason, Saved
from storage.rows import tombstones
from storage.rows.retry_schedule import MAX_FAILURES, worth_another_try
from storage.sanitise import sanitised
from storage.urls import clean_url, url_key

# Statuses after which the same request may well succeed: RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4. A
# site that blocks us for an hour answers 403, and its pages must not be lost by it.
_RETRY_STATUS = frozenset({403, 408, 425, 429})
_CHUNK = 500  # SQLite takes 32,766 variables a statement, older ones 999


@dataclass(frozen=True, slots=True)
class UnchangedPage:
    """The article of a page that answered 304. returned: it was gone until then."""

    article_id: int
    returned: bool


def unknown(connection: Connection, site: str, urls: Iterable[str], *, now: datetime | None = None) -> list[str]:
    """Those that no page stands for yet, in their order, one of each key; none that was taken down.

    A page that another site's listing named and nobody has fetched is unknown to this site: it is its to fetch.
    now: makes those unknown, too, that were given up and are worth another try by then.
    """
    by_key: dict[str, str] = {}
    for url in urls:
        by_key.setdefault(url_key(url), url)
    stands = (pages.c.site == site) | (pages.c.state != "pending")
    if now is not None:
        stands &= ~worth_another_try(now)
    known: set[str] = set()
    keys = list(by_key)
    for start in range(0, len(keys), _CHUNK):
        known.update(
            connection.scalars(select(pages.c.url_key).where(pages.c.url_key.in_(keys[start : start + _CHUNK]), stands))
        )
    known |= tombstones.among(connection, keys)
    return [url for key, url in by_key.items() if key not in known]


def pending(connection: Connection, site: str, limit: int | None = None) -> list[Found]:
    """The site's pages that are still to be fetched, in the order in which they were found."""
    statement = (
        select(pages.c.url, pages.c.kind)
        .where(pages.c.site == site, pages.c.state == "pending")
        .order_by(pages.c.found_at, pages.c.url_key)
        .limit(limit)
    )
    return [Found(url, kind) for url, kind in connection.execute(statement)]


def validators(connection: Connection, url: str) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of the last good response, as sent; for a conditional request (RFC 9110 §13)."""
    statement = select(pages.c.etag, pages.c.last_modified).where(pages.c.url_key == url_key(url))
    found = connection.execute(statement).first()
    return (found[0], found[1]) if found else (None, None)


def add_found(connection: Connection, site: str, found: Sequence[Found], *, now: datetime) -> None:
    """Make pages of the URLs that are not known; what is no http(s) URL is left out.

    A listing becomes pending even when it is known: a crawl that names it is about to walk it, and a killed walk
    must go on where it was. An article page stays what it is, unless it was given up and is worth
    another try.
    """
    rows: dict[str, Row] = {}
    for number, each in enumerate(found):
        try:
            url = clean_url(each.url)
        except ValueError:
            continue
        # A listing's order is kept in the microseconds, so that its pages are fetched in that order.
        found_at = now + timedelta(microseconds=number)
        row = {"url": url, "site": site, "kind": each.kind, "state": "pending", "found_at": found_at}
        rows.setdefault(url_key(url), row)
    new = insert_into(connection, pages)
    known = pages.c.kind != "article"
    again = {name: new.excluded[name] for name in ("kind", "state", "found_at")}
    statement = new.on_conflict_do_update(index_elements=["url_key"], set_=again, where=known)
    listings = {key: row for key, row in rows.items() if row["kind"] != "article"}
    _insert_all(connection, statement, listings)
    others = {key: row for key, row in rows.items() if row["kind"] == "article"}
    tried = {"state": "pending"}
    statement = new.on_conflict_do_update(index_elements=["url_key"], set_=tried, where=worth_another_try(now))
    _insert_all(connection, statement, others)


def record_response(
    connection: Connection,
    capture: Capture,
    position: Position,
    *,
    kind: Kind,
    reason: Reason | None,
    article_id: int | None,
    held: Collection[str] = (),
    next_visit_at: datetime | None = None,
    now: datetime,
) -> None:
    """Write down that a page answered, for the URL that was asked for and the one that answered.

    article_id: of the article that is this page; None for a listing, or a page without one. held: of the two keys,
    those that stay with another article (`held_by_others`). next_visit_at: when the article is looked at again, at
    the URL that answered; None: as planned before.
    """
    seen = {
        "site": capture.site,
        "kind": kind,
        "article_id": article_id,
        "reason": reason.value if reason else None,
        "found_at": now,
        "fetched_at": capture.fetched_at,
        "status": capture.status,
        "digest": position.digest,
    }
    rows: dict[str, Row] = {url_key(url): {"url": url, **seen} for url in _addresses(capture)}
    if capture.status < 400 and reason not in REFUSALS:
        answer = {
            "state": "done",
            "failures": 0,
            # Of a page that is not what was asked for, they would make the next 304 speak for the article.
            "etag": _validator(capture.header("ETag")) if reason is None else None,
            "last_modified": _validator(capture.header("Last-Modified")) if reason is None else None,
            "next_visit_at": None,
            **({"missing_since": None} if article_id is not None else {}),
        }
        rows = {key: {**row, **answer} for key, row in rows.items()}
        others = {key: _without_article(rows.pop(key)) for key in held}
        if (answered := url_key(capture.url)) in rows:
            rows[answered]["next_visit_at"] = next_visit_at
        _write(connection, others)
        _write(connection, rows)
        aliases = rows.keys() - {answered}
        if article_id is not None and aliases:  # one of its addresses is enough
            connection.execute(update(pages).where(pages.c.url_key.in_(aliases)).values(next_visit_at=None))
        return
    retry = capture.status >= 500 or capture.status in _RETRY_STATUS or reason in REFUSALS
    _write_failure(connection, rows, retry=retry)


def record_own(
    connection: Connection, site: str, saved: Saved, *, next_visit_at: datetime | None, fetched_at: datetime
) -> None:
    """Mark an article's own URL as fetched, where another URL answered. next_visit_at: None keeps what was planned."""
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
    _write(connection, {url_key(saved.url): row})


def record_alias(connection: Connection, site: str, url: str, article_id: int, *, now: datetime) -> None:
    """Write down the address that an article gives itself, where it is known by another (storage.rows.moves)."""
    key = url_key(url)
    if held_by_others(connection, [key]):  # its own, or another article's
        return
    row = {"url_key": key, "url": sanitised(url), "site": site, "kind": "article", "state": "done", "found_at": now}
    statement = insert_into(connection, pages).values(**row, article_id=article_id)
    named = {"article_id": article_id}
    unnamed = pages.c.article_id.is_(None)
    connection.execute(statement.on_conflict_do_update(index_elements=["url_key"], set_=named, where=unnamed))


def record_failure(
    connection: Connection, url: str, *, site: str, kind: Kind, reason: Reason, now: datetime, retry: bool
) -> None:
    """Write down that a page gave no response at all. retry: try it again, MAX_FAILURES times."""
    seen = {
        "url": sanitised(url),
        "site": site,
        "kind": kind,
        "reason": reason.value,
        "found_at": now,
        "fetched_at": now,
    }
    _write_failure(connection, {url_key(url): seen}, retry=retry)


def record_unchanged(connection: Connection, url: str, *, now: datetime) -> UnchangedPage | None:
    """Write down that a page answered 304, and that its article was seen; None: it has none."""
    seen = {"fetched_at": now, "status": 304, "state": "done", "failures": 0, "reason": None}
    where = pages.c.url_key == url_key(url)
    article_id: int | None = connection.scalar(update(pages).where(where).values(seen).returning(pages.c.article_id))
    if article_id is None:
        return None
    newer = (articles.c.id == article_id) & (articles.c.last_seen_at < now) & (articles.c.status != "removed")
    gone = connection.scalar(select(articles.c.id).where(newer, articles.c.status == "gone")) is not None
    connection.execute(update(articles).where(newer).values(last_seen_at=now, status="live"))
    return UnchangedPage(article_id, gone)


def held_by_others(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys that are an article's own."""
    own = select(articles.c.url_key).where(articles.c.url_key.in_(keys))
    return set(connection.scalars(own)) if keys else set()


def keys_of(capture: Capture) -> set[str]:
    """Of the URL that was asked for and of the one that answered."""
    return {url_key(url) for url in _addresses(capture)}


def is_older(connection: Connection, capture: Capture) -> bool:
    """Whether the page has answered since that capture, so that its state must stay as it is."""
    later = select(pages.c.url_key).where(
        pages.c.url_key.in_(keys_of(capture)), pages.c.fetched_at > capture.fetched_at
    )
    return connection.execute(later.limit(1)).first() is not None


def _addresses(capture: Capture) -> set[str]:
    return {sanitised(url) for url in (capture.url, capture.requested_url) if url is not None}


def _without_article(row: Row) -> Row:
    """Of a page that now leads to another article: it has nothing of its own, and is no sign that its own is there."""
    kept = {name: value for name, value in row.items() if name != "missing_since"}
    return {**kept, "article_id": None, "etag": None, "last_modified": None}


def _write(connection: Connection, rows: Mapping[str, Row]) -> None:
    """Insert or update; a page keeps its first URL and time, its kind, and an article once known."""
    statement = insert_into(connection, pages)
    given = {name for row in rows.values() for name in row} - {"url", "kind", "found_at"}
    values = {name: statement.excluded[name] for name in given}
    for name in ("article_id", "next_visit_at"):
        values[name] = func.coalesce(statement.excluded[name], pages.c[name])
    values["reason"] = statement.excluded.reason
    _insert_all(connection, statement.on_conflict_do_update(index_elements=["url_key"], set_=values), rows)


def _write_failure(connection: Connection, rows: Mapping[str, Row], *, retry: bool) -> None:
    """Like _write, but what was had once stays "done", with its validators: only its failures are counted."""
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
    """In the order of their keys: writers that lock the same rows in the same order can't deadlock."""
    if rows:
        connection.execute(statement, [{"url_key": key, **rows[key]} for key in sorted(rows)])


def _validator(value: str | None) -> str | None:
    """A validator to send back; an overlong one, or one that no header may hold, is none."""
    if value is None or not 0 < len(value) <= 1000 or not value.isprintable():
        return None
    return value
