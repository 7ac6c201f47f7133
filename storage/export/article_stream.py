"""The articles of a selection as a stream of batches from one transaction, and the counts of articles left out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, case, false, func, literal, not_, null

from storage.db.schema import articles
from storage.export import as_of
from storage.export.article_rows import read_batches, select_columns
from storage.export.article_schema import FIELDS, OFFSETS, QUALITY_FIELDS, Field
from storage.export.batches import Batch
from storage.export.sampling import drawn
from storage.export.selection import ExportSelection
from storage.filters import Filters
from storage.quality import failing, measure

# The fields of the file of articles that were left out.
REJECT_FIELDS = (*(each for each in FIELDS if each.name in ("id", "url", "site", "title")), Field("reason"))
_QUALITY = frozenset(each.name for each in QUALITY_FIELDS)
# A filter step: returns for each article the reason to leave it out, or None to keep it; None instead keeps the batch.
_Step = Callable[[Batch], Sequence[str | None] | None]


@dataclass(slots=True)
class LeftOut:
    """The number of articles left out, by reason: the name of a filter, "reserved", "quality: SIGNAL", "sample".

    write: called with batches of REJECT_FIELDS. Articles that the database filters out are counted only if it is set.
    """

    reasons: Counter[str] = field(default_factory=Counter)
    write: Callable[[Batch], object] | None = None

    @property
    def reserved(self) -> int:
        """The number of articles left out because their pages reserve their use."""
        return self.reasons["reserved"]

    def split(self, batch: Batch, reasons: Sequence[str | None] | None) -> Batch:
        """Count the articles that have a reason to be left out; return the others."""
        if reasons is None or not any(reasons):
            return batch
        out = [index for index, reason in enumerate(reasons) if reason is not None]
        self.reasons.update(reason for reason in reasons if reason is not None)
        if self.write is not None:
            rejected = batch.take(out)
            rejected.columns["reason"] = [reasons[index] for index in out]
            self.write(rejected)
        return batch.take([index for index, reason in enumerate(reasons) if reason is None])


def stream(
    connection: Connection, selection: ExportSelection, left_out: LeftOut, *, also: Iterable[str] = ()
) -> Iterator[Batch]:
    """The selected articles, by id. left_out: filled while batches are read. also: columns beside the selection's."""
    steps = [
        *([] if selection.as_of is None else [_restored_step(selection.filters)]),
        *([] if selection.reserved else [_reserved]),
        *_quality_steps(selection),
    ]
    if selection.sample is not None or selection.per_site is not None:
        ids = _drawn_ids(connection, selection)
        steps.append(lambda batch: [None if number in ids else "sample" for number in batch.columns["id"]])
    for read in _read(connection, selection, left_out, also):
        batch = read if selection.as_of is None else as_of.restored(connection, read, selection.as_of)
        for step in steps:
            batch = left_out.split(batch, step(batch))
        if batch.rows:
            yield batch


def _read(
    connection: Connection, selection: ExportSelection, left_out: LeftOut, also: Iterable[str]
) -> Iterator[Batch]:
    """The articles that pass the filters in the database, with the columns that the later steps need."""
    names = dict.fromkeys(["id", *also, *(each.name for each in selection.fields if each.name not in _QUALITY)])
    names |= dict.fromkeys(offset for instant, offset in OFFSETS.items() if instant in names)
    if not selection.reserved:
        names["reservations"] = None
    if selection.quality or _quality_fields(selection):
        names["text"] = None
    if selection.sample is not None or selection.per_site is not None:
        names |= dict.fromkeys(("url", "site"))
    if left_out.write is not None:
        names |= dict.fromkeys(each.name for each in REJECT_FIELDS if each.name != "reason")
    filters = selection.filters
    if selection.as_of is not None:
        names |= dict.fromkeys(as_of.COLUMNS)
        filters = replace(filters, status=None, min_words=None, max_words=None)  # `_restored_step` applies these
    query = select_columns(connection, list(names)).where(articles.c.status != "removed")
    if selection.as_of is not None:
        query = query.where(articles.c.first_seen_at < selection.as_of)
    if left_out.write is None:
        yield from read_batches(connection, query.where(*filters.conditions()))
        return
    whens = [(not_(func.coalesce(term, false())), literal(word)) for word, term in filters.named_conditions()]
    reason: Any = case(*whens, else_=null()) if whens else null()
    for batch in read_batches(connection, query.add_columns(reason.label("reason"))):
        yield left_out.split(batch, batch.columns["reason"])


def _restored_step(filters: Filters) -> _Step:
    """The step for the filters on values that `as_of` restores."""
    least, most = filters.min_words or 0, filters.max_words

    def why(status: str, words: int) -> str | None:
        if filters.status is not None and status != filters.status:
            return "status"
        return "length" if words < least or (most is not None and words > most) else None

    return lambda batch: list(map(why, batch.columns["status"], batch.columns["word_count"]))


def _reserved(batch: Batch) -> Sequence[str | None] | None:
    return [None if value == "[]" else "reserved" for value in batch.columns["reservations"]]


def _quality_fields(selection: ExportSelection) -> list[str]:
    return [each.name for each in selection.fields if each.name in _QUALITY]


def _quality_steps(selection: ExportSelection) -> list[_Step]:
    """The step that adds the quality columns and checks their thresholds, if the selection has either."""
    if not selection.quality and not _quality_fields(selection):
        return []

    def step(batch: Batch) -> Sequence[str | None] | None:
        signals = [measure(text) for text in batch.columns["text"]]
        for name in dict.fromkeys([*_quality_fields(selection), *selection.quality]):
            batch.columns[name] = [getattr(each, name) for each in signals]
        if not selection.quality:
            return None
        columns = [batch.columns[name] for name in selection.quality]
        failed = (
            failing(dict(zip(selection.quality, values, strict=True)), selection.quality)
            for values in zip(*columns, strict=True)
        )
        return [f"quality: {name}" if name is not None else None for name in failed]

    return [step]


def _drawn_ids(connection: Connection, selection: ExportSelection) -> set[int]:
    ids = tuple(each for each in FIELDS if each.name in ("id", "url", "site"))
    every = stream(connection, replace(selection, fields=ids, sample=None, per_site=None), LeftOut())
    return drawn(every, seed=selection.seed, sample=selection.sample, per_site=selection.per_site)
