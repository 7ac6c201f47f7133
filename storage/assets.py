"""Rows of `assets` and `page_assets`: the pictures and style sheets of article pages, and which pages show which.

An asset is not a page: it has no row in `pages`, and runs don't count it. It is "pending" until a crawl fetches it,
then "done", or "failed" if it was given up. Its capture is found by its key.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, func, literal, or_, select, tuple_, update

from storage.db.database import insert_into
from storage.db.schema import assets, captures, page_assets, pages
from storage.records import Holder, Position, Reason
from storage.rows import captures as capture_rows
from storage.rows.prepared import PreparedCapture
from storage.sanitise import sanitised
from storage.urls import clean_url, url_key

MOST_FAILURES = 3  # in a row, after which an asset is given up
TYPES = ("image/", "text/css")  # beginnings of their media types
_LONGEST = 2600  # bytes of two keys: PostgreSQL refuses index entries past 2,704
_CHUNK = 500  # as in storage.rows.pages


@dataclass(frozen=True, slots=True)
class WantedAsset:
    """An asset that was not fetched yet. page: URL of a page that shows it; None if no such page is known any more.

    found_at: when it was first found on a page; aware.
    """

    url: str
    page: str | None
    found_at: datetime


def by_key(urls: Iterable[str]) -> dict[str, str]:
    """The http(s) URLs among these, cleaned, by key; in order, the first of each key."""
    found: dict[str, str] = {}
    for url in urls:
        try:
            cleaned = clean_url(sanitised(url))
        except ValueError:
            continue
        found.setdefault(url_key(cleaned), cleaned)
    return found


def want(connection: Connection, site: str, page_key: str, wanted: Mapping[str, str], *, now: datetime) -> None:
    """Record a page's assets. wanted: URLs by key. Assets that were captured or given up are not fetched again."""
    wanted = {key: url for key, url in wanted.items() if key != page_key and _fits(page_key, key)}
    if not wanted:
        return
    known = set(connection.scalars(select(assets.c.url_key).where(assets.c.url_key.in_(sorted(wanted)))))
    digests = _captured(connection, wanted.keys() - known)
    rows = [
        {
            "url_key": key,
            "url": wanted[key],
            "site": site,
            "state": "done" if key in digests else "pending",
            "found_at": now,
            "failures": 0,
            "digest": digests.get(key),
        }
        for key in sorted(wanted.keys() - known)
    ]
    if rows:
        connection.execute(insert_into(connection, assets).on_conflict_do_nothing(), rows)
    _link(connection, page_key, wanted)


def wanted_of(
    connection: Connection, site: str, *, limit: int, after: WantedAsset | None, since: datetime | None
) -> list[WantedAsset]:
    """The site's pending assets, in the order in which they were found. after: only those behind this one.

    since: only those found at that instant (aware) or later; None: all.
    """
    showing = (
        select(pages.c.url)
        .join_from(page_assets, pages, pages.c.url_key == page_assets.c.page_key)
        .where(page_assets.c.asset_key == assets.c.url_key)
        .order_by(page_assets.c.page_key)
        .limit(1)
        .scalar_subquery()
    )
    statement = select(assets.c.url, showing.label("page"), assets.c.found_at)
    statement = statement.where(assets.c.site == site, assets.c.state == "pending")
    if since is not None:
        statement = statement.where(assets.c.found_at >= since)
    if after is not None:
        place = tuple_(literal(after.found_at, assets.c.found_at.type), literal(url_key(after.url)))
        statement = statement.where(tuple_(assets.c.found_at, assets.c.url_key) > place)
    rows = connection.execute(statement.order_by(assets.c.found_at, assets.c.url_key).limit(limit))
    return [WantedAsset(*row) for row in rows]


def is_wanted(connection: Connection, key: str) -> bool:
    """Whether any page shows the asset with this key."""
    return connection.scalar(select(page_assets.c.page_key).where(page_assets.c.asset_key == key).limit(1)) is not None


def keep(
    connection: Connection, captured: PreparedCapture, position: Position, *, run_id: int, page: str | None
) -> None:
    """Insert the capture of an asset. page: URL of a page that shows it. Idempotent for the same position."""
    capture_rows.insert_capture(connection, captured, position, run_id=run_id, reason=None)
    capture = captured.capture
    had = {"state": "done", "failures": 0, "digest": position.digest}
    row = {
        "url_key": captured.key,
        "url": captured.own_url,
        "site": capture.site,
        "found_at": capture.fetched_at,
        **had,
    }
    statement = insert_into(connection, assets).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["url_key"], set_=had))
    if page is not None and _fits(url_key(page), captured.key):
        _link(connection, url_key(page), [captured.key])


def miss(connection: Connection, key: str, *, retry: bool) -> None:
    """Record that an asset failed. retry: request it again, until it has failed MOST_FAILURES times."""
    failures = assets.c.failures + 1
    state = case((failures >= MOST_FAILURES, "failed"), else_="pending") if retry else "failed"
    this = (assets.c.url_key == key) & (assets.c.state == "pending")
    connection.execute(update(assets).where(this).values(failures=failures, state=state))


def holder(connection: Connection, digest: str) -> Holder | None:
    """An earlier capture of any asset that holds the payload with this digest."""
    columns = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
    statement = (
        select(captures.c.id, captures.c.url, captures.c.fetched_at, *columns)
        .join_from(assets, captures, captures.c.url_key == assets.c.url_key)
        .where(assets.c.digest == digest, captures.c.digest == digest)
        .where(captures.c.refers_to.is_(None), captures.c.status == 200, _is_kept())
        .order_by(captures.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return Holder(row[0], row[1], row[2], Position(*row[3:])) if row is not None else None


def shown_by(page_keys: Any) -> ColumnElement[bool]:
    """The condition for captures of assets of these pages. page_keys: a select of keys, or a list."""
    mine = select(page_assets.c.asset_key).where(page_assets.c.page_key.in_(page_keys))
    return and_(captures.c.url_key.in_(mine), is_asset())


def is_asset() -> ColumnElement[bool]:
    """The condition for captures that are pictures or style sheets."""
    return and_(captures.c.status == 200, is_resource())


def is_resource() -> ColumnElement[bool]:
    """The condition for captures whose media type is that of pictures or style sheets, whatever their status."""
    kind = func.lower(captures.c.content_type)
    return or_(*(kind.like(f"{each}%") for each in TYPES))


def release(connection: Connection, page_keys: Collection[str]) -> list[int]:
    """Delete the assets of these pages; return the ids of captures that no other page shows, which are to be erased.

    A capture stays as long as a capture that is still shown refers to it.
    """
    keys = sorted(page_keys)
    other = page_assets.alias()
    elsewhere = exists().where(other.c.asset_key == page_assets.c.asset_key, other.c.page_key.not_in(keys))
    own = select(page_assets.c.asset_key).where(page_assets.c.page_key.in_(keys), ~elsewhere)
    freed = sorted(set(connection.scalars(own)))
    connection.execute(delete(page_assets).where(page_assets.c.page_key.in_(keys)))
    doomed: list[int] = []
    repeating = captures.alias()
    for start in range(0, len(freed), _CHUNK):
        chunk = freed[start : start + _CHUNK]
        needed = exists().where(repeating.c.refers_to == captures.c.id, repeating.c.url_key.not_in(freed))
        mine = select(captures.c.id).where(captures.c.url_key.in_(chunk), is_asset(), ~needed)
        doomed += connection.scalars(mine)
        connection.execute(delete(assets).where(assets.c.url_key.in_(chunk)))
    return doomed + _left_alone(connection, doomed)


def _left_alone(connection: Connection, doomed: Collection[int]) -> list[int]:
    """The captures to which only the doomed ones refer, and which no page shows."""
    repeating = captures.alias()
    others = exists().where(repeating.c.refers_to == captures.c.id, repeating.c.id.not_in(doomed))
    shown = exists().where(page_assets.c.asset_key == captures.c.url_key)
    held = select(captures.c.refers_to).where(captures.c.id.in_(doomed), captures.c.refers_to.is_not(None))
    mine = captures.c.id.in_(held) & captures.c.id.not_in(doomed)
    return list(connection.scalars(select(captures.c.id).where(mine, is_asset(), ~others, ~shown))) if doomed else []


def _fits(page_key: str, asset_key: str) -> bool:
    return len(page_key.encode()) + len(asset_key.encode()) <= _LONGEST


def _link(connection: Connection, page_key: str, asset_keys: Iterable[str]) -> None:
    rows = [{"page_key": page_key, "asset_key": key} for key in sorted(asset_keys)]
    connection.execute(insert_into(connection, page_assets).on_conflict_do_nothing(), rows)


def _is_kept() -> ColumnElement[bool]:
    return or_(captures.c.reason.is_(None), captures.c.reason != Reason.REMOVED.value)


def _captured(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """The digests, by key, of assets that were captured before they had rows."""
    if not keys:
        return {}
    statement = select(captures.c.url_key, captures.c.digest).where(captures.c.url_key.in_(sorted(keys)), is_asset())
    rows = connection.execute(statement.where(_is_kept()).order_by(captures.c.id))
    return {row.url_key: row.digest for row in rows}
