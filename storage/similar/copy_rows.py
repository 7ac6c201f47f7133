"""Rows of `copies`: the source and the cluster of each article, as `derivation` decides."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, or_, select, update

from storage.db.schema import articles, copies
from storage.similar.derivation import Derivation, stories

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A row of `copies`. first_id: the article published first in its cluster; None: it has no cluster."""

    derivation: Derivation[int]
    first_id: int | None = None

    @property
    def wholly_from(self) -> int | None:
        """The article that it is wholly from, if any."""
        return self.derivation.source if self.derivation.relation == "wholly" else None


_NONE = CopyRow(Derivation())


def rows_of(connection: Connection, ids: Iterable[int]) -> dict[int, CopyRow]:
    """The rows of these articles; an article without a row has no source."""
    rows = connection.execute(select(copies).where(copies.c.article_id.in_(_IDS)), {"ids": sorted(ids)})
    return {row.article_id: _copy_row(row) for row in rows}


def _copy_row(row: Any) -> CopyRow:
    derivation = Derivation(row.relation, row.source_id, row.also_id, row.share, tuple(row.quotations))
    return CopyRow(derivation, row.first_id)


def from_any_of(connection: Connection, ids: Iterable[int]) -> set[int]:
    """The articles that have one of these as a source."""
    taken = or_(copies.c.source_id.in_(_IDS), copies.c.also_id.in_(_IDS))
    return set(connection.scalars(select(copies.c.article_id).where(taken), {"ids": sorted(ids)}))


def keep(connection: Connection, derived: Mapping[int, Derivation[int]]) -> None:
    """Store the derivations of these articles, and rebuild the clusters that they change."""
    before = rows_of(connection, derived)
    changed = {each: new for each, new in derived.items() if before.get(each, _NONE).derivation != new}
    if not changed:
        return
    members = _members(connection, changed, before)
    after = {each: changed.get(each, row.derivation) for each, row in members.items()}
    whole = {each: new.source if new.relation == "wholly" else None for each, new in after.items()}
    first = stories(whole)
    sizes = Counter(first[each] for each in after)
    smallest: dict[int, int] = {}
    for each in sorted(after, reverse=True):
        smallest[first[each]] = each
    roots = {each: first[each] if sizes[first[each]] > 1 else None for each in after}
    rows = {each: CopyRow(derivation, roots[each]) for each, derivation in after.items()}
    _write(connection, {each: row for each, row in rows.items() if members[each] != row or each in changed})
    _number(connection, {each: smallest[root] if root is not None else None for each, root in roots.items()})


def _members(
    connection: Connection, changed: Mapping[int, Derivation[int]], before: Mapping[int, CopyRow]
) -> dict[int, CopyRow]:
    """Every article of the clusters that change, with its present row."""
    members: dict[int, CopyRow] = {each: before.get(each, _NONE) for each in changed}
    new = set(members)
    while new:
        sources = {changed[each].source for each in new if each in changed}
        sources |= {members[each].wholly_from for each in new}
        wanted = {each for each in sources if each is not None} - members.keys()
        firsts = {row.first_id for each in new if (row := members[each]).first_id is not None}
        rows = rows_of(connection, wanted)
        together = connection.execute(
            select(copies).where(or_(copies.c.first_id.in_(_IDS), copies.c.article_id.in_(_IDS))),
            {"ids": sorted(each for each in firsts if each is not None)},
        )
        rows |= {row.article_id: _copy_row(row) for row in together}
        added = {each: rows.get(each, _NONE) for each in wanted | rows.keys()}
        new = added.keys() - members.keys()
        members |= {each: added[each] for each in new}
    return members


def _write(connection: Connection, rows: Mapping[int, CopyRow]) -> None:
    connection.execute(delete(copies).where(copies.c.article_id.in_(_IDS)), {"ids": sorted(rows)})
    new = [
        {
            "article_id": article_id,
            "relation": row.derivation.relation,
            "source_id": row.derivation.source,
            "also_id": row.derivation.also,
            "share": row.derivation.share,
            "quotations": list(row.derivation.quotations),
            "first_id": row.first_id,
        }
        for article_id, row in sorted(rows.items())
        if row.derivation.source is not None or row.first_id is not None or row.derivation.quotations
    ]
    if new:
        connection.execute(insert(copies), new)


def _number(connection: Connection, clusters: Mapping[int, int | None]) -> None:
    """Update the cluster numbers of articles where they differ."""
    numbered = connection.execute(
        select(articles.c.id, articles.c.cluster).where(articles.c.id.in_(_IDS)), {"ids": sorted(clusters)}
    )
    changed = [{"article": row.id, "number": clusters[row.id]} for row in numbered if clusters[row.id] != row.cluster]
    if changed:
        mine = articles.c.id == bindparam("article")
        connection.execute(update(articles).where(mine).values(cluster=bindparam("number")), changed)
