"""Rows of `claims`: canonical URLs that pages stated and that were not believed."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, select

from storage.db.database import insert_into
from storage.db.schema import claims

# false: pages of different articles stated this URL. unproven: its page was not fetched, and has another number.
Verdict = Literal["false", "unproven"]


def lock(connection: Connection, key: str) -> None:
    """Wait until no other transaction is deciding about a claim of this URL. SQLite has only one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"warraq claim {key}"))))


def add(
    connection: Connection, key: str, url: str, *, page_key: str, site: str, verdict: Verdict, found_at: datetime
) -> None:
    """Record that a claim is unproven or false. key: of the claimed URL. page_key: of the page. found_at: aware."""
    row = {"url_key": key, "page_key": page_key, "url": url, "site": site, "verdict": verdict, "found_at": found_at}
    new = insert_into(connection, claims).values(row)
    if verdict == "unproven":
        connection.execute(new.on_conflict_do_nothing())
    else:
        set_ = {"verdict": verdict, "found_at": found_at}
        connection.execute(new.on_conflict_do_update(index_elements=["url_key", "page_key"], set_=set_))


def is_false(connection: Connection, key: str) -> bool:
    """Whether pages of different articles stated the URL with this key."""
    statement = select(claims.c.url_key).where(claims.c.url_key == key, claims.c.verdict == "false")
    return connection.scalar(statement.limit(1)) is not None


def unproven(connection: Connection, page_keys: Collection[str]) -> dict[str, str]:
    """The unproven claims of these pages that are not known to be false: URLs by URL key."""
    rows = select(claims.c.url_key, claims.c.url).where(
        claims.c.page_key.in_(list(page_keys)), claims.c.verdict == "unproven"
    )
    return {row.url_key: row.url for row in connection.execute(rows)}
