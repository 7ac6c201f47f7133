"""The search for copies of new or changed articles: signatures find candidates, then the texts are compared.

An article that arrived late may be the source of stored ones. So later articles that share words with it are derived
anew.
"""

from collections.abc import Iterable, Iterator, Sequence
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

_PART = 32  # articles whose candidates are read at once
_MOST_WORDS = 400_000  # of texts that are kept in memory for the next articles
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
    """Sign these articles; derive them, and later articles that may be from them, in the caller's transaction."""
    rows = connection.execute(_TEXTS, {"ids": list(ids)}).all()
    new = [StoredSignature(row.id, _published_by(row), signature(row.text), _credits(row)) for row in rows]
    near = {each: others for each, others in signature_rows.replace(connection, ids, new).items() if others}
    dependent = copy_rows.from_any_of(connection, ids)
    known = copy_rows.rows_of(connection, {*ids, *dependent, *_all(near)})
    if not near and not dependent and not known:
        return
    _add_firsts(near, known)
    texts = _DatedTexts(connection)
    derived: dict[int, Derivation[int]] = dict.fromkeys(ids, Derivation())
    anew = set(dependent)
    for part in _parts(near):
        later = {other: known[other].wholly_from for each in part for other in near[each] if other in known}
        texts.load({*part, *(other for each in part for other in near[each]), *filter(None, later.values())})
        for each in part:
            derived[each] = texts.derive(each, near[each])
            rest = [
                other for other in near[each] if other in texts.by_id and other not in derived and other not in anew
            ]
            for other in rest:
                row = known.get(other)
                source = texts.by_id.get(row.wholly_from or 0) if row is not None else None
                if _told_anew(texts.by_id[other], texts.by_id[each], row, source):
                    anew.add(other)
    derived |= _derived_anew(connection, anew - derived.keys(), texts)
    copy_rows.keep(connection, derived)


def _told_anew(other: Dated[int], new: Dated[int], row: CopyRow | None, source: Dated[int] | None) -> bool:
    """Whether the derivation of another article may change, now that `new` is known."""
    if not is_earlier(new, other):
        return False
    comparison = compared(other.text, new.text, other.at - new.at)
    if not set(comparison.quotations) <= set(row.derivation.quotations if row is not None else ()):
        return True
    if comparison.relation == "none":
        return False
    # A source that is later than the present one must contain more of the article.
    return row is None or source is None or is_earlier(new, source) or row.derivation.share < comparison.share


def _derived_anew(connection: Connection, ids: Iterable[int], texts: "_DatedTexts") -> dict[int, Derivation[int]]:
    signed = signature_rows.stored(connection, ids)
    near = signature_rows.candidates(connection, signed.values())
    _add_firsts(near, copy_rows.rows_of(connection, {*near, *_all(near)}))
    derived: dict[int, Derivation[int]] = {}
    for part in _parts(ids):
        texts.load({*part, *(other for each in part for other in near.get(each, ()))})
        derived |= {each: texts.derive(each, near.get(each, ())) for each in part if each in texts.by_id}
    return derived


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + _PART] for start in range(0, len(ordered), _PART))


def _add_firsts(near: dict[int, list[int]], known: dict[int, CopyRow]) -> None:
    """Add the first articles of the candidates' stories, which need not be among those that share most."""
    for article_id, others in near.items():
        firsts = {known[other].first_id for other in others if other in known}
        others.extend(sorted({each for each in firsts if each is not None} - {article_id, *others}))


def _all(near: dict[int, list[int]]) -> set[int]:
    return {other for others in near.values() for other in others}


class _DatedTexts:
    """The texts that one transaction has read: the latest ones, up to _MOST_WORDS words."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words = 0
        self.by_id: dict[int, Dated[int]] = {}

    def load(self, ids: set[int]) -> None:
        """Read the texts that are not in memory. Removed articles are left out."""
        if self._words > _MOST_WORDS:
            for each in [each for each in self.by_id if each not in ids]:
                self._words -= len(self.by_id.pop(each).text.words)
                if self._words <= _MOST_WORDS // 2:
                    break
        lacking = sorted(ids - self.by_id.keys())
        for row in self._connection.execute(_TEXTS, {"ids": lacking}) if lacking else ():
            read = Dated(row.id, _published_by(row), comparable(row.text))
            self._words += len(read.text.words)
            self.by_id[row.id] = read

    def derive(self, article_id: int, others: Iterable[int]) -> Derivation[int]:
        """Derive one article from these candidates."""
        return derive(self.by_id[article_id], [self.by_id[each] for each in others if each in self.by_id])


def _published_by(row: Any) -> Any:
    return published_by(row.published_at, row.published_precision, row.first_seen_at)


def _credits(row: Any) -> tuple[str, ...]:
    return credited(row.text, row.agency)
