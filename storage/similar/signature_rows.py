"""Rows of `signatures` and `shingles`, by which the articles that share words with others are found.

The key of a hash includes the period of its article, so that a new article touches only rows of the days around it: the
millionth costs as much as the ten-thousandth. A key that MOST_HOLDERS articles have gets no further row: it is page
furniture or a template, or belongs to a story that its first copies are enough to find.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, text

from storage.db.schema import signatures
from storage.similar.comparison import ALGORITHM
from storage.similar.signatures import SHARED

WINDOW = timedelta(days=8)  # longest time between two articles that are compared
MOST_HOLDERS = 32
MOST_CANDIDATES = 16  # articles that a text is compared with: those that share most of its signature

_PERIOD = 2 * WINDOW
_BATCH = 500  # signatures
_PAIRS = 400  # rows of one statement
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_HELD = {
    # `cross join` makes SQLite loop over the hashes and look each of them up.
    "sqlite": text("select s.hash, s.article_id from json_each(:wanted) w cross join shingles s on s.hash = w.value"),
    "postgresql": text(
        "select s.hash, s.article_id from unnest(cast(:wanted as bigint[])) w(value) join shingles s "
        "on s.hash = w.value"
    ),
}
_ADD = {
    "sqlite": "insert or ignore into shingles (hash, article_id) values ",  # as many pairs as there are
    "postgresql": "insert into shingles (hash, article_id) select * from unnest(%s::bigint[], %s::bigint[]) "
    "on conflict do nothing",
}
_TAKE = {
    "sqlite": "delete from shingles where hash = ? and article_id = ?",
    "postgresql": "delete from shingles s using unnest(%s::bigint[], %s::bigint[]) as u(hash, article_id) "
    "where s.hash = u.hash and s.article_id = u.article_id",
}


@dataclass(frozen=True, slots=True)
class StoredSignature:
    """An article's signature. at: the latest time of its publication. credits: agencies."""

    article_id: int
    at: datetime
    hashes: tuple[int, ...]
    credits: tuple[str, ...] = ()


def stored(connection: Connection, ids: Iterable[int]) -> dict[int, StoredSignature]:
    """The signatures of these articles, by id."""
    rows = connection.execute(select(signatures).where(signatures.c.article_id.in_(_IDS)), {"ids": sorted(ids)})
    return {row.article_id: _signature(row) for row in rows}


def _signature(row: Any) -> StoredSignature:
    return StoredSignature(
        row.article_id, row.at, struct.unpack(f"<{len(row.hashes) // 4}I", row.hashes), tuple(row.credits)
    )


def replace(connection: Connection, ids: Sequence[int], new: Sequence[StoredSignature]) -> dict[int, list[int]]:
    """Replace the signatures of some articles; return the `candidates` of the new ones."""
    old = stored(connection, ids)
    if old:
        _take(connection, old.values())
        connection.execute(delete(signatures).where(signatures.c.article_id.in_(_IDS)), {"ids": sorted(old)})
    if not new:
        return {}
    rows = [
        {
            "article_id": each.article_id,
            "algorithm": ALGORITHM,
            "at": each.at,
            "hashes": struct.pack(f"<{len(each.hashes)}I", *each.hashes),
            "credits": list(each.credits),
        }
        for each in new
    ]
    connection.execute(insert(signatures), rows)
    near = {each.article_id: _near(each) for each in new}
    holders = _holders(connection, near.values())  # one look-up for all, before they have rows themselves
    _insert(connection, new, holders, _recurring(near.values()) | holders.keys())
    return _candidates(connection, new, near, holders)


def add_hashes(connection: Connection, new: Sequence[StoredSignature]) -> None:
    """Insert the rows of `shingles` for stored signatures, which are in the order of their articles' ids."""
    keys = [_keys(each.hashes, _period(each.at)) for each in new]
    holders = _holders(connection, keys)
    _insert(connection, new, holders, _recurring(keys) | holders.keys())


def _recurring(keys: Iterable[Iterable[int]]) -> set[int]:
    """The keys that several articles of a batch have."""
    return {key for key, count in Counter(chain.from_iterable(keys)).items() if count > 1}


def _insert(
    connection: Connection, new: Sequence[StoredSignature], holders: dict[int, list[int]], shared: set[int]
) -> None:
    """Insert rows, and add those with shared keys to `holders`; a key with MOST_HOLDERS gets no further row."""
    pairs: list[tuple[int, int]] = []
    for each in new:
        keys = _keys(each.hashes, _period(each.at))
        common = shared.intersection(keys)
        full = set()
        for key in common:
            held = holders.setdefault(key, [])
            if len(held) < MOST_HOLDERS:
                held.append(each.article_id)
            else:
                full.add(key)
        pairs += (
            [(key, each.article_id) for key in keys if key not in full]
            if full
            else zip(keys, repeat(each.article_id), strict=False)
        )
    _change(connection, _ADD, pairs)


def add_hashes_after(connection: Connection, article_id: int) -> int | None:
    """As `add_hashes`, for the next batch of signatures after an article's id; return the last id, None at the end."""
    further = select(signatures).where(signatures.c.article_id > article_id).order_by(signatures.c.article_id)
    new = [_signature(row) for row in connection.execute(further.limit(_BATCH))]
    add_hashes(connection, new)
    return new[-1].article_id if new else None


def candidates(connection: Connection, of: Iterable[StoredSignature]) -> dict[int, list[int]]:
    """The candidates of each article, by id: those within WINDOW that share most of its signature, at least SHARED."""
    asked = list(of)
    near = {each.article_id: _near(each) for each in asked}
    return _candidates(connection, asked, near, _holders(connection, near.values()))


def _candidates(
    connection: Connection,
    asked: Iterable[StoredSignature],
    near: Mapping[int, list[int]],
    holders: Mapping[int, list[int]],
) -> dict[int, list[int]]:
    shared: dict[int, list[int]] = {}
    for article_id, keys in near.items():
        counts = Counter(chain.from_iterable([holders[key] for key in holders.keys() & keys]))
        del counts[article_id]
        if counts and (most := _most(counts)):
            shared[article_id] = most
    at = {each.article_id: each.at for each in asked}
    found_at = at | _times(connection, set(chain.from_iterable(shared.values())) - at.keys())
    return {
        article_id: [other for other in others if abs(found_at[other] - at[article_id]) <= WINDOW]
        for article_id, others in shared.items()
    }


def candidates_of_text(connection: Connection, hashes: Sequence[int]) -> list[int]:
    """The candidates of any time for a signature: the articles that share most of it."""
    bounds = connection.execute(text("select min(hash), max(hash) from shingles")).one()
    if bounds[0] is None:
        return []
    periods = range(bounds[0] >> 32, (bounds[1] >> 32) + 1)
    counts = Counter(other for _, other in _held(connection, {key for each in periods for key in _keys(hashes, each)}))
    return _most(counts)


def _most(counts: Counter[int]) -> list[int]:
    near = sorted((-count, other) for other, count in counts.items() if count >= SHARED)
    return [other for _, other in near[:MOST_CANDIDATES]]


def _times(connection: Connection, ids: set[int]) -> dict[int, datetime]:
    if not ids:
        return {}
    columns = select(signatures.c.article_id, signatures.c.at).where(signatures.c.article_id.in_(_IDS))
    return {row.article_id: row.at for row in connection.execute(columns, {"ids": sorted(ids)})}


def _period(at: datetime) -> int:
    return max(0, (at - _EPOCH) // _PERIOD)


def _near(each: StoredSignature) -> list[int]:
    """The keys that the hashes of a signature have in every period within WINDOW of its article."""
    first, last = _period(each.at - WINDOW), _period(each.at + WINDOW)
    return [key for period in range(first, last + 1) for key in _keys(each.hashes, period)]


def _keys(hashes: Iterable[int], period: int) -> list[int]:
    return [period << 32 | each for each in hashes]


def _holders(connection: Connection, keys: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """The articles that have rows with these keys."""
    holders: dict[int, list[int]] = {}
    for key, article_id in _held(connection, set(chain.from_iterable(keys))):
        holders.setdefault(key, []).append(article_id)
    return holders


def _held(connection: Connection, keys: set[int]) -> Sequence[Any]:
    """(key, article id) of all rows with these keys."""
    wanted: Any = sorted(keys)
    if connection.dialect.name == "sqlite":
        wanted = orjson.dumps(wanted).decode()
    return connection.execute(_HELD[connection.dialect.name], {"wanted": wanted}).all()


def _take(connection: Connection, old: Iterable[StoredSignature]) -> None:
    _change(connection, _TAKE, [(key, each.article_id) for each in old for key in _keys(each.hashes, _period(each.at))])


def _change(connection: Connection, statements: Mapping[str, str], pairs: list[tuple[int, int]]) -> None:
    if not pairs:
        return
    pairs = sorted(pairs)
    engine = connection.dialect.name
    if engine == "postgresql":
        keys, ids = zip(*pairs, strict=True)
        connection.exec_driver_sql(statements[engine], (list(keys), list(ids)))
    elif statements is _ADD:  # many pairs in one statement take 0.6 of the time
        whole = len(pairs) // _PAIRS * _PAIRS
        parts = [pairs[start : start + _PAIRS] for start in range(0, whole, _PAIRS)]
        for some in (parts, [pairs[whole:]]):
            if some and some[0]:
                values = ", ".join(["(?, ?)"] * len(some[0]))
                connection.exec_driver_sql(
                    statements[engine] + values, [tuple(chain.from_iterable(each)) for each in some]
                )
    else:
        connection.exec_driver_sql(statements[engine], pairs)
