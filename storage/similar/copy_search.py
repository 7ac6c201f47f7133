"""The search for copies of articles that are new or changed: candidates by signature, then their texts decide.

An article that came late may be the source of others that are known already, so those that are later than it and share
words with it are decided anew.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from storage.db.schema import articles
from storage.similar import copy_rows, signature_rows
from storage.similar.comparable_text import comparable
from storage.similar.comparison import compared
from storage.similar.copy_rows import CopyRow
from storage.similar.credit_lines import credited
from storage.similar.derivation import Dated, Derivation, derive, is_earlier, published_by
from storage.similar.signature_rows import StoredSignature
from storage.similar.signatures import signature

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TEXTS = select(
    articles.c.id,
    articles.c.text,
    articles.c.agency,
    articles.c.published_at,
    articles.c.published_precision,
    articles.c.first_seen_at,
).where(articles.c.id.in_(_IDS), articles.c.status != "removed")


def look_for_copies(connection: Connection, ids: Sequence[int]) -> None:
    """Sign these articles, and decide what they are from and what is from them, in the caller's transaction."""
    rows = connection.execute(_TEXTS, {"ids": list(ids)}).all()
    new = [StoredSignature(row.id, _published_by(row), signature(row.text), _credits(row)) for row in rows]
    signature_rows.replace(connection, ids, new)
    near = signature_rows.candidates(connection, new)
    dependent = copy_rows.from_any_of(connection, ids)
    involved = [each for each in new if near.get(each.article_id)]
    known = copy_rows.rows_of(connection, {*ids, *dependent, *_all(near)})
    if not involved and not dependent and not known:
        return
    _add_firsts(near, known)
    texts = _DatedTexts(connection)
    texts.load({*ids, *_all(near), *near})
    derived: dict[int, Derivation[int]] = dict.fromkeys(ids, Derivation())
    derived |= {each.article_id: texts.derive(each.article_id, near[each.article_id]) for each in involved}
    anew = set(dependent)
    for each in involved:
        for other in near[each.article_id]:
            if other in texts.by_id and other not in derived:
                row = known.get(other)
                source = texts.by_id.get(row.wholly_from or 0) if row is not None else None
                if _told_anew(texts.by_id[other], texts.by_id[each.article_id], row, source):
                    anew.add(other)
    derived |= _derived_anew(connection, anew - derived.keys(), texts)
    copy_rows.keep(connection, derived)


def _told_anew(other: Dated[int], new: Dated[int], row: CopyRow | None, source: Dated[int] | None) -> bool:
    """Whether another article's source may be another one, now that `new` is known."""
    if not is_earlier(new, other):
        return False
    told = compared(other.text, new.text, other.at - new.at)
    if not set(told.quotations) <= set(row.derivation.quotations if row is not None else ()):
        return True
    if told.relation == "none":
        return False
    # Of a later source than the one that it is wholly from, it must have more.
    return row is None or source is None or is_earlier(new, source) or row.derivation.share < told.share


def _derived_anew(connection: Connection, ids: Iterable[int], texts: "_DatedTexts") -> dict[int, Derivation[int]]:
    signed = signature_rows.stored(connection, ids)
    near = signature_rows.candidates(connection, signed.values())
    _add_firsts(near, copy_rows.rows_of(connection, {*near, *_all(near)}))
    texts.load({*ids, *_all(near)})
    return {each: texts.derive(each, near.get(each, [])) for each in ids if each in texts.by_id}


def _add_firsts(near: dict[int, list[int]], known: dict[int, CopyRow]) -> None:
    """Add the first publishers of the candidates' stories, which need not be among those that share most."""
    for article_id, others in near.items():
        firsts = {known[other].first_id for other in others if other in known}
        others.extend(sorted({each for each in firsts if each is not None} - {article_id, *others}))


def _all(near: dict[int, list[int]]) -> set[int]:
    return {other for others in near.values() for other in others}


class _DatedTexts:
    """The texts that one transaction has read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.by_id: dict[int, Dated[int]] = {}

    def load(self, ids: Iterable[int]) -> None:
        """Read those that were not read yet. Removed articles are left out."""
        lacking = sorted(set(ids) - self.by_id.keys())
        for row in self._connection.execute(_TEXTS, {"ids": lacking}) if lacking else ():
            self.by_id[row.id] = Dated(row.id, _published_by(row), comparable(row.text))

    def derive(self, article_id: int, others: Iterable[int]) -> Derivation[int]:
        """What one article is from, of these others."""
        return derive(self.by_id[article_id], [self.by_id[each] for each in others if each in self.by_id])


def _published_by(row: Any) -> Any:
    return published_by(row.published_at, row.published_precision, row.first_seen_at)


def _credits(row: Any) -> tuple[str, ...]:
    return credited(row.text, row.agency)
